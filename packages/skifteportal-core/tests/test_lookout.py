"""Warnings of what production doesn't have yet."""

import sys
import warnings
from datetime import date
from types import SimpleNamespace
from typing import ClassVar

import attrs
import pytest

from skifteportal.core import (
    PRODUCTION,
    TEST,
    Ahead,
    AsyncClient,
    Client,
    DirectAuth,
    File,
    Model,
    NotInProductionYet,
    _http,
)
from skifteportal.core.model import Field
from skifteportal.core.shapes import ANY, STRING, ListOf, MapOf, ModelOf
from skifteportal.core.timing import Timing

COMES = date(2027, 1, 4)
BEFORE, AFTER = 1_798_000_000.0, 1_799_100_000.0  # December 2026, 4 January 2027


@attrs.define(kw_only=True, repr=False)
class PartInput(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (Field("navn", "navn", STRING),)
    navn: str | None = None


PART = ModelOf("lookout_models:PartInput")


@attrs.define(kw_only=True, repr=False)
class KravInput(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("titel", "titel", STRING),
        Field("paa_vegne_af", "paaVegneAf", STRING),
        Field("parter", "parter", ListOf(PART)),
        Field("roller", "roller", MapOf(PART)),
    )
    titel: str | None = None
    paa_vegne_af: str | None = None
    parter: list[PartInput] | None = None
    roller: dict[str, PartInput] | None = None


def ahead(**told):
    return Ahead(
        **{"api": "doedsbojournal", "version": "1.4.0", "in_force": COMES, "source": "a mail"}
        | told
    )


class AnyAuth(DirectAuth):
    rate_limit_key = "x"

    def __init__(self, environment):
        self.environment = environment

    def auth_flow(self, request):
        yield request


@pytest.fixture(autouse=True)
def models(monkeypatch):
    monkeypatch.setitem(sys.modules, "lookout_models", sys.modules[__name__])


@pytest.fixture
def time():
    return SimpleNamespace(now=BEFORE)


@pytest.fixture
def make(api, portal, make_operation, time):
    """Make a client of an API that has things ahead, in production unless told."""
    portal.answers((200, "{}"))

    def make(*things, environment=PRODUCTION, base=Client):
        operation = make_operation("POST", id="addKrav", body=ANY, upload="application/pdf")

        class Generated(base):
            _api = attrs.evolve(api, ahead=things)
            _timing = Timing(wall=lambda: time.now)

            def add_krav(self, body=None):
                return self._call(operation, body=body)

            def upload(self):
                return self._upload(operation, (), File.from_bytes(b"x", name="x.pdf"))

            def download(self):
                return self._download(operation, ())

            def pages(self):
                return self._pages(operation)

        transport = _http.MockTransport(portal)
        return Generated(AnyAuth(environment), transport=transport)

    return make


def warned(call, *arguments):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        call(*arguments)
    assert all(each.category is NotInProductionYet for each in caught)
    return [str(each.message) for each in caught]


def test_an_operation_is_warned_of_once_and_says_what_to_do(make):
    client = make(ahead(operations=["addKrav"]))
    (text,) = warned(client.add_krav)
    assert text == (
        "addKrav (doedsbojournal 1.4.0) is in the test environment only: in production from 2027-01-04. "
        "Don't call it in production until then, or try it in test. If the date has moved, tell the "
        "environment (ahead=). Source: a mail."
    )
    assert warned(client.add_krav) == []


def test_it_warns_where_it_is_called_whatever_the_call_is(make):
    for way in ("add_krav", "upload", "download", "pages"):
        client = make(ahead(operations=["addKrav"]))
        with pytest.warns(NotInProductionYet, match="addKrav") as caught:
            getattr(client, way)()
        assert caught[0].filename == __file__


def test_asynchronous_clients_warn_too(make):
    with pytest.warns(NotInProductionYet, match="addKrav") as caught:
        make(ahead(operations=["addKrav"]), base=AsyncClient).pages()
    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    "environment",
    [
        TEST,
        attrs.evolve(TEST, production=False),
        attrs.evolve(PRODUCTION, production=False),
    ],
)
def test_elsewhere_than_in_production_nothing_is_warned_of(make, environment):
    client = make(ahead(operations=["addKrav"]), environment=environment)
    assert client._lookout is None
    assert warned(client.add_krav) == []


def test_from_its_day_on_nothing_is_warned_of(make, time):
    before = make(ahead(operations=["addKrav"]))
    time.now = AFTER
    assert warned(before.add_krav) == []
    assert make(ahead(operations=["addKrav"]))._lookout is None


def test_where_nothing_is_ahead_nothing_is_looked_for(make):
    assert make()._lookout is None
    assert make(ahead(api="person", operations=["addKrav"]))._lookout is None


def test_without_a_day_it_is_warned_of_for_ever(make, time):
    time.now = AFTER * 2
    (text,) = warned(make(ahead(operations=["addKrav"], in_force=None, source="")).add_krav)
    assert "the day it comes into production isn't known yet. Don't call" in text
    assert text.endswith("(ahead=).")


def test_other_operations_are_quiet(make):
    client = make(ahead(operations=["getKrav"]))
    assert client._lookout is not None
    assert warned(client.add_krav) == []


def test_fields_that_are_sent_are_warned_of_wherever_they_stand(make):
    client = make(
        ahead(
            fields=["kravInput.titel", "kravInput.paaVegneAf", "part-input.navn", "kravInput.nyt"]
        )
    )
    assert warned(client.add_krav, KravInput(parter=[PartInput()])) == []
    (text,) = warned(client.add_krav, KravInput(titel="x"))
    assert text.startswith("kravInput.titel (doedsbojournal 1.4.0) is in the test environment only")
    assert ". Leave it out until then" in text
    nested = KravInput(paa_vegne_af="x", roller={"x": PartInput(navn="y")})
    assert [text.split()[0] for text in warned(client.add_krav, nested)] == [
        "kravInput.paaVegneAf",
        "part-input.navn",
    ]
    unknown = KravInput(additional_properties={"nyt": 1})
    assert [text.split()[0] for text in warned(client.add_krav, unknown)] == ["kravInput.nyt"]


def test_fields_in_lists_too(make):
    client = make(ahead(fields=["partInput.navn"]))
    (text,) = warned(client.add_krav, KravInput(parter=[PartInput(navn="y")]))
    assert text.startswith("partInput.navn")


def test_an_environment_can_be_told_more_and_better(make):
    told = attrs.evolve(
        PRODUCTION, ahead=[ahead(operations=["addKrav"], in_force=date(2027, 2, 1))]
    )
    (text,) = warned(make(environment=told).add_krav)
    assert "in production from 2027-02-01" in text
    sooner = attrs.evolve(
        PRODUCTION, ahead=[ahead(operations=["addKrav"], in_force=date(2026, 1, 1))]
    )
    assert make(ahead(operations=["addKrav"]), environment=sooner)._lookout is None


def test_production_is_known_by_its_address_or_by_being_told(make):
    assert PRODUCTION.production
    assert not TEST.production
    behind_a_gateway = attrs.evolve(PRODUCTION, api_url="https://gateway.example", production=True)
    assert warned(make(ahead(operations=["addKrav"]), environment=behind_a_gateway).add_krav)
