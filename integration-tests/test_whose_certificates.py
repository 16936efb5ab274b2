"""The certificates and API keys of the sandbox's folder, each used for what it is there for, over real TLS."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

import pytest

from skifteportal.auth import Certificate, ClientSecretCredential
from skifteportal.core import ApiError, Forbidden, read_env_file
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery
from skifteportal.tvangsoploesning_dirigent_kreditor import TvangsoploesningDirigentKreditorClient
from skifteportal.tvangsoploesning_dirigent_kreditor.models import KravInput
from skifteportal.tvangsoploesning_dirigent_likvidator import (
    TvangsoploesningDirigentLikvidatorClient,
)

if TYPE_CHECKING:
    from pathlib import Path

    from skifteportal.sandbox import Sandbox

NEW_CASE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f1002"
EXAMPLE_CASE = "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8"
PROFILES = ("5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3001", "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3002")
COMPANIES = {
    "anmelder": "11111111",
    "anden_anmelder": "90000001",
    "advokatfirma": "90000005",
    "andet_advokatfirma": "90000006",
    "kreditor": "90000051",
    "gaeldsstyrelsen": "19552101",
    "likvidatorsystem": "90000007",
}


class Login(Protocol):
    """Logs in with a certificate of the folder, and an API key of `.env`."""

    def __call__(self, name: str = "anmelder", *, key: str = "AUTH") -> ClientSecretCredential: ...


@pytest.fixture
def log_in(sandbox: Sandbox, env_file: Path) -> Login:
    settings = read_env_file(env_file)

    def log_in(name: str = "anmelder", *, key: str = "AUTH") -> ClientSecretCredential:
        return ClientSecretCredential(
            sandbox.environment,
            client_id=settings[f"{key}_CLIENT_ID"],
            client_secret=settings[f"{key}_CLIENT_SECRET"],
            certificate=Certificate.from_p12(
                env_file.parent / f"{name}.p12", password=settings["AUTH_CERT_PASSWORD"]
            ),
        )

    return log_in


@pytest.mark.parametrize("name", COMPANIES)
def test_each_company_files_as_itself(log_in: Login, name: str) -> None:
    with TvangsoploesningDirigentKreditorClient(log_in(name).direct()) as portal:
        made = portal.add_krav(NEW_CASE, KravInput(beloeb=Decimal(1), endeligt=True))
    assert made.kreditor is not None
    assert made.kreditor.virksomhed is not None
    assert made.kreditor.virksomhed.cvr_nummer == COMPANIES[name]


@pytest.mark.parametrize(
    ("name", "beloeb", "code"),
    [
        ("advokatfirma", 1, "sag.registrering.bruger.maa.ikke.vaere.likvidator"),
        ("kreditor", 0, "sag.registrering.nulkrav.er.ikke.gaeldsstyrelsen"),
        ("gaeldsstyrelsen", 0, None),
    ],
)
def test_who_may_file_what(log_in: Login, name: str, beloeb: int, code: str | None) -> None:
    krav = KravInput(beloeb=Decimal(beloeb), endeligt=True, bemaerkning="Intet at kræve")
    with TvangsoploesningDirigentKreditorClient(log_in(name).direct()) as portal:
        if code is None:
            assert portal.add_krav(EXAMPLE_CASE, krav).beloeb == beloeb
        else:
            with pytest.raises(ApiError) as caught:
                portal.add_krav(EXAMPLE_CASE, krav)
            assert caught.value.code == code


@pytest.mark.parametrize("profile", PROFILES)
def test_the_liquidators_system_acts_for_both_liquidators(log_in: Login, profile: str) -> None:
    credential = log_in("likvidatorsystem").for_profile(profile)
    with TvangsoploesningDirigentLikvidatorClient(credential) as portal:
        assert len(portal.get_all_likvidator(EXAMPLE_CASE)) == (profile == PROFILES[0])


@pytest.mark.parametrize(
    ("key", "areas"),
    [
        ("AUTH", {"doedsbo", "tvangsoploesning"}),
        ("DOEDSBO", {"doedsbo"}),
        ("TVANGSOPLOESNING", {"tvangsoploesning"}),
    ],
)
def test_a_key_is_good_for_its_case_area_only(
    log_in: Login, env_file: Path, key: str, areas: set[str]
) -> None:
    query = DoedsbojournalQuery(cpr_nummer=read_env_file(env_file)["EXAMPLE_CPR"])
    auth = log_in(key=key).direct()
    with (
        DoedsbojournalClient(auth) as doedsbo,
        TvangsoploesningDirigentKreditorClient(auth) as kreditor,
    ):
        for area, call in (
            ("doedsbo", lambda: doedsbo.search_bo(query).first()),
            ("tvangsoploesning", lambda: kreditor.get_all_krav(NEW_CASE).first()),
        ):
            refused = pytest.raises(Forbidden)
            with contextlib.nullcontext() if area in areas else refused:
                call()
