"""How a call goes, in all three worlds: what on_answer and the log see."""

import logging

import pytest

from skifteportal.core import (
    CallOptions,
    NotFound,
    OutcomeUnknown,
    _http,
)

ID = "e25d84d3-7aec-4361-84da-93125cb83f08"


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
