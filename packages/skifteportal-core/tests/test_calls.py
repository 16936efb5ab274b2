"""How a call goes, in all three worlds: what is sent, what is sent again, what is raised."""

import logging
import platform
import ssl
import uuid

import attrs
import pytest

from skifteportal.core import (
    CallOptions,
    CallTimeout,
    ConnectionFailed,
    CredentialError,
    DeadlineExceeded,
    DecodeError,
    DirectAuth,
    InvalidArgument,
    NotFound,
    OutcomeUnknown,
    ServerError,
    TooManyRequests,
    TransportError,
    UnexpectedStatus,
    Unprocessable,
    _http,
)
from skifteportal.core.shapes import ANY, INTEGER

ID = "e25d84d3-7aec-4361-84da-93125cb83f08"


def taking(error):
    """A handler that takes the request's body and then fails: the request may have arrived."""

    def handler(request):
        request.read()
        return error

    return handler


# What is sent


def test_a_get(world, portal, make_operation):
    portal.answers((200, '{"id":"x"}'))
    result = world.call(make_operation(path="/krav/{kravId}"), (ID,), query={"size": 7})
    assert result == {"id": "x"}
    request = portal.request
    assert request.method == "GET"
    assert str(request.url) == f"https://api.test-minskiftesag.net/krav/{ID}?size=7"
    assert request.content == b""
    assert request.headers["Host"] == "api.test-minskiftesag.net"
    assert request.headers["Authorization"] == "Bearer token"
    assert request.headers["Accept"] == "application/json"
    assert "Content-Length" not in request.headers
    assert "Content-Type" not in request.headers
    version = ".".join(platform.python_version_tuple()[:2])
    assert request.headers["User-Agent"] == (
        "skifteportal-doedsbojournal/0.1.0 (spec 1.3.0; sha256 0123456789ab) "
        f"skifteportal-core/0.1.0 python/{version}"
    )
    assert uuid.UUID(request.headers["X-Request-Id"]).version == 4


def test_a_post_with_a_body(world, portal, make_operation):
    portal.answers((201, "{}"))
    world.call(make_operation("POST", body=ANY), body={"beløb": 1})
    assert portal.request.content == '{"beløb":1}'.encode()
    assert portal.request.headers["Content-Type"] == "application/json"
    assert portal.request.headers["Content-Length"] == "12"


def test_a_post_without_a_body_says_so(world, portal, make_operation):
    world.call(make_operation("POST", answer=None))
    assert portal.request.headers["Content-Length"] == "0"
    assert "Content-Type" not in portal.request.headers


def test_what_cannot_be_sent_is_refused_before_it_is(world, portal, make_operation):
    with pytest.raises(InvalidArgument):
        world.call(make_operation("POST", body=INTEGER), body="text")
    with pytest.raises(InvalidArgument):
        world.call(make_operation(path="/krav/{kravId}"), ("..",))
    with pytest.raises(InvalidArgument):
        world.call(make_operation(), options=CallOptions(headers={"Host": "evil.test"}))
    assert portal.requests == []


def test_headers_of_the_options_are_sent(world, portal, make_operation):
    world.call(make_operation(answer=None), options=CallOptions(headers={"traceparent": "00-1"}))
    assert portal.request.headers["traceparent"] == "00-1"


# What is read


def test_any_2xx_is_a_success(world, portal, make_operation):
    portal.answers((207, "17"))
    assert world.call(make_operation()) == 17


def test_an_answer_nobody_asked_for_is_no_error(world, portal, make_operation):
    portal.answers((200, '{"id":"x"}'))
    assert world.call(make_operation("POST", answer=None)) is None


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_an_empty_204_without_an_answer_in_the_contract(world, portal, make_operation, method):
    portal.answers(204)
    assert world.call(make_operation(method, answer=None)) is None


def test_a_delete_may_be_answered_with_nothing(world, portal, make_operation):
    portal.answers(204)
    assert world.call(make_operation("DELETE", answer=ANY)) is None


@pytest.mark.parametrize("content", ["", "<html>ok</html>", '"text"'])
def test_a_success_that_cannot_be_read_is_told_as_such(world, portal, make_operation, content):
    portal.answers((200, content, {"X-Request-Id": "req-9"}))
    with pytest.raises(DecodeError, match=r"had accepted the request .status 200.") as caught:
        world.call(make_operation("POST", answer=INTEGER))
    error = caught.value
    assert (error.operation, error.answer.status) == ("doKrav", 200)
    assert error.answer.content == content.encode()
    assert error.answer.request_id == "req-9"
    assert "html" not in str(error)


# What is raised


def test_an_error_with_a_code(world, portal, make_operation):
    body = '{"fejlkode":"doedsbo.f17","felt":"opgjortdato","besked":"Ione Koss"}'
    portal.answers((422, body, {"X-Correlation-Id": "req-7"}))
    with pytest.raises(Unprocessable) as caught:
        world.call(make_operation("POST"), ())
    error = caught.value
    assert (error.status, error.code, error.field) == (422, "doedsbo.f17", "opgjortdato")
    assert error.request_id == "req-7"
    assert error.doc_url == "https://example.test/errors/doedsbo.f17/"
    assert error.answer.content == body.encode()
    assert "Koss" not in str(error)


def test_a_code_nobody_knows(world, portal, make_operation):
    portal.answers((409, '{"fejlkode":"doedsbo.f43"}'))
    with pytest.raises(Exception, match=r"409 doedsbo.f43$") as caught:
        world.call(make_operation("POST"))
    error = caught.value
    assert error.code == "doedsbo.f43"
    assert error.explanation is error.doc_url is None


def test_an_error_that_is_html(world, portal, make_operation):
    portal.answers((500, "<html>Koss</html>"))
    with pytest.raises(ServerError) as caught:
        world.call(make_operation())
    assert caught.value.codes == ()
    assert caught.value.request_id == portal.request.headers["X-Request-Id"]


def test_redirects_are_not_followed(world, portal, make_operation):
    portal.answers((302, "", {"Location": "https://evil.test/"}))
    with pytest.raises(UnexpectedStatus, match="302"):
        world.call(make_operation())
    assert len(portal.requests) == 1


def test_a_status_nobody_registered(world, portal, make_operation):
    portal.answers(520)
    with pytest.raises(ServerError, match="520"):
        world.call(make_operation())


def test_credential_errors_pass_untouched(world, make_operation):
    error = CredentialError("no token", retryable=True)

    class NoToken(DirectAuth):
        environment = world.auth.environment
        rate_limit_key = "x"

        def auth_flow(self, request):
            raise error
            yield

    world.auth = NoToken()
    with pytest.raises(CredentialError) as caught:
        world.call(make_operation())
    assert caught.value is error


def test_raised_errors_hold_no_request(world, portal, make_operation):
    portal.answers(_http.ConnectError("secret"))
    with pytest.raises(ConnectionFailed) as caught:
        world.call(make_operation())
    assert caught.value.__cause__ is caught.value.__context__ is None


# What is sent again


def test_a_call_that_failed_early_is_sent_again_whatever_it_is(
    world, portal, clock, make_operation
):
    portal.answers(_http.ConnectError("x"), _http.PoolTimeout("x"), (201, "17"))
    assert world.call(make_operation("POST")) == 17
    assert clock.sleeps == [0.5, 1.0]
    ids = {request.headers["X-Request-Id"] for request in portal.requests}
    assert len(ids) == 1


def test_a_body_that_was_not_taken_has_not_arrived(world, portal, unread_transport, make_operation):
    portal.answers(_http.WriteError("x"), (201, "17"))
    client = {"transport": unread_transport(portal)}
    assert world.call(make_operation("POST", body=ANY), body=1, client=client) == 17
    assert len(portal.requests) == 2


@pytest.mark.parametrize(
    "failure",
    [
        _http.ReadError("x"),
        _http.ReadTimeout("x"),
        _http.WriteError("x"),
        _http.RemoteProtocolError("x"),
        ssl.SSLError(1, "x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_after_it_may_have_arrived_only_repeatable_calls_are_sent_again(
    world, portal, make_operation, failure
):
    portal.answers(failure, (200, "17"))
    assert world.call(make_operation("POST", repeatable=True, body=ANY), body=1) == 17
    portal.requests.clear()
    portal.answers(failure, (200, "17"))
    with pytest.raises(OutcomeUnknown) as caught:
        world.call(make_operation("POST", body=ANY), body=1)
    assert caught.value.operation == "doKrav"
    assert caught.value.answer is None
    assert len(portal.requests) == 1


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_gateways_answer_says_nothing_of_the_outcome(world, portal, make_operation, status):
    portal.answers((status, "<html>"), (200, "17"))
    assert world.call(make_operation("PUT")) == 17
    portal.answers((status, "<html>", {"X-Request-Id": "gw-1"}), (200, "17"))
    with pytest.raises(OutcomeUnknown, match=f"answered {status}") as caught:
        world.call(make_operation("POST"))
    assert (caught.value.answer.status, caught.value.request_id) == (status, "gw-1")


def test_other_errors_are_final(world, portal, make_operation):
    for status in (400, 401, 404, 500):
        portal.requests.clear()
        portal.answers(status)
        with pytest.raises(Exception, match=str(status)):
            world.call(make_operation())
        assert len(portal.requests) == 1


def test_retries_end(world, portal, clock, make_operation):
    portal.answers(503)
    with pytest.raises(ServerError, match="503"):
        world.call(make_operation())
    assert len(portal.requests) == 3
    assert clock.sleeps == [0.5, 1.0]
    portal.answers(_http.ReadTimeout("x"))
    with pytest.raises(CallTimeout):
        world.call(make_operation(), options=CallOptions(max_retries=0))
    assert len(portal.requests) == 4
    with pytest.raises(TransportError):
        world.call(make_operation(), client={"max_retries": 1})
    assert len(portal.requests) == 6


def test_chance_spreads_retries(world, portal, clock, make_operation):
    clock.chance = 0.25
    portal.answers(503, 503, (200, "17"))
    world.call(make_operation())
    assert clock.sleeps == [0.125, 0.25]


def test_the_rate_limit_is_waited_for_whatever_the_call_is(world, portal, clock, make_operation):
    portal.answers((429, "", {"Retry-After": "7"}), 429, (201, "17"))
    assert world.call(make_operation("POST")) == 17
    assert clock.sleeps == [7.0, 1.0]


@pytest.mark.parametrize("status", [429, 503])
def test_waits_of_more_than_a_minute_are_left_to_the_caller(
    world, portal, clock, make_operation, status
):
    portal.answers((status, "", {"Retry-After": "61"}))
    with pytest.raises((TooManyRequests, ServerError)) as caught:
        world.call(make_operation())
    assert caught.value.retry_after == 61.0
    assert clock.sleeps == []


def test_a_certificate_that_is_not_trusted_is_not_tried_again(world, portal, make_operation):
    error = _http.ConnectError("x")
    error.__cause__ = ssl.SSLCertVerificationError(1, "x")
    portal.answers(error)
    with pytest.raises(ConnectionFailed, match="certificate is not trusted"):
        world.call(make_operation())
    assert len(portal.requests) == 1


def test_a_repeated_delete_that_finds_nothing_has_succeeded(world, portal, make_operation):
    answers = []
    for first in (_http.ReadError("x"), 503):
        portal.answers(first, (404, '{"fejl":1}'))
        options = CallOptions(on_answer=answers.append)
        assert world.call(make_operation("DELETE"), options=options) is None
    assert [answer.status for answer in answers] == [404, 404]


def test_a_delete_that_never_arrived_and_finds_nothing_has_not(world, portal, make_operation):
    for first in (_http.ConnectError("x"), 429):
        portal.answers(first, 404)
        with pytest.raises(NotFound):
            world.call(make_operation("DELETE"))
    portal.answers(503, 404)
    with pytest.raises(NotFound):
        world.call(make_operation("GET"))


# Deadlines


def test_a_deadline_shortens_the_timeouts(world, portal, make_operation):
    world.call(make_operation(answer=None), options=CallOptions(deadline=7.0))
    assert portal.request.extensions["timeout"] == {
        "connect": 5.0,
        "read": 7.0,
        "write": 7.0,
        "pool": 5.0,
    }


def test_no_wait_goes_past_the_deadline(world, portal, clock, make_operation):
    portal.answers((429, "", {"Retry-After": "20"}))
    with pytest.raises(TooManyRequests):
        world.call(make_operation(), client={"deadline": 20.0})
    assert clock.sleeps == []
    portal.answers((429, "", {"Retry-After": "19"}), (200, "17"))
    assert world.call(make_operation(), client={"deadline": 20.0}) == 17


def test_a_timeout_at_the_deadline_is_the_deadline(world, portal, clock, make_operation):
    def slow(request):
        request.read()
        clock.now += 10
        return _http.ReadTimeout("x")

    portal.answers(slow)
    with pytest.raises(DeadlineExceeded):
        world.call(make_operation(), options=CallOptions(deadline=10.0))
    with pytest.raises(OutcomeUnknown, match="deadline"):
        world.call(make_operation("POST", body=ANY), body=1, options=CallOptions(deadline=10.0))
    assert len(portal.requests) == 2


def test_nothing_is_sent_after_the_deadline(world, portal, clock, make_operation):
    def oversleep(_seconds):
        clock.now += 100

    async def oversleep_async(_seconds):
        clock.now += 100

    portal.answers(503)
    world.sleep = oversleep if world.synchronous else oversleep_async
    with pytest.raises(DeadlineExceeded, match="before it was sent"):
        world.call(make_operation(), options=CallOptions(deadline=50.0))
    assert len(portal.requests) == 1


# Rate limiter


@attrs.define
class Limiter:
    waits: list
    told: list = attrs.field(factory=list)

    def reserve(self, key, operation_id):
        self.told.append(("reserve", key, operation_id))
        return self.waits.pop(0)

    def penalize(self, key, operation_id, seconds):
        self.told.append(("penalize", key, operation_id, seconds))

    async def reserve_async(self, key, operation_id):
        return self.reserve(key, operation_id)

    async def penalize_async(self, key, operation_id, seconds):
        self.penalize(key, operation_id, seconds)


def test_the_limiter_is_asked_before_each_attempt_and_told_of_429(
    world, portal, clock, make_operation
):
    limiter = Limiter([0.0, 2.5])
    portal.answers((429, "", {"Retry-After": "7"}), (200, "17"))
    assert world.call(make_operation(), client={"limiter": limiter}) == 17
    assert limiter.told == [
        ("reserve", "client-7", "doKrav"),
        ("penalize", "client-7", "doKrav", 7.0),
        ("reserve", "client-7", "doKrav"),
    ]
    assert clock.sleeps == [7.0, 2.5]


def test_a_wait_of_the_limiters_that_is_too_long_sends_nothing(
    world, portal, clock, make_operation
):
    client = {"limiter": Limiter([9.0, 9.0]), "deadline": 9.0}
    with pytest.raises(DeadlineExceeded, match="rate limiter"):
        world.call(make_operation(), client=client)
    assert portal.requests == clock.sleeps == []
    world.call(make_operation(answer=None), client=client | {"deadline": 9.5})
    assert clock.sleeps == [9.0]


def test_what_the_limiter_raises_is_raised(world, portal, make_operation):
    class Broken(Limiter):
        def reserve(self, key, operation_id):
            raise ssl.SSLError(1, "the limiter's own")

    with pytest.raises(ssl.SSLError, match="the limiter's own"):
        world.call(make_operation(), client={"limiter": Broken([])})
    assert portal.requests == []


# Seeing answers


def test_on_answer_gets_the_final_answer(world, portal, clock, make_operation):
    answers = []
    portal.answers(503, (200, "17", {"X-Request-Id": "req-1"}))
    world.call(make_operation(), client={"on_answer": answers.append})
    (answer,) = answers
    assert (answer.status, answer.content, answer.request_id) == (200, b"17", "req-1")
    assert (answer.operation, answer.attempts, answer.elapsed) == ("doKrav", 2, 0.5)
    assert answer.http_version == "HTTP/1.1"
    assert answer.headers["x-request-id"] == "req-1"


def test_on_answer_gets_errors_too_and_the_calls_wins(world, portal, make_operation):
    ours, theirs = [], []
    portal.answers((400, "{}"))
    with pytest.raises(Exception, match="400"):
        world.call(
            make_operation(),
            client={"on_answer": theirs.append},
            options=CallOptions(on_answer=ours.append),
        )
    assert [answer.status for answer in ours] == [400]
    assert theirs == []


def test_what_on_answer_raises_is_raised(world, make_operation):
    def fail(answer):
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        world.call(make_operation(answer=None), client={"on_answer": fail})


# The log


def test_one_line_a_call_and_nothing_personal(world, portal, caplog, make_operation):
    caplog.set_level(logging.INFO, "skifteportal")
    portal.answers(503, (200, '"Koss"', {"X-Request-Id": "req-1"}))
    world.call(make_operation(path="/krav/{kravId}"), (ID,), query={"navn": "Koss"})
    lines = [record.getMessage() for record in caplog.records if record.name == "skifteportal"]
    assert lines == ["doKrav: GET /krav/{kravId} -> 200 in 500 ms, attempts: 2 [request id req-1]"]


def test_errors_are_logged_by_kind(world, portal, caplog, make_operation):
    caplog.set_level(logging.INFO, "skifteportal")
    portal.answers((404, "Koss"))
    with pytest.raises(NotFound):
        world.call(make_operation())
    portal.answers(_http.ReadError("Koss"))
    with pytest.raises(OutcomeUnknown):
        world.call(make_operation("POST"))
    portal.answers(KeyError("Koss"))
    with pytest.raises(KeyError):
        world.call(make_operation())
    lines = [record.getMessage() for record in caplog.records if record.name == "skifteportal"]
    assert [line.split(" in ")[0] for line in lines] == [
        "doKrav: GET /krav -> 404 NotFound",
        "doKrav: POST /krav -> OutcomeUnknown",
        "doKrav: GET /krav -> KeyError",
    ]


def test_headers_are_logged_from_the_list_only(world, portal, caplog, make_operation):
    caplog.set_level(logging.DEBUG, "skifteportal")
    portal.answers((200, "1", {"Set-Cookie": "a=secret", "X-Total-Count": "7"}))
    world.call(make_operation())
    text = caplog.text
    assert "x-total-count" in text
    assert "secret" not in text
    assert "Bearer" not in text


def test_without_a_log_nothing_is_written(world, caplog, make_operation):
    logging.getLogger("skifteportal").setLevel(logging.WARNING)
    try:
        world.call(make_operation(answer=None))
    finally:
        logging.getLogger("skifteportal").setLevel(logging.NOTSET)
    assert "skifteportal" not in {record.name for record in caplog.records}
