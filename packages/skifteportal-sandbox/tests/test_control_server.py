import json

import pytest
from control_port import JSON
from portal_in_memory import GUIDE_ESTATE, IONE_KOSS

from skifteportal.sandbox.control.commands import COMMANDS
from skifteportal.sandbox.court import COURT

KRAV = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"


def test_info_lists_every_path_with_its_schema(ask):
    info = ask("GET", "/_sandbox/info").json
    listed = {(one["method"], one["path"]) for one in info["paths"]}
    assert listed == {(one.method, one.path) for one in (*COMMANDS, *COURT.values())}
    assert all(one["summary"].endswith(".") and one["schema"] for one in info["paths"])


def test_names_are_given_once():
    for table in (COMMANDS, COURT.values()):
        names = [one.name for one in table]
        assert len(names) == len(set(names))


def test_every_answer_may_not_be_kept_nor_framed(ask):
    for path in ("/_sandbox/info", "/nothing", "/"):
        headers = ask("GET", path).headers
        assert (headers["Cache-Control"], headers["X-Frame-Options"]) == ("no-store", "DENY")
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_reset_forgets_what_was_filed(ask, controlled_api):
    controlled_api.krav()
    assert ask("POST", "/_sandbox/reset").json == {}
    assert controlled_api("GET", KRAV).json == []


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "[", ""])
def test_a_host_that_is_not_this_machine_is_refused(ask, host):
    reply = ask("GET", "/_sandbox/info", headers={"Host": host})
    assert (reply.status, "Host header" in reply.json["message"]) == (403, True)


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost", "[::1]:8746", "LOCALHOST:8746"])
def test_loopback_by_any_name_will_do(ask, host):
    assert ask("GET", "/_sandbox/info", headers={"Host": host}).status == 200


def test_a_page_of_another_site_is_refused(ask, controlled):
    reply = ask("POST", "/_sandbox/reset", headers={**JSON, "Origin": "https://evil.example"})
    assert (reply.status, reply.json["message"]) == (403, "Only this port's own pages may call it")
    own = {**JSON, "Origin": controlled.urls["control"]}
    assert ask("POST", "/_sandbox/reset", headers=own).status == 200


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", None])
def test_what_a_form_can_send_changes_nothing(ask, kind):
    for method in ("POST", "PUT", "DELETE"):
        reply = ask(
            method, "/_sandbox/failures", {}, headers={} if kind is None else {"Content-Type": kind}
        )
        assert (reply.status, reply.json["field"]) == (415, "Content-Type")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "not JSON"),
        (b"[]", "must be a JSON object"),
        (b'{"at": 1}', "at must be 2026-03-01 (its noon, UTC) or"),
        (b'{"when": "now"}', "there is no such member; it takes at"),
    ],
)
def test_a_body_that_makes_no_sense_is_refused(ask, content, message):
    reply = ask("POST", "/_sandbox/clock/freeze", content=content)
    assert (reply.status, message in reply.json["message"]) == (400, True)


def test_too_much_and_what_is_compressed_is_refused(ask):
    reply = ask("POST", "/_sandbox/seed", content=b" " * 1_100_000)
    assert (reply.status, "only /_sandbox/load takes more" in reply.json["message"]) == (413, True)
    reply = ask("POST", "/_sandbox/seed", {}, headers={**JSON, "Content-Encoding": "gzip"})
    assert (reply.status, reply.json["field"]) == (415, "Content-Encoding")


def test_a_fault_of_the_sandboxs_own_is_said_to_be_one_without_any_value(
    ask, controlled, monkeypatch, caplog
):
    def fail(*_arguments, **_options):
        raise RuntimeError("hidden")

    monkeypatch.setattr(controlled.control, "court", fail)
    reply = ask("POST", f"/court/doedsbojournaler/{IONE_KOSS}/proklama", {})
    said = reply.json["message"]
    assert reply.status == 500
    place = "/court/doedsbojournaler/{doedsbojournalId}/proklama: RuntimeError in fail, line"
    assert said.startswith(f"The sandbox failed at {place}")
    assert said.endswith("This is a fault of the sandbox's: please report it.")
    assert place in caplog.text
    assert "hidden" not in said + caplog.text


def test_more_than_can_be_made_up_is_refused(ask):
    reply = ask("POST", "/_sandbox/seed", {"claims": 10**9})
    assert (reply.status, reply.json["message"]) == (
        400,
        "seed: claims must be a whole number from 0 to 10000000",
    )


def test_calls_of_an_operation_that_there_is_not_are_not_looked_for(ask):
    reply = ask("GET", "/_sandbox/journal?operation=adKrav")
    assert (reply.status, reply.json["field"]) == (400, "operation")
    assert reply.json["message"] == "there is no such operation (perhaps addKrav?)"
    assert ask("GET", "/_sandbox/journal?operation=login").status == 200


def test_what_is_not_there_is_told_where_to_look(ask):
    for method, path, status in (
        ("GET", "/_sandbox/nothing", 404),
        ("DELETE", "/_sandbox/info", 405),
    ):
        reply = ask(method, path)
        assert (reply.status, "/_sandbox/info lists" in reply.json["message"]) == (status, True)


def test_the_clock_is_moved(ask, controlled):
    said = ask("POST", "/_sandbox/clock/freeze", {"at": "2026-03-01"}).json
    assert said == {"time": "2026-03-01T12:00:00.0000000Z", "frozen": True}
    assert (
        ask("POST", "/_sandbox/clock/advance", {"by": "8w"}).json["time"].startswith("2026-04-26")
    )
    assert (
        ask("POST", "/_sandbox/clock/advance", {"by": 1.5})
        .json["time"]
        .endswith("12:00:01.5000000Z")
    )
    assert ask("POST", "/_sandbox/clock/set", {"at": "2027-01-01"}).json["frozen"]
    assert not ask("POST", "/_sandbox/clock/run").json["frozen"]
    assert ask("POST", "/_sandbox/clock/release").json["frozen"] is False
    assert ask("GET", "/_sandbox/clock").json["time"] > "2026-11"
    reply = ask("POST", "/_sandbox/clock/set", {"at": "tomorrow"})
    assert (reply.status, reply.json["field"]) == (400, "at")


def test_failures_are_planned_listed_and_called_off(ask, controlled_api):
    plan = {"operation": "getAllKrav", "status": 503, "delay": 0}
    assert ask("POST", "/_sandbox/failures", plan).json["status"] == 503
    assert controlled_api("GET", KRAV).status == 503
    plan = {"operation": "getAllKrav", "code": "doedsbo.f21", "times": 2}
    ask("POST", "/_sandbox/failures", plan)
    assert ask("GET", "/_sandbox/failures").json == {"failures": [plan]}
    assert ask("DELETE", "/_sandbox/failures").json == {"failures": []}
    reply = ask("POST", "/_sandbox/failures", {"operation": "nothing", "status": 503})
    assert (reply.status, reply.json["field"]) == (400, "operation")


def test_the_limit_is_set_shown_and_taken_away(ask, controlled_api):
    assert ask("PUT", "/_sandbox/limit", {"limit": "1/h"}).json == {"limit": "1/3600s"}
    assert [controlled_api("GET", KRAV).status for _ in range(2)] == [200, 429]
    assert ask("PUT", "/_sandbox/limit", {"limit": None}).json == {"limit": None}
    assert ask("GET", "/_sandbox/limit").json == {"limit": None}


def test_the_journal_is_searched_emptied_and_told_to_keep_bodies(ask, controlled_api):
    assert ask("PUT", "/_sandbox/journal/bodies", {"keep": True}).json == {"keep": True}
    controlled_api.krav()
    controlled_api("GET", KRAV)
    controlled_api("GET", KRAV, company="90000001")

    def found(query=""):
        return [one["operation"] for one in ask("GET", f"/_sandbox/journal{query}").json["entries"]]

    assert found() == ["addKrav", "getAllKrav", "getAllKrav"]
    assert found("?last=1&company=11111111") == ["getAllKrav"]
    assert found("?last=9&status=201") == ["addKrav"]
    (entry,) = ask("GET", "/_sandbox/journal?operation=addKrav").json["entries"]
    assert json.loads(entry["request_body"])["beloeb"] == 123
    assert found(f"?after={entry['number']}") == ["getAllKrav", "getAllKrav"]
    assert ask("GET", "/_sandbox/journal?colour=blue").status == 400
    assert ask("DELETE", "/_sandbox/journal").json == {"entries": []}
    assert ask("PUT", "/_sandbox/journal/bodies", {"keep": False}).json == {"keep": False}


def test_who_may_log_in_is_decided(ask, controlled_api):
    token = controlled_api.token()
    assert ask("POST", "/_sandbox/tokens/forget").json == {}
    assert controlled_api("GET", KRAV, token=token).status == 401
    names = [one["name"] for one in ask("GET", "/_sandbox/certificates").json["certificates"]]
    assert "anmelder.p12" in names
    said = ask("POST", "/_sandbox/certificates/revoke", {"certificate": "anmelder"}).json
    assert (said["revoked"], said["company"]) == (True, "11111111")
    reply = ask("POST", "/_sandbox/certificates/revoke", {"certificate": "nothing"})
    assert (reply.status, reply.json["field"]) == (404, "certificate")
    body = {"company": "90000001"}
    assert ask("POST", "/_sandbox/companies/unregister", body).json == body
    assert ask("GET", "/_sandbox/companies").json["companies"].count("90000001") == 0
    assert ask("POST", "/_sandbox/companies/register", body).json == body
    clients = ask("GET", "/_sandbox/clients").json["clients"]
    body = {"client": "skifteportal-sandbox"}
    assert (
        "skifteportal-sandbox" not in ask("POST", "/_sandbox/clients/revoke", body).json["clients"]
    )
    assert ask("POST", "/_sandbox/clients/register", body).json["clients"] == clients


def test_profiles_are_shown_and_changed(ask):
    profile = ask("GET", "/_sandbox/profiles").json["profiles"][0]
    path = f"/_sandbox/profiles/{profile['id']}/participants"
    serial = "UI:DK-O:G:46e7b1ab-6f3a-4a3b-9c55-000000000009"
    said = ask("POST", path, {"certificate": serial, "cases": []}).json
    assert {"certificate": serial, "cases": []} in said["participants"]
    assert ask("DELETE", f"{path}/{serial}").json == profile


def test_the_court_acts_and_refuses(ask):
    path = f"/court/doedsbojournaler/{IONE_KOSS}/proklama"
    act = COURT["indrykProklama"]
    path = act.path.format(doedsbojournalId=IONE_KOSS)
    reply = ask(act.method, path, {})
    assert (reply.status, reply.json["id"]) == (200, IONE_KOSS)
    reply = ask("POST", "/court/doedsbojournaler", {})
    assert (reply.status, reply.json) == (
        400,
        {"status": 400, "field": "cprNummer", "message": "opretBo: cprNummer is missing"},
    )


def test_estates_and_claims_are_added(ask):
    assert ask("POST", "/_sandbox/seed", {"estates": 1, "claims": 2}).json["entered"] > 2
