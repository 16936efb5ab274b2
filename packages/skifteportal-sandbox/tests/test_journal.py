import json

import pytest
from canaries import canary
from portal_in_memory import CLIENT, GUIDE_CPR, GUIDE_ESTATE, LIQUIDATOR, PDF

from skifteportal.sandbox.failures import Failure
from skifteportal.sandbox.journal import Journal

KRAV = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"


def only(portal):
    (entry,) = portal.journal
    return entry


def test_a_call_is_noted_with_who_made_it_and_how_it_went(api, portal):
    reply = api("POST", KRAV, {"beloeb": 1, "endeligt": True})
    entry = only(portal)
    assert (entry.operation, entry.api, entry.method, entry.role) == (
        "addKrav",
        "doedsbojournal",
        "POST",
        "api",
    )
    assert entry.path == "/doedsbojournaler/{doedsbojournalId}/krav"
    assert (entry.company, entry.kind, entry.client) == ("11111111", "direct", "anmelder")
    assert (entry.status, entry.code, entry.validation) == (201, "", "passed")
    assert entry.request_id == reply["X-Request-Id"]
    assert (entry.received, entry.sent) == (31, len(reply.content))
    assert entry.milliseconds > 0


def test_a_refusal_is_noted_by_its_code_and_field(api, portal):
    api("POST", "/doedsbojournaler", {})
    entry = only(portal)
    assert (entry.status, entry.code) == (400, "doedsbo.f2")


def test_a_breach_of_the_specification_is_noted_by_field_and_rule_not_by_value(api, portal):
    secret = canary("hemmeligt-beloeb", "a value that breaks the schema")
    api("POST", KRAV, {"beloeb": secret, "endeligt": True})
    entry = only(portal)
    assert (entry.status, entry.validation, entry.field, entry.rule) == (
        400,
        "request",
        "beloeb",
        "type",
    )
    assert secret not in json.dumps(entry.as_json())


def test_a_missing_parameter_breaks_it_too(api, portal):
    headers = {"Content-Type": "application/octet-stream"}
    api("POST", "/v2/dokumenter", content=PDF, headers=headers)
    assert (only(portal).validation, only(portal).rule) == ("request", "required")


def test_a_missing_path_is_noted_without_it(api, portal):
    api("GET", f"/{GUIDE_CPR}")
    entry = only(portal)
    assert (entry.status, entry.operation, entry.path) == (404, "-", "")


def test_an_answer_of_our_own_that_breaks_the_specification_is_noted(make_portal):
    from portal_in_memory import Api

    portal = make_portal()
    with portal.transaction() as world:
        estate = world.store.estates[GUIDE_ESTATE]
        estate.details = {**estate.details, "retskredsId": 1}
    Api(portal)("GET", f"/doedsbojournaler/{GUIDE_ESTATE}")
    assert (only(portal).status, only(portal).validation) == (500, "answer")


def test_login_and_exchange_are_noted_without_secrets(login, portal, api):
    portal.journal.keep_bodies = True
    token = login().json["access_token"]
    entry = only(portal)
    assert (entry.operation, entry.status, entry.company) == ("login", 200, "11111111")
    assert (entry.client, entry.kind) == (CLIENT.id, "direct")
    assert entry.certificate.startswith("UI:DK-O:G:")
    shown = json.dumps(entry.as_json())
    assert CLIENT.secret not in shown
    assert token not in shown
    assert login(client_secret="wrong").status == 401
    refused = portal.journal.calls("login", status=401)
    assert [entry.company for entry in refused] == [""]


def test_a_liquidators_call_names_its_profile(liquidator, portal):
    liquidator("GET", "/sager")
    assert (only(portal).kind, only(portal).profile) == ("delegated", LIQUIDATOR)


def test_bodies_are_kept_only_when_asked_and_only_json(api, portal):
    api("POST", "/doedsbojournaler", {"cprNummer": GUIDE_CPR})
    assert GUIDE_CPR not in json.dumps(only(portal).as_json())
    portal.journal.clear()
    portal.journal.keep_bodies = True
    api("POST", "/doedsbojournaler", {"cprNummer": GUIDE_CPR})
    shown = only(portal).as_json()
    assert json.loads(shown["request_body"]) == {"cprNummer": GUIDE_CPR}
    assert json.loads(shown["answer_body"])[0]["id"] == GUIDE_ESTATE
    krav = api.krav()
    portal.journal.clear()
    api.bilag(f"{KRAV}/{krav}", content=PDF)
    assert "request_body" not in only(portal).as_json()


def test_a_repr_shows_nothing_of_a_call(api, portal):
    portal.journal.keep_bodies = True
    api("POST", "/doedsbojournaler", {"cprNummer": GUIDE_CPR})
    assert GUIDE_CPR not in repr(only(portal))


def test_a_planned_failure_is_noted_as_such(api, portal):
    portal.failures.plan(Failure(operation="addKrav", status=503))
    api("POST", KRAV, {"beloeb": 1, "endeligt": True})
    assert (only(portal).status, only(portal).failure) == (503, "status 503")


def test_a_test_suite_may_ask_for_what_it_expects(api, portal):
    for company in ("11111111", "90000001"):
        api("GET", KRAV, company=company)
    api.krav()
    journal = portal.journal
    assert [entry.operation for entry in journal.calls()] == ["getAllKrav", "getAllKrav", "addKrav"]
    assert len(journal.calls("addKrav")) == 1
    assert len(journal.calls("getAllKrav", company="90000001", status=200)) == 1
    assert journal.calls("deleteKrav") == []
    with pytest.raises(AttributeError):
        journal.calls(colour="blue")


def test_only_the_newest_are_kept_and_the_count_goes_on(make_portal):
    from portal_in_memory import Api

    portal = make_portal()
    portal.journal = Journal(kept=2)
    api = Api(portal)
    for _ in range(3):
        api("GET", KRAV)
    assert [entry.number for entry in portal.journal] == [2, 3]
    portal.journal.clear()
    assert len(portal.journal) == 0
    api("GET", KRAV)
    assert [entry.number for entry in portal.journal] == [4]


def test_who_follows_is_told_until_it_leaves(api, portal):
    told = []
    end = portal.journal.follow(told.append)
    api("GET", KRAV)
    end()
    api("GET", KRAV)
    assert [entry.operation for entry in told] == ["getAllKrav"]
