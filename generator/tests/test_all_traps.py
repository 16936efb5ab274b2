"""One spec with every trap at once: it generates, both type checkers take it, and its client behaves.

test_traps has the traps one by one, in what is generated; here they are in each other's company, and
what counts is what a user of the client sees.
"""

from __future__ import annotations

import asyncio
import json
import warnings
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from fixed_tokens import DIRECT, TOKEN
from generator_shop import Shop, open_shop
from type_checkers import mypy, pyright

from skifteportal.core import File, _http
from skifteportal.core.errors import (
    ApiError,
    DecodeError,
    InvalidArgument,
    OutcomeUnknown,
    ServerError,
    Unauthorized,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SPEC = r'''
openapi: 3.0.3
info:
  title: Alle fælder på én gang
  version: 1.0.0
  description: |
    """ + __import__("os").system("x") \N{DEGREE SIGN} {self} %s \
paths:
  /krav:
    get:
      operationId: getAllKrav
      summary: "Hent \"\"\" krav {0} \\"
      parameters:
        - {$ref: '#/components/parameters/page'}
        - {name: size, in: query, schema: {type: integer}}
        - {name: from, in: query, description: 'Et Python-nøgleord', schema: {type: string, format: date}}
      responses:
        '200':
          description: Krav
          headers: {X-Total-Count: {schema: {type: integer}}}
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/krav'}}}}
        default: {$ref: '#/components/responses/fejl'}
    post:
      operationId: addKrav
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/kravInput'}}}}
      responses: &krav
        '200':
          description: Kravet
          content: {application/json: {schema: {$ref: '#/components/schemas/krav'}}}
        default: {$ref: '#/components/responses/fejl'}
  /krav/soegning:
    post:
      operationId: soegKrav
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/kravInput'}}}}
      responses: *krav
  /krav/{kravId}:
    parameters:
      - {$ref: '#/components/parameters/kravId'}
    get:
      operationId: getKrav
      deprecated: true
      responses: *krav
    delete:
      operationId: deleteKrav
      responses:
        '204': {description: Slettet}
        default: {$ref: '#/components/responses/fejl'}
  /krav/{kravId}/bilag:
    parameters:
      - {$ref: '#/components/parameters/kravId'}
    post:
      operationId: addBilag
      parameters:
        - {name: Content-Disposition, in: header, required: true, schema: {type: string}}
      requestBody: {content: {application/pdf: {schema: {type: string, format: binary}}}}
      responses:
        '201': {description: Modtaget}
        default: {$ref: '#/components/responses/fejl'}
    get:
      operationId: getBilag
      responses:
        '200':
          description: Filen
          headers: {Content-Disposition: {schema: {type: string}}}
          content: {application/pdf: {schema: {type: string, format: binary}}}
        default: {$ref: '#/components/responses/fejl'}
components:
  parameters:
    page: {name: page, in: query, schema: {type: integer}}
    kravId: {name: kravId, in: path, required: true, schema: {type: string, format: uuid}}
  responses:
    fejl:
      description: Fejl
      content: {application/json: {schema: {$ref: '#/components/schemas/genericErrorResponse'}}}
  schemas:
    krav:
      title: Ikke et navn
      type: object
      required: [id]
      properties:
        id: {type: string, format: uuid}
        beloeb: {type: number, example: 1.10}
        oprettet: {type: string, format: date-time}
        opgjortdato: {type: string, format: date, nullable: true}
        art: {$ref: '#/components/schemas/art'}
        part: {$ref: '#/components/schemas/part'}
        ejer:
          nullable: true
          oneOf: [{$ref: '#/components/schemas/person'}, {$ref: '#/components/schemas/firma'}]
          discriminator:
            propertyName: type
            mapping: {PERSON: '#/components/schemas/person', FIRMA: '#/components/schemas/firma'}
        underkrav: {type: array, items: {$ref: '#/components/schemas/krav'}}
        model: {$ref: '#/components/schemas/model'}
        class: {type: string}
        self: {type: string}
        str: {type: string}
        additionalProperties: {type: string}
        'navn på "citat" \': {type: string}
    kravInput:
      type: object
      required: [beloeb]
      properties:
        beloeb: {type: number}
        frist: {type: string, format: date-time}
        art: {$ref: '#/components/schemas/art'}
    art: {type: string, enum: [A-B, A_B, 'x"); raise SystemExit  # \', '1183', '']}
    part:
      oneOf: [{$ref: '#/components/schemas/person'}, {$ref: '#/components/schemas/firma'}]
      discriminator:
        propertyName: type
        mapping: {PERSON: '#/components/schemas/person', FIRMA: firma}
    person:
      type: object
      properties: {type: {type: string}, cprNummer: {type: string}}
    firma:
      type: object
      properties: {type: {type: string}, cvrNummer: {type: string}}
    model: {type: object, properties: {field: {type: string}}}
    genericErrorResponse: {type: object, properties: {fejlkode: {type: string}}}
'''
CPR = "1111111118"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with open_shop(tmp_path_factory.mktemp("traps")) as made:
        made.codes()
        made.raw_spec(SPEC.encode(), read_only=["soegKrav"], errors=["tiny"])
        made.load()
        yield made


class Portal:
    """A client of the generated package, and a portal that answers it in memory."""

    def __init__(self, shop: Shop, prefix: str = "") -> None:
        package = shop.load()
        self.models = package.models
        self.answers: list[tuple[int, Any, dict[str, str]]] = []
        self.requests: list[_http.Request] = []
        transport = _http.MockTransport(self._answer_async if prefix else self._answer)
        cls = getattr(package, f"{prefix}{shop.api.capitalize()}Client")
        self.client = cls(DIRECT, transport=transport, max_retries=1)
        self.client._sleep = lambda _seconds: None

    def answer(self, content: Any, status: int = 200, **headers: str) -> Portal:
        self.answers.append((status, content, {k.replace("_", "-"): v for k, v in headers.items()}))
        return self

    def _answer(self, request: _http.Request) -> _http.Response:
        request.read()
        return self._next(request)

    async def _answer_async(self, request: _http.Request) -> _http.Response:
        await request.aread()
        return self._next(request)

    def _next(self, request: _http.Request) -> _http.Response:
        self.requests.append(request)
        status, content, headers = self.answers.pop(0)
        content = content.encode() if isinstance(content, str) else content
        return _http.Response(status, headers=headers, content=content)

    def krav(self, text: str) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return self.answer(text).client.get_krav("1")


@pytest.fixture
def portal(shop: Shop) -> Portal:
    return Portal(shop)


def test_mypy_takes_it(shop):
    assert mypy("-p", shop.module, path=shop.package() / "src") == {}


def test_pyright_takes_it(shop):
    assert pyright(shop.root, extra_paths=[f"packages/skifteportal-{shop.api}/src"]) == {}


def test_every_operation_has_its_method(portal):
    wanted = ("get_all_krav", "add_krav", "soeg_krav", "get_krav", "delete_krav")
    for name in (*wanted, "add_bilag", "get_bilag"):
        assert callable(getattr(portal.client, name))


def test_names_that_python_uses_are_moved_aside_and_sent_as_they_are(portal):
    members = {
        "class": "a",
        "self": "b",
        "str": "c",
        "additionalProperties": "d",
        'navn på "citat" \\': "e",
        "model": {"field": "f"},
    }
    krav = portal.krav(json.dumps({"id": "1", **members}))
    assert (krav.class_, krav.self_, krav.str_, krav.model.field) == ("a", "b", "c", "f")
    from skifteportal.core.codec import to_json

    assert to_json(krav) == {"id": "1", **members}


def test_a_keyword_as_a_parameter(portal):
    portal.answer("[]", X_Total_Count="0")
    assert list(portal.client.get_all_krav(from_=datetime(2026, 1, 2, tzinfo=UTC).date())) == []
    assert portal.requests[0].url.params["from"] == "2026-01-02"


def test_errors_are_raised_with_their_code_and_without_the_body(portal):
    portal.answer(f'{{"fejlkode": "tiny.f1", "besked": "{CPR}"}}', 401)
    with pytest.raises(Unauthorized) as caught:
        portal.client.add_krav(portal.models.KravInput(beloeb=Decimal(1)))
    assert caught.value.code == "tiny.f1"
    assert caught.value.explanation == "The amount is missing."
    assert CPR not in str(caught.value)


@pytest.mark.parametrize("status", [500, 502, 520])
def test_an_error_page_of_any_status_is_an_error_with_that_status(portal, status):
    for _ in range(2):
        portal.answer(f"<html>{CPR}</html>", status, Content_Type="text/html")
    with pytest.raises(ServerError) as caught:
        portal.client.delete_krav("1")
    assert caught.value.status == status
    assert CPR not in str(caught.value)


def test_an_error_without_a_body_is_an_error(portal):
    with pytest.raises(ApiError):
        portal.answer(b"", 404).client.soeg_krav(portal.models.KravInput(beloeb=Decimal(1)))


def test_an_empty_204_is_nothing(portal):
    assert portal.answer(b"", 204).client.delete_krav("1") is None


def test_a_create_is_not_repeated_and_a_search_is(portal):
    body = portal.models.KravInput(beloeb=Decimal(1))
    with pytest.raises(OutcomeUnknown):
        portal.answer("", 503).client.add_krav(body)
    assert portal.answer("", 503).answer('{"id":"1"}').client.soeg_krav(body).id == "1"
    assert len(portal.requests) == 3


def test_enums_are_open_and_their_members_told_apart(portal):
    art = portal.models.Art
    assert portal.krav('{"id":"1","art":"A-B"}').art is art("A-B")
    assert portal.krav('{"id":"1","art":"A_B"}').art is art("A_B")
    assert portal.krav('{"id":"1","art":"NY"}').art == "NY"
    assert len(art) == 5


@pytest.mark.parametrize("field", ["part", "ejer"])
def test_a_union_goes_by_its_discriminator_and_keeps_the_unknown(portal, field):
    def read(value: str) -> Any:
        return getattr(portal.krav(f'{{"id":"1","{field}":{value}}}'), field)

    assert isinstance(read('{"type":"FIRMA","cvrNummer":"1"}'), portal.models.Firma)
    assert isinstance(read('{"type":"PERSON"}'), portal.models.Person)
    assert read('{"type":"FOND","x":1}') == {"type": "FOND", "x": 1}
    assert read("null") is None


def test_nulls_amounts_and_moments(portal):
    krav = portal.krav(
        '{"id":"1","beloeb":1.10,"oprettet":"2022-09-09T13:08:25.988362763Z",'
        '"opgjortdato":null,"part":null,"underkrav":[{"id":"2","beloeb":0.30}]}'
    )
    assert str(krav.beloeb) == "1.10"
    assert str(krav.underkrav[0].beloeb) == "0.30"
    assert krav.oprettet == datetime(2022, 9, 9, 13, 8, 25, 988362, tzinfo=UTC)
    assert (krav.opgjortdato, krav.part) == (None, None)


@pytest.mark.parametrize(
    ("text", "pointer"),
    [('{"id":"1","opgjortdato":"i morgen"}', "/opgjortdato"), ('{"beloeb":1}', "/id")],
)
def test_what_is_wrong_in_an_answer_is_told_by_its_place(portal, text, pointer):
    with pytest.raises(DecodeError, match="Krav") as caught:
        portal.krav(text)
    assert caught.value.pointer == pointer


def test_what_cannot_be_sent_is_refused_before_it_is(portal):
    make = portal.models.KravInput
    naive = datetime(2026, 1, 2)  # noqa: DTZ001 - it is what must be refused
    for body in (
        make(beloeb=1.1),
        make(beloeb=Decimal("NaN")),
        make(beloeb=Decimal(1), frist=naive),
    ):
        with pytest.raises(InvalidArgument):
            portal.client.add_krav(body)
    assert portal.requests == []
    portal.answer('{"id":"1"}').client.add_krav(
        make(beloeb=Decimal("1.10"), frist=naive.replace(tzinfo=UTC))
    )
    assert portal.requests[0].content == b'{"beloeb":1.10,"frist":"2026-01-02T00:00:00Z"}'


def test_pages_iterate_themselves(portal):
    portal.answer('[{"id":"1"},{"id":"2"}]', X_Total_Count="3")
    portal.answer('[{"id":"3"}]', X_Total_Count="3")
    assert [krav.id for krav in portal.client.get_all_krav(size=2)] == ["1", "2", "3"]
    assert [request.url.params["size"] for request in portal.requests] == ["2", "2"]


def test_files_go_both_ways(portal, tmp_path):
    portal.answer(b"", 201)
    portal.client.add_bilag("1", File.from_bytes(b"%PDF-1.7", name="Bødes kvittering.pdf"))
    [sent] = portal.requests
    assert sent.headers["Content-Type"] == "application/pdf"
    assert sent.headers["Content-Length"] == "8"
    assert "filename*=UTF-8''B%C3%B8des%20kvittering.pdf" in sent.headers["Content-Disposition"]
    disposition = "attachment; filename*=UTF-8''B%C3%B8de.pdf"
    portal.answer(b"%PDF", Content_Disposition=disposition)
    assert portal.client.get_bilag("1").save(tmp_path) == tmp_path / "Bøde.pdf"


def test_files_go_both_ways_asynchronously(shop):
    portal = Portal(shop, "Async")

    async def both_ways() -> bytes:
        async with portal.client as client:
            await client.add_bilag("1", File.from_bytes(b"%PDF-1.7", name="Bødes kvittering.pdf"))
            found: bytes = await client.get_bilag("1").read()
            return found

    portal.answer(b"", 201).answer(b"%PDF")
    assert asyncio.run(both_ways()) == b"%PDF"
    assert portal.requests[0].content == b"%PDF-1.7"


def test_a_deprecated_operation_warns_where_it_is_called(portal):
    portal.answer('{"id":"1"}')
    with pytest.warns(DeprecationWarning, match="getKrav") as caught:
        portal.client.get_krav("1")
    assert caught[0].filename == __file__


def test_there_are_timeouts_unless_told_otherwise(portal):
    portal.krav('{"id":"1"}')
    timeout = portal.requests[0].extensions["timeout"]
    assert timeout == {"connect": 5.0, "read": 30.0, "write": 30.0, "pool": 5.0}


def test_reprs_show_neither_token_nor_person(portal):
    krav = portal.krav(f'{{"id":"1","part":{{"type":"PERSON","cprNummer":"{CPR}"}}}}')
    assert CPR not in repr(krav) + repr(krav.part)
    assert TOKEN not in repr(portal.client) + repr(portal.client.__dict__.get("_auth"))
