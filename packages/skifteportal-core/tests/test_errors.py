import copy
import pickle

import pytest

from skifteportal.core import (
    ApiError,
    BadRequest,
    CallTimeout,
    ClientError,
    ConfigurationError,
    Conflict,
    ConnectionFailed,
    CredentialError,
    DeadlineExceeded,
    DecodeError,
    Forbidden,
    InvalidArgument,
    NotFound,
    OutcomeUnknown,
    PortalError,
    ServerError,
    TooManyRequests,
    TransportError,
    Unauthorized,
    UnexpectedStatus,
    Unprocessable,
    errors,
)
from skifteportal.core.answers import Answer
from skifteportal.core.catalogue import CodeInfo
from skifteportal.core.errors import error_class
from skifteportal.core.operation import Operation

OPERATION = Operation(id="addKrav", method="POST", path="/krav/{id}", repeatable=False)
INFO = CodeInfo("doedsbo.f17", "Opgjortdato skal være", "It is late.", "Hurry.", "https://x/f17/")
ANSWER = Answer(
    operation="addKrav",
    status=422,
    headers={"Content-Type": "application/json", "Set-Cookie": "secret-cookie"},
    content=b"secret-body",
    request_id="req-1",
)


def api_error(**more):
    return error_class(422)(operation=OPERATION, answer=ANSWER, **more)


ERRORS = [
    PortalError("text"),
    ConfigurationError("text"),
    InvalidArgument("text", argument="beloeb"),
    CredentialError("text", retryable=True),
    ConnectionFailed("It broke.", operation=OPERATION, request_id="req-1"),
    CallTimeout("It was slow.", operation=OPERATION),
    DeadlineExceeded("It was late.", operation=OPERATION, request_id="req-1"),
    OutcomeUnknown("It broke.", operation=OPERATION, request_id="req-1", answer=ANSWER),
    DecodeError("it is no text", pointer="/krav/0", model="Krav"),
    DecodeError("it is no text").of_call(OPERATION, ANSWER),
    api_error(codes=("doedsbo.f17", "doedsbo.f1"), info=INFO, field="opgjortdato"),
]


def facts(error):
    return {
        name: (value.status, value.request_id) if isinstance(value, Answer) else value
        for name, value in vars(error).items()
    }


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))])
def test_errors_can_be_copied_and_pickled(error, way):
    twin = way(error)
    assert type(twin) is type(error)
    assert str(twin) == str(error)
    assert facts(twin) == facts(error)


def test_notes_survive_too():
    error = PortalError("text")
    error.add_note("while filing krav 7")
    assert pickle.loads(pickle.dumps(error)).__notes__ == ["while filing krav 7"]


def test_a_pickled_error_leaves_body_and_telling_headers_behind():
    pickled = pickle.dumps(api_error())
    assert b"secret-body" not in pickled
    assert b"secret-cookie" not in pickled
    answer = pickle.loads(pickled).answer
    assert (answer.content, answer.headers) == (b"", {"content-type": "application/json"})


def test_a_copied_error_keeps_the_body():
    assert copy.deepcopy(api_error()).answer.content == b"secret-body"
    assert copy.copy(ANSWER) is ANSWER


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_no_body_in_texts(error):
    assert "secret" not in f"{error} {error!r}"


def test_an_answers_repr_shows_status_and_request_id_only():
    assert repr(ANSWER) == "<Answer 422 [request id req-1]>"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequest),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Conflict),
        (422, Unprocessable),
        (429, TooManyRequests),
        (418, ClientError),
        (500, ServerError),
        (520, ServerError),
        (301, UnexpectedStatus),
        (199, UnexpectedStatus),
        (600, UnexpectedStatus),
    ],
)
def test_each_status_has_its_error(status, kind):
    assert error_class(status) is kind
    assert issubclass(kind, ApiError)


def test_an_api_errors_text():
    assert str(api_error()) == "addKrav (POST /krav/{id}) [request id req-1]: 422"
    assert str(api_error(codes=("doedsbo.f17",), info=INFO)) == (
        "addKrav (POST /krav/{id}) [request id req-1]: 422 doedsbo.f17: It is late. Hurry."
    )
    plain = CodeInfo("doedsbo.f25", "PDF filen er usikker")
    assert str(api_error(codes=("doedsbo.f25",), info=plain)).endswith(
        "422 doedsbo.f25: PDF filen er usikker"
    )


def test_an_api_errors_facts():
    error = api_error(codes=("doedsbo.f17", "doedsbo.f1"), info=INFO, field="f", retry_after=3.0)
    assert (error.status, error.code, error.codes) == (422, "doedsbo.f17", error.codes)
    assert (error.portal_text, error.explanation, error.action, error.doc_url) == (
        "Opgjortdato skal være",
        "It is late.",
        "Hurry.",
        "https://x/f17/",
    )
    assert (error.field, error.retry_after, error.request_id) == ("f", 3.0, "req-1")
    assert (error.operation, error.method, error.path) == ("addKrav", "POST", "/krav/{id}")
    bare = api_error()
    assert bare.code is bare.explanation is bare.portal_text is bare.action is None
    assert bare.doc_url == Unprocessable.doc_url


def test_a_call_errors_text():
    error = ConnectionFailed("It broke.", operation=OPERATION, request_id="req-1")
    assert str(error) == "addKrav (POST /krav/{id}) [request id req-1]: It broke."
    assert isinstance(error, TransportError)
    assert str(CallTimeout("Slow.", operation=OPERATION)) == "addKrav (POST /krav/{id}): Slow."


def test_an_unknown_outcome_says_what_to_do():
    error = OutcomeUnknown("It broke.", operation=OPERATION)
    assert error.answer is None
    assert "look whether it did" in str(error)
    assert not isinstance(error, TransportError)


def test_a_decode_errors_text():
    assert str(DecodeError("it is no text")) == "The JSON can't be read: it is no text"
    error = DecodeError("it is no text", pointer="/0/id", model="Krav")
    assert str(error) == "The JSON of Krav can't be read at /0/id: it is no text"
    assert error.operation is error.answer is None
    of_call = error.of_call(OPERATION, ANSWER)
    assert (of_call.operation, of_call.answer, of_call.pointer) == ("addKrav", ANSWER, "/0/id")
    assert "The portal had accepted the request (status 422)" in str(of_call)


def test_the_tree_in_the_docstring_names_every_error():
    for name in errors.__all__:
        if name != "error_class":
            assert f" {name} " in errors.__doc__.replace("\n", " "), name
