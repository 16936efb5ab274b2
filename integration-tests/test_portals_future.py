"""What the portal may answer one day, and a client made before that day must live through.

Sent through a client over a transport in memory: nothing here is an error, and nothing gets lost.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import attrs
import pytest
from all_clients import CLIENTS, ClientOfAnApi

from portalgen.names import method_name
from skifteportal.core import _http
from skifteportal.core.codec import to_json
from skifteportal.doedsbojournal.models import Krav, KravInput, PartInput, PartType

BO, KRAV = "e25d84d3-7aec-4361-84da-93125cb83f08", "4b97d591-1b88-4b70-81bc-000000000001"


class Portal:
    """A portal that gives one answer, and remembers what it was sent."""

    def __init__(self, api: str = "doedsbojournal") -> None:
        self.status = 200
        self.headers: list[tuple[bytes, bytes]] = []
        self.content = b"{}"
        self.sent = b""
        self.client = CLIENTS[api].connect(_http.MockTransport(self._answer))

    def _answer(self, request: _http.Request) -> _http.Response:
        self.sent = request.read()
        return _http.Response(self.status, headers=self.headers, content=self.content)

    def krav(self, /, **members: Any) -> Krav:
        self.content = json.dumps({"id": KRAV, **members}).encode()
        found: Krav = self.client.get_krav(BO, KRAV)
        return found


@pytest.fixture
def portal():
    made = Portal()
    with made.client:
        yield made


@pytest.mark.parametrize("value", ["BO_I_UDLANDET", "", "person", "æøå"])
def test_an_enum_value_that_nobody_knows_yet_is_text(portal, value):
    krav = portal.krav(kreditor={"type": value})
    assert krav.kreditor.type == value
    assert not isinstance(krav.kreditor.type, PartType)
    assert to_json(krav)["kreditor"] == {"type": value}


def test_it_can_be_sent_back(portal):
    portal.content = json.dumps({"id": KRAV}).encode()
    kreditor = PartInput(type="BO_I_UDLANDET", anden="Et bo")
    portal.client.update_krav(
        BO, KRAV, KravInput(beloeb=Decimal("1.10"), endeligt=True, kreditor=kreditor)
    )
    assert json.loads(portal.sent)["kreditor"] == {"type": "BO_I_UDLANDET", "anden": "Et bo"}


def test_a_field_that_nobody_knows_yet_is_kept_on_every_level(portal):
    new = {"nyt": {"liste": [1, None, "æ"]}, "ogNyt": None}
    krav = portal.krav(**new, kvittering={"kode": "K1", **new})
    assert krav.additional_properties == new
    assert krav.kvittering.additional_properties == new
    changed = attrs.evolve(krav, titel="Leje")
    assert to_json(changed) == {
        "id": KRAV,
        **new,
        "titel": "Leje",
        "kvittering": {"kode": "K1", **new},
    }


def test_a_field_of_a_name_that_python_uses_harms_nothing(portal):
    strange = {"__class__": "x", "self": 1, "additional_properties": {"a": 1}, "__fields__": []}
    krav = portal.krav(**strange)
    assert type(krav) is Krav
    assert krav.additional_properties == strange


@pytest.mark.parametrize("field", [f for f in Krav.__fields__ if not f.required], ids=str)
def test_what_is_optional_may_be_missing_or_null(portal, field):
    assert getattr(portal.krav(), field.name) is None
    krav = portal.krav(**{field.json_name: None})
    assert getattr(krav, field.name) is None
    assert to_json(krav) == {"id": KRAV, field.json_name: None}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-09-09T13:08:25.9883463Z", datetime(2022, 9, 9, 13, 8, 25, 988346, UTC)),
        ("2022-09-09T13:08:25.98834636Z", datetime(2022, 9, 9, 13, 8, 25, 988346, UTC)),
        ("2022-09-09T13:08:25.988362763Z", datetime(2022, 9, 9, 13, 8, 25, 988362, UTC)),
        ("2022-09-09T13:08:25Z", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        (
            "2022-09-09T13:08:25.1+02:00",
            datetime(2022, 9, 9, 13, 8, 25, 100000, timezone(timedelta(hours=2))),
        ),
    ],
)
def test_a_timestamp_may_have_any_number_of_digits_and_any_offset(portal, text, moment):
    krav = portal.krav(oprettelsestidspunkt=text)
    assert krav.oprettelsestidspunkt == moment
    assert krav.oprettelsestidspunkt.utcoffset() == moment.utcoffset()
    assert to_json(krav)["oprettelsestidspunkt"] == text


def test_an_amount_may_come_without_decimals_or_with_many(portal):
    portal.content = f'{{"id": "{KRAV}", "beloeb": 123456789012345678901234567890.10}}'.encode()
    krav = portal.client.get_krav(BO, KRAV)
    assert krav.beloeb == Decimal("123456789012345678901234567890.10")
    assert portal.krav(beloeb=7).beloeb == Decimal(7)


HEADERS = [
    (b"Deprecation", b"@1798761600"),
    (b"Set-Cookie", b"a=b"),
    (b"Set-Cookie", b"c=d"),
    (b"X-Ny", "æøå".encode()),
    (b"Content-Type", b"application/vnd.skifteportal.v2+json; charset=utf-8; profile=ny"),
    (b"Link", b'</doedsbojournaler>; rel="successor-version"'),
]


def answer_of(one: ClientOfAnApi, raw: Any) -> bytes:
    """The least that the operation may answer."""
    operation = one.operation(raw)
    if operation.answer is None:
        return b"" if raw.method == "DELETE" else b"%PDF-1.7"
    [status] = [status for status in raw.node["responses"] if status != "default"]
    response = one.document.resolve(raw.node["responses"][status])
    schema = one.document.resolve(response["content"]["application/json"]["schema"])
    if schema["type"] == "array":
        return b"[]"
    return json.dumps(dict.fromkeys(schema.get("required", ()), "1")).encode()


@pytest.mark.parametrize("status", [200, 201, 202, 203, 206, 226, 299])
@pytest.mark.parametrize("one", CLIENTS.values(), ids=CLIENTS)
def test_any_success_is_a_success_whatever_headers_come_along(one: ClientOfAnApi, status: int):
    portal = Portal(one.api)
    portal.status, portal.headers = status, HEADERS
    with portal.client as client:
        for raw in one.raw:
            if raw.method not in {"GET", "DELETE"}:
                continue  # all that has a body is called in test_all_clients
            portal.content = answer_of(one, raw)
            ids = ["1"] * raw.path.count("{")
            result = getattr(client, method_name(raw.id))(*ids)
            if hasattr(result, "read"):
                assert result.read() == portal.content
            elif portal.content == b"[]":
                assert list(result) == []
            elif portal.content:
                assert to_json(result) == json.loads(portal.content)
            else:
                assert result is None


def test_a_deletion_may_be_told_of(portal):
    portal.content = b'{"slettet": true}'
    assert portal.client.delete_krav(BO, KRAV) is None
