import json
import logging
import threading
from pathlib import Path

import pytest
from portal_in_memory import CLIENT, GUIDE_CPR, GUIDE_ESTATE, Api

from skifteportal import specs
from skifteportal.sandbox import Portal, Settings
from skifteportal.sandbox import portal as heart
from skifteportal.sandbox.call import Handler
from skifteportal.sandbox.errors import StateUnwritable
from skifteportal.sandbox.failures import Failure
from skifteportal.sandbox.messages import Answer, Request


def test_unknown_paths_and_methods_are_refused(api):
    assert api("GET", "/").status == 404
    assert api("PATCH", f"/doedsbojournaler/{GUIDE_ESTATE}").status == 405
    for method in ("HEAD", "OPTIONS", "TRACE", "GET"):
        assert api(method, "/doedsbojournaler")["Allow"] == "POST"


def test_a_body_beyond_the_limit_is_refused(make_portal):
    api = Api(make_portal(settings=Settings(max_body_bytes=10)))
    assert api("POST", "/doedsbojournaler", {"cprNummer": "4634875520"}).status == 413


def test_a_compressed_body_is_refused(api):
    reply = api("POST", "/doedsbojournaler", {}, headers={"Content-Encoding": "gzip"})
    assert (reply.status, reply.json["felt"]) == (415, "Content-Encoding")
    assert api("GET", "/doedsbojournaler", headers={"Content-Encoding": "Identity"}).status == 405


def test_the_callers_request_id_comes_back_if_it_is_one(api):
    path = f"/doedsbojournaler/{GUIDE_ESTATE}"
    assert api("GET", path, headers={"X-Request-Id": "abc-1"})["X-Request-Id"] == "abc-1"
    made = api("GET", "/nothing", headers={"X-Request-Id": "not an id\r\n"})
    assert made["X-Request-Id"] == made.json["sporingsId"] != "not an id"


def test_a_reset_forgets_what_was_filed_and_keeps_tokens(api, portal):
    token = api.token()
    krav = f"/doedsbojournaler/{GUIDE_ESTATE}/krav/{api.krav()}"
    assert api("GET", krav, token=token).status == 200
    portal.reset()
    assert api("GET", krav, token=token).status == 404
    assert api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}", token=token).status == 200


def test_every_operation_of_all_twelve_specifications_is_carried_out_and_no_other():
    assert set(heart._APIS) == set(specs.apis())
    for api, handlers in heart._APIS.items():
        document = specs.spec(api)
        described = {
            node["operationId"]
            for item in document["paths"].values()
            for method, node in item.items()
            if method != "parameters"
        }
        assert set(handlers) == described


def test_first_page_is_the_registrys_unless_set(make_portal):
    for settings, number in (
        (None, specs.registry()["assumptions"]["first_page"]),
        (Settings(first_page=1), 1),
    ):
        with make_portal(settings=settings).transaction() as world:
            assert world.first_page == number


def test_a_portal_of_its_own_accord_has_a_key_and_the_machines_clock():
    api = Api(Portal(clients=[CLIENT], issuer="https://x"))
    assert api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}").status == 200


@pytest.fixture
def handle_with(monkeypatch):
    def install(run):
        monkeypatch.setattr(
            heart, "_APIS", {"doedsbojournal": {} if run is None else {"getBo": Handler(run=run)}}
        )

    return install


def test_an_operation_without_a_handler_says_so(handle_with, portal):
    handle_with(None)
    reply = Api(portal)("GET", f"/doedsbojournaler/{GUIDE_ESTATE}")
    assert (reply.status, reply.json["besked"]) == (
        501,
        "The sandbox cannot carry out doedsbojournal getBo yet",
    )


def test_an_answer_that_breaks_the_specification_is_a_loud_500(handle_with, portal, caplog):
    body = f'{{"id":"{GUIDE_ESTATE}","retskredsId":{GUIDE_CPR}}}'.encode()
    handle_with(
        lambda call: Answer(status=200, headers=(("Content-Type", "application/json"),), body=body)
    )
    with caplog.at_level(logging.ERROR, "skifteportal.sandbox"):
        reply = Api(portal)("GET", f"/doedsbojournaler/{GUIDE_ESTATE}")
    text = "The sandbox's own answer to getBo breaks the specification: /retskredsId: rule 'type'"
    assert reply.status == 500
    assert reply.json["besked"].startswith(text)
    assert text in caplog.text


def test_a_state_file_that_fails_is_said_with_what_to_do(handle_with, portal, caplog):
    def failing(call):
        raise StateUnwritable(Path("portal.db"), "disk full. Make room.")

    handle_with(failing)
    reply = Api(portal)("GET", f"/doedsbojournaler/{GUIDE_ESTATE}")
    assert reply.status == 500
    text = "The state file portal.db cannot be used: disk full. Make room."
    assert reply.json["besked"] == text
    assert text in caplog.text


def test_a_failure_of_ours_is_a_500_with_its_place_and_without_values(handle_with, portal, caplog):
    def failing(call):
        raise KeyError(GUIDE_CPR)

    handle_with(failing)
    reply = Api(portal)("GET", f"/doedsbojournaler/{GUIDE_ESTATE}")
    assert reply.status == 500
    assert "KeyError in failing, line" in reply.json["besked"]
    assert "KeyError in failing, line" in caplog.text
    assert GUIDE_CPR not in reply.content.decode()


def test_the_log_tells_of_each_call_without_ids(api, caplog):
    with caplog.at_level(logging.INFO, "skifteportal.sandbox"):
        api("POST", "/doedsbojournaler", {"cprNummer": GUIDE_CPR})
        api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}")
        api("GET", f"/other/{GUIDE_ESTATE}")
    first, second, third = (record.getMessage() for record in caplog.records)
    assert first.startswith("api POST searchBo -> 200 in ")
    assert second.startswith("api GET getBo -> 200 in ")
    assert third.startswith("api GET - -> 404 in ")
    assert GUIDE_ESTATE not in caplog.text


def test_many_threads_lose_nothing(api):
    def file_some():
        for _ in range(25):
            api.krav()

    threads = [threading.Thread(target=file_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}/krav")["X-Total-Count"] == "100"


def test_with_a_state_file_tokens_outlast_a_restart_and_forgotten_ones_stay_bad(
    make_portal, tmp_path
):
    def started():
        return Api(make_portal(state=tmp_path / "portal.db"))

    path = f"/doedsbojournaler/{GUIDE_ESTATE}"
    api = started()
    forgotten = api.token()
    api.portal.forget_tokens()
    good = api.token()
    for _ in range(2):
        found = [api("GET", path, token=one).status for one in (forgotten, good)]
        assert found == [401, 200]
        api.portal.reset()
        api.portal.close()
        api = started()
    api.portal.close()


@pytest.mark.parametrize("status", [400, 413, 431])
def test_what_could_not_be_read_is_refused_and_noted_like_any_call(portal, status):
    for role, member in (("api", "besked"), ("auth", "error_description")):
        answer = portal.handle(Request(role=role, method="-", target="", unreadable=status))
        assert (answer.status, len(json.loads(answer.body)[member]) > 10) == (status, True)
        assert list(portal.journal)[-1].status == status


def test_what_looks_through_a_file_takes_long_and_nothing_else(portal):
    krav = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"
    for method, path, kind, body, long in (
        ("POST", f"{krav}/x/bilag", "application/pdf", b"x", True),
        ("POST", f"{krav}/x/bilag", "application/pdf", b"", False),
        ("POST", krav, "application/json; charset=utf-8", b"{}", False),
        ("POST", krav, "text/plain", b"x", False),
        ("POST", "/nothing", "application/pdf", b"x", False),
    ):
        headers = (("content-type", kind),)
        request = Request(role="api", method=method, target=path, headers=headers, body=body)
        assert portal.takes_long(request) is long
    assert not portal.takes_long(Request(role="auth", method="POST", target="/", body=b"x"))


def test_a_reset_that_fails_forgets_no_plan(portal, monkeypatch):
    def full():
        raise StateUnwritable(Path("x"), "disk is full")

    portal.failures.plan(Failure(operation="addKrav", status=503))
    monkeypatch.setattr(portal.memory, "reset", full)
    with pytest.raises(StateUnwritable):
        portal.reset()
    assert portal.failures.planned
