"""What spares a user the portal's shape, over real TLS: documents, changes, downloads by URL, an answer sent back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from canaries import canary

from skifteportal.core import ConfigurationError, File, NotFound, read_env_file
from skifteportal.core.pdf import PdfRefused, PdfRule, checked_upload
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput
from skifteportal.dokument_lager_ekstern import (
    AsyncDokumentLagerEksternClient,
    DokumentLagerEksternClient,
)
from skifteportal.henvendelse import HenvendelseClient
from skifteportal.henvendelse.models import HenvendelseInput, HenvendelseTraadInput
from skifteportal.tvangsoploesning_dirigent_kreditor import (
    AsyncTvangsoploesningDirigentKreditorClient,
    TvangsoploesningDirigentKreditorClient,
)
from skifteportal.tvangsoploesning_dirigent_kreditor.models import KravInput as SagKravInput

if TYPE_CHECKING:
    from pathlib import Path

IONE_KOSS = DoedsbojournalQuery(cpr_nummer=canary("7103414012", "the CPR number of Ione Koss"))
FILING = SagKravInput(beloeb=Decimal("12345.50"), endeligt=False, titel="Faktura 4711")


@pytest.fixture
def settings(env_file):
    return read_env_file(env_file)


@pytest.fixture
def pdf(env_file) -> Path:
    return env_file.parent / "faktura.pdf"


def test_documents_are_uploaded_and_referred_to_in_one_call(credential, settings, pdf):
    auth = credential.direct()
    with (
        TvangsoploesningDirigentKreditorClient(auth) as portal,
        DokumentLagerEksternClient(auth) as store,
    ):
        krav = portal.add_krav(settings["EXAMPLE_SAG"], FILING, documents=[pdf], store=store)
        (bilag,) = krav.bilag
        assert bilag.filnavn == "faktura.pdf"
        assert store.get_fil(bilag.dokument_id).read() == pdf.read_bytes()


@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
@pytest.mark.anyio
async def test_documents_asynchronously(credential, settings, pdf, anyio_backend):
    auth = credential.direct()
    async with (
        AsyncTvangsoploesningDirigentKreditorClient(auth) as portal,
        AsyncDokumentLagerEksternClient(auth) as store,
    ):
        krav = await portal.add_krav(settings["EXAMPLE_SAG"], FILING, documents=[pdf], store=store)
        assert [bilag.filnavn for bilag in krav.bilag] == ["faktura.pdf"]


def test_a_liquidator_writes_to_the_court_with_a_document(credential, settings, pdf):
    auth = credential.for_profile(settings["EXAMPLE_PROFILE"])
    traad = HenvendelseTraadInput(
        sag_id=settings["EXAMPLE_SAG"],
        emneord="Dokumentation",
        henvendelser=[HenvendelseInput(tekst="Se vedhæftede.")],
    )
    with HenvendelseClient(auth) as portal, DokumentLagerEksternClient(auth) as store:
        opened = portal.add_henvendelse_traad(traad, documents=[pdf], store=store)
        assert [d.filnavn for d in opened.henvendelser[0].dokumenter] == ["faktura.pdf"]


def test_a_store_with_another_token_is_refused_before_anything_is_uploaded(
    credential, settings, pdf
):
    other = credential.for_profile(settings["EXAMPLE_PROFILE"])
    with (
        TvangsoploesningDirigentKreditorClient(credential.direct()) as portal,
        DokumentLagerEksternClient(other) as store,
        pytest.raises(ConfigurationError, match=r"credential|token"),
    ):
        portal.add_krav(settings["EXAMPLE_SAG"], FILING, documents=[pdf], store=store)


def test_what_was_uploaded_is_not_lost_when_the_call_fails(credential, settings, pdf):
    auth = credential.direct()
    unknown = "00000000-0000-4000-8000-000000000000"
    with (
        TvangsoploesningDirigentKreditorClient(auth) as portal,
        DokumentLagerEksternClient(auth) as store,
    ):
        with pytest.raises(NotFound) as caught:
            portal.add_krav(unknown, FILING, documents=[pdf], store=store)
        stored = caught.value.documents
        assert len(stored) == 1
        krav = portal.add_krav(settings["EXAMPLE_SAG"], FILING, documents=stored, store=store)
        assert [bilag.dokument_id for bilag in krav.bilag] == [stored[0].id]


def test_an_attachment_is_downloaded_by_the_url_of_the_list(portal, pdf):
    bo = portal.search_bo(IONE_KOSS).first()
    krav = portal.add_krav(bo.id, KravInput(beloeb=Decimal(5), endeligt=True))
    portal.add_bilag_for_krav(bo.id, krav.id, pdf)
    (bilag,) = portal.get_all_bilag_for_krav(bo.id, krav.id)
    assert portal.download(bilag).read() == pdf.read_bytes()


def test_an_answer_becomes_the_input_of_its_update(portal):
    bo = portal.search_bo(IONE_KOSS).first()
    filed = portal.add_krav(
        bo.id, KravInput(beloeb=Decimal("1.10"), endeligt=False, titel="Varme", beskrivelse="Marts")
    )
    changed = portal.update_krav(bo.id, filed.id, filed.to_input(beloeb=Decimal("2.20")))
    assert (changed.beloeb, changed.titel, changed.beskrivelse) == (
        Decimal("2.20"),
        "Varme",
        "Marts",
    )


def test_changes_since_a_moment_and_the_next_moment_to_ask_from(portal):
    bo = portal.search_bo(IONE_KOSS).first()
    changes = portal.changes_since([bo.id], bo.redigeringstidspunkt - timedelta(seconds=1))
    assert [changed.id for changed in changes] == [bo.id]
    assert changes.next_moment > bo.redigeringstidspunkt


def test_a_pdf_is_checked_before_it_travels(credential, settings, pdf):
    auth = credential.direct()
    page = File.from_bytes(b"<html>", name="faktura.pdf")
    with (
        DoedsbojournalClient(auth, check_upload=checked_upload) as doedsbo,
        TvangsoploesningDirigentKreditorClient(auth) as sager,
        DokumentLagerEksternClient(auth, check_upload=checked_upload) as store,
    ):
        bo = doedsbo.search_bo(IONE_KOSS).first()
        krav = doedsbo.add_krav(bo.id, KravInput(beloeb=Decimal(5), endeligt=True))
        doedsbo.add_bilag_for_krav(bo.id, krav.id, pdf)
        with pytest.raises(PdfRefused, match=r"doedsbo\.f24") as caught:
            doedsbo.add_bilag_for_krav(bo.id, krav.id, page)
        assert [problem.rule for problem in caught.value.problems] == [PdfRule.NOT_A_PDF]
        assert caught.value.codes == ("doedsbo.f24",)
        assert len(doedsbo.get_all_bilag_for_krav(bo.id, krav.id)) == 1

        with pytest.raises(PdfRefused) as caught:
            sager.add_krav(settings["EXAMPLE_SAG"], FILING, documents=[pdf, page], store=store)
        assert caught.value.codes == ("doedsbo.f24",)
        assert len(caught.value.documents) == 1
