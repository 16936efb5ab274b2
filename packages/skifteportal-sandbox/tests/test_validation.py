import pytest
from canaries import canary

from skifteportal.sandbox.answers import Fault, read_json
from skifteportal.sandbox.messages import Answer, Request
from skifteportal.sandbox.routing import operations
from skifteportal.sandbox.validation import AnswerBreaksSpecification, Judges

JSON = (("Content-Type", "application/json"),)
DOCUMENT = {
    "components": {
        "schemas": {
            "thing": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {
                    "id": {"type": "string", "format": "uuid", "readOnly": True},
                    "name": {"type": "string", "pattern": "^[a-z]+$"},
                    "sum": {"type": "number", "nullable": True},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
            "error": {"type": "object", "properties": {"status": {"type": "integer"}}},
        },
    },
    "paths": {
        "/things/{id}": {
            "post": {
                "operationId": "make",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}},
                    {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 0}},
                    {"name": "deep", "in": "query", "schema": {"type": "boolean"}},
                    {
                        "name": "order",
                        "in": "query",
                        "schema": {"type": "string", "enum": ["ASC", "DESC"]},
                    },
                    {"name": "word", "in": "query", "schema": {"type": "string", "maxLength": 3}},
                    {
                        "name": "X-Must",
                        "in": "header",
                        "required": True,
                        "schema": {"type": "string"},
                    },
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/thing"}}
                    },
                },
                "responses": {
                    "201": {
                        "headers": {"X-Total-Count": {"schema": {"type": "integer"}}},
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/thing"}}
                        },
                    },
                    "default": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/error"}}
                        }
                    },
                },
            },
            "get": {
                "operationId": "read",
                "requestBody": {"content": {"application/pdf": {}}},
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "array",
                                    "items": {"$ref": "#/components/schemas/thing"},
                                }
                            }
                        }
                    }
                },
            },
            "put": {
                "operationId": "change",
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {},
            },
            "delete": {"operationId": "remove", "responses": {"204": {}}},
        }
    },
}
OPERATIONS = {operation.id: operation for operation in operations("things", DOCUMENT)}
MAKE, READ, REMOVE = OPERATIONS["make"], OPERATIONS["read"], OPERATIONS["remove"]
ID = "e25d84d3-7aec-4361-84da-93125cb83f08"


@pytest.fixture
def judges():
    return Judges(DOCUMENT, status=422)


def request(query="", body=b"", headers=(("X-Must", "x"),)):
    return Request(
        role="api", method="POST", target=f"/things/1?{query}", headers=headers, body=body
    )


def test_query_values_get_the_specifications_types_and_unknown_ones_are_passed_over(judges):
    sent = request("page=2&deep=true&word=&other=x&other=y")
    found = judges.of(MAKE).parameters({"id": "1"}, sent)
    assert found.query == {"page": 2, "deep": True, "word": ""}
    assert found.path == {"id": "1"}
    assert judges.of(MAKE).parameters({"id": "1"}, request()).query == {}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=-1", "page"),
        ("page=x", "page"),
        ("page=1.5", "page"),
        ("page=", "page"),
        ("page=1&page=2", "page"),
        ("deep=yes", "deep"),
        ("word=long", "word"),
        ("order=UP", "order"),
    ],
)
def test_a_parameter_that_breaks_its_schema_is_refused_by_name(judges, query, field):
    with pytest.raises(Fault) as caught:
        judges.of(MAKE).parameters({"id": "1"}, request(query))
    assert (caught.value.status, caught.value.field) == (422, field)


def test_a_path_parameter_is_judged_too(judges):
    with pytest.raises(Fault) as caught:
        judges.of(MAKE).parameters({"id": "x"}, request())
    assert caught.value.field == "id"


def test_a_required_header_must_be_there(judges):
    with pytest.raises(Fault) as caught:
        judges.of(MAKE).parameters({"id": "1"}, request(headers=()))
    assert (caught.value.field, caught.value.message) == ("X-Must", "X-Must is missing (header)")


@pytest.mark.parametrize("query", ["page=%FF", "&".join(f"a{number}=1" for number in range(200))])
def test_an_unreadable_query_is_refused(judges, query):
    with pytest.raises(Fault, match="422"):
        judges.of(MAKE).parameters({"id": "1"}, request(query))


def test_a_json_body_is_read_and_judged_by_the_request_side(judges):
    body = judges.of(MAKE).read_body(request(body=b'{"name":"abc","sum":null}', headers=JSON))
    assert body == {"name": "abc", "sum": None}
    judges.of(MAKE).check_body(body)  # id is readOnly: a request needs none


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({}, None, "The body: "),
        ({"name": "A"}, "name", "/name: "),
        ({"name": "a", "tags": ["x", 1]}, "tags.1", "/tags/1: "),
        ([], None, "The body: "),
        (None, None, "The body: "),
    ],
)
def test_a_body_that_breaks_the_schema_is_refused_with_its_place(judges, body, field, words):
    with pytest.raises(Fault) as caught:
        judges.of(MAKE).check_body(body)
    assert (caught.value.status, caught.value.field) == (422, field)
    assert caught.value.message.startswith(words)


@pytest.mark.parametrize("kind", [None, "text/plain", "application/pdf"])
def test_a_body_of_another_type_is_refused(judges, kind):
    headers = () if kind is None else (("Content-Type", kind),)
    with pytest.raises(Fault) as caught:
        judges.of(MAKE).read_body(request(body=b"{}", headers=headers))
    assert (caught.value.status, caught.value.field) == (415, "Content-Type")


def test_broken_json_is_refused(judges):
    with pytest.raises(Fault) as caught:
        judges.of(MAKE).read_body(
            request(body=b"{", headers=(("Content-Type", "Application/JSON; charset=utf-8"),))
        )
    assert caught.value.status == 422


def test_other_bodies_are_bytes_and_may_be_left_out(judges):
    assert (
        judges.of(READ).read_body(
            request(body=b"%PDF", headers=(("Content-Type", "application/pdf"),))
        )
        == b"%PDF"
    )
    assert judges.of(READ).read_body(request()) is None
    assert judges.of(REMOVE).read_body(request(body=b"ignored")) is None
    judges.of(READ).check_body(b"%PDF")
    judges.of(REMOVE).check_body(None)
    judges.of(OPERATIONS["change"]).check_body(None)


def answer(status=201, body=b"{}", headers=(*JSON, ("X-Total-Count", "1"))):
    return Answer(status=status, headers=headers, body=body)


GOOD = f'{{"id":"{ID}","name":"abc","sum":1.10}}'.encode()


def test_answers_that_keep_to_the_specification_pass(judges):
    judges.of(MAKE).check_answer(answer(body=GOOD))
    judges.of(MAKE).check_answer(answer(status=404, body=b'{"status":404}', headers=JSON))
    judges.of(REMOVE).check_answer(answer(status=204, body=b"", headers=()))


def test_which_success_is_answered_is_a_setting(judges):
    judges.of(MAKE).check_answer(answer(status=200, body=GOOD))


CPR = canary("4634875520", "CPR number")


@pytest.mark.parametrize(
    ("operation", "given", "words"),
    [
        (MAKE, answer(), "the body: rule 'required'"),
        (MAKE, answer(body=f'{{"id":"{ID}","name":"{CPR}"}}'.encode()), "/name: rule 'pattern'"),
        (MAKE, answer(status=404, body=b'{"status":"x"}', headers=JSON), "/status: rule 'type'"),
        (
            MAKE,
            answer(headers=(("Content-Type", "text/plain"),)),
            "Content-Type 'text/plain' is not among",
        ),
        (MAKE, answer(body=GOOD, headers=JSON), "header X-Total-Count is missing"),
        (
            MAKE,
            answer(body=GOOD, headers=(*JSON, ("X-Total-Count", "x"))),
            "header X-Total-Count breaks",
        ),
        (READ, answer(status=404), "status 404 is not described"),
        (READ, answer(status=302), "status 302 is not described"),
        (READ, answer(status=200, body=f"[{GOOD.decode()},{{}}]".encode()), "/1: rule 'required'"),
        (REMOVE, answer(status=204, body=b"x"), "status 204 has no body"),
    ],
)
def test_answers_that_break_the_specification_are_our_fault_and_quote_nothing(
    judges, operation, given, words
):
    with pytest.raises(AnswerBreaksSpecification, match="^" + words.replace("[", r"\[")):
        judges.of(operation).check_answer(given)


def test_amounts_are_judged_as_they_are_written(judges):
    judges.of(MAKE).check_body(read_json(b'{"name":"a","sum":123456789012345678901234567890.12}'))
