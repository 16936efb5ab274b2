import pytest
from portal_in_memory import GUIDE_ESTATE

from skifteportal.sandbox.errors import Refused
from skifteportal.sandbox.failures import ANY, Failure, Failures
from skifteportal.sandbox.messages import Answer

KRAV = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"
BODY = {"beloeb": 1, "endeligt": True}


def plan(portal, operation="addKrav", **given):
    portal.failures.plan(Failure(operation=operation, **given))


def test_a_code_is_answered_with_its_text_and_nothing_is_carried_out(api, portal):
    plan(portal, code="doedsbo.f21")
    reply = api("POST", KRAV, BODY)
    assert (reply.status, reply.code) == (400, "doedsbo.f21")
    assert reply.json["besked"]
    assert api("GET", KRAV).json == []
    assert api("POST", KRAV, BODY).status == 201


def test_a_status_may_come_with_a_text_and_retry_after(api, portal):
    plan(portal, status=429, message="Slow down", retry_after=3, times=2)
    for _ in range(2):
        reply = api("POST", KRAV, BODY)
        assert (reply.status, reply.code, reply["Retry-After"]) == (429, None, "3")
        assert reply.json["besked"] == "Slow down"
    assert api("POST", KRAV, BODY).status == 201


@pytest.mark.parametrize(
    ("status", "text"), [(503, "Service Unavailable"), (418, "Planned failure")]
)
def test_a_status_has_words_of_its_own(api, portal, status, text):
    plan(portal, status=status)
    assert api("POST", KRAV, BODY).json["besked"] == text


def test_some_calls_may_go_well_first_and_any_operation_may_be_meant(api, portal):
    plan(portal, ANY, status=503, skip=1)
    assert [api("GET", KRAV).status for _ in range(3)] == [200, 503, 200]


def test_other_operations_go_well_and_plans_wait_for_theirs(api, portal):
    plan(portal, status=503)
    plan(portal, "getBo", status=500)
    assert api("GET", KRAV).status == 200
    assert api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}").status == 500
    assert api("POST", KRAV, BODY).status == 503


def test_the_login_is_refused_in_oauths_words(login, portal):
    plan(portal, "login", status=503, retry_after=2, delay=1)
    reply = login()
    assert (reply.status, reply["Retry-After"], reply.answer.delay) == (503, "2", 1)
    assert reply.json == {
        "error": "temporarily_unavailable",
        "error_description": "Service Unavailable",
    }
    plan(portal, "login", status=400)
    assert login().json["error"] == "invalid_request"
    assert login().status == 200


def test_a_cut_before_the_call_does_nothing_and_one_after_it_does(api, portal):
    plan(portal, cut="before")
    assert api("POST", KRAV, BODY).answer.cut == "whole"
    assert api("GET", KRAV).json == []
    plan(portal, cut="after")
    assert api("POST", KRAV, BODY).answer.cut == "whole"
    assert len(api("GET", KRAV).json) == 1
    plan(portal, cut="body", delay=0.5)
    reply = api("POST", KRAV, BODY)
    assert (reply.answer.cut, reply.answer.delay, reply.status) == ("body", 0.5, 201)


def test_a_refusal_may_come_late(api, portal):
    plan(portal, status=500, delay=2)
    assert api("POST", KRAV, BODY).answer.delay == 2


def test_garbled_json_is_half_of_what_was_to_be_said(api, portal):
    plan(portal, "getBo", garbled=True)
    path = f"/doedsbojournaler/{GUIDE_ESTATE}"
    half, whole = api("GET", path), api("GET", path)
    assert (half.status, half.content) == (200, whole.content[: len(whole.content) // 2])
    assert Failure(operation="x", garbled=True).spoil(Answer(status=204)).body == b"{"


def test_what_is_planned_can_be_seen_and_called_off():
    failures = Failures()
    failures.plan(Failure(operation="addKrav", code="doedsbo.f21", delay=1.5))
    failures.plan(Failure(operation="getBo", cut="after", skip=2))
    first, second = failures.planned
    assert first.summary == "code doedsbo.f21, delay 1.5"
    assert second.as_json() == {"operation": "getBo", "cut": "after", "times": 1, "skip": 2}
    assert failures.take("addTilgodehavende") is None
    failures.clear()
    assert failures.planned == ()
    assert failures.take("addKrav") is None


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        ({"operation": "nothing", "status": 500}, "operation: there is no such operation"),
        ({"code": "doedsbo.f0"}, "code: the portal has no such code"),
        ({"status": 200}, "status: a refusal's status"),
        ({"delay": -1}, "delay: a delay is from 0"),
        ({"delay": 4000}, "delay: a delay is from 0"),
        ({"cut": "never"}, "cut: the connection is cut before"),
        ({"status": 500, "times": 0}, "times: at least one"),
        ({"status": 500, "skip": -1}, "skip: no fewer"),
        ({"cut": "after", "retry_after": 1}, "retry_after: seconds, beside"),
        ({"status": 429, "retry_after": -1}, "retry_after: seconds, beside"),
        ({"garbled": True, "message": "x"}, "message: a text stands beside"),
        ({}, "say one of"),
        ({"status": 500, "cut": "after"}, "say one of"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(plan, problem):
    failure = Failure(**{"operation": "addKrav", **plan})
    with pytest.raises(Refused, match=problem):
        failure.check(operations={"addKrav"}, codes={"doedsbo.f21"})


@pytest.mark.parametrize("operation", ["addKrav", "login", "exchange", ANY])
def test_a_good_plan_is_taken(operation):
    Failure(operation=operation, delay=1).check(operations={"addKrav"}, codes=())


@pytest.mark.parametrize(
    ("given", "delay", "cut"),
    [({"delay": 2}, 2, ""), ({"cut": "after"}, 0, "whole"), ({"garbled": True}, 0, "")],
)
def test_what_the_portal_itself_refuses_comes_as_planned_too(api, portal, given, delay, cut):
    plan(portal, **given)
    reply = api("POST", KRAV, {"beloeb": "much"})
    assert (reply.status, reply.answer.delay, reply.answer.cut) == (400, delay, cut)
    entry = next(iter(portal.journal.calls("addKrav")))
    assert (entry.rule, bool(entry.failure)) == ("required", True)
    whole = api("POST", KRAV, {"beloeb": "much"})
    assert (len(reply.content) < len(whole.content) - 10) == ("garbled" in given)
