"""The commands for a running sandbox, each against one."""

import json
import shutil
import socket
import threading

import pytest
from click.testing import CliRunner
from portal_in_memory import GUIDE_ESTATE, IONE_KOSS, LIQUIDATOR, Api

from skifteportal.sandbox import Sandbox
from skifteportal.sandbox.cli import main
from skifteportal.sandbox.court import COURT

KRAV = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"
SERIAL = "UI:DK-O:G:46e7b1ab-6f3a-4a3b-9c55-000000000009"


@pytest.fixture(scope="module")
def sandbox(sandbox_folder, running, tmp_path_factory):
    folder = tmp_path_factory.mktemp("commanded") / "folder"
    shutil.copytree(sandbox_folder, folder)
    with Sandbox.start(folder=folder) as started:
        yield started


@pytest.fixture
def api(sandbox):
    sandbox.reset()
    sandbox.control.journal.keep_bodies = False
    return Api(sandbox.portal)


@pytest.fixture
def run(sandbox, api):
    """Run a command, expect its exit code, and return what it printed."""

    def run(*arguments, code=0, **options):
        result = CliRunner().invoke(main, [*arguments, "--folder", str(sandbox.folder)], **options)
        assert result.exit_code == code, result.output
        return result.stdout if code == 0 else result.stderr

    return run


def test_info_says_what_runs_and_lists_the_paths(run):
    said = run("info")
    for words in ("version: 0.1.0", "limit: None", "doedsbojournal 1.", "POST   /_sandbox/reset"):
        assert words in said
    assert json.loads(run("info", "--format", "json"))["version"] == "0.1.0"


def test_reset_forgets_what_was_filed(run, api):
    api.krav()
    assert run("reset") == "The sandbox is as it was started.\n"
    assert api("GET", KRAV).json == []


def test_estates_are_seeded_dumped_and_loaded(run, api, tmp_path):
    assert run("seed", "--estates", "1", "--claims", "2").endswith(" entered.\n")
    krav = api.krav()
    file = tmp_path / "dump.json"
    assert run("dump", str(file)) == f"Written: {file}\n"
    assert (file.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (0o600, [file])
    run("reset")
    assert json.loads(run("load", str(file), "--format", "json")) == {"file": str(file)}
    assert [one["id"] for one in api("GET", KRAV).json] == [krav]


def test_what_is_no_dump_is_refused_and_nothing_changes(run, api, tmp_path):
    krav = api.krav()
    (tmp_path / "x.json").write_text("{}")
    assert run("load", str(tmp_path / "x.json"), code=1).startswith("Error: ")
    assert [one["id"] for one in api("GET", KRAV).json] == [krav]


def test_a_dump_that_cannot_be_written_is_told_of(run, tmp_path):
    file = tmp_path / "no" / "dump.json"
    said = run("dump", str(file), code=1)
    assert f"Could not open file '{file}': No such file or directory: name another file" in said


def test_the_clock_is_moved(run):
    assert run("clock", "freeze", "2026-03-01") == "2026-03-01T12:00:00.0000000Z (stands still)\n"
    assert run("clock", "advance", "8w").startswith("2026-04-26")
    assert run("clock", "set", "2027-01-01").startswith("2027-01-01")
    assert run("clock", "freeze").startswith("2027-01-01")
    assert "stands" not in run("clock", "run")
    run("clock", "release")
    assert json.loads(run("clock", "show", "--format", "json"))["frozen"] is False
    assert run("clock", "set", "soon", code=1).startswith("Error: at: write a moment")


def test_calls_fail_as_planned(run, api):
    assert run("fail") == "Nothing is planned to fail.\n"
    planned = run("fail", "getAllKrav", "--status", "429", "--retry-after", "3", "--times", "2")
    assert planned == "Planned: operation getAllKrav, status 429, retry_after 3, times 2\n"
    assert api("GET", KRAV)["Retry-After"] == "3"
    assert run("fail") == "operation getAllKrav, status 429, retry_after 3, times 1\n"
    assert run("fail", "--clear") == "All calls go well.\n"
    assert api("GET", KRAV).status == 200
    run("fail", "getAllKrav", "--garbled", "--delay", "0.5", "--skip", "1")
    assert api("GET", KRAV).answer.delay == 0
    assert api("GET", KRAV).answer.delay == 0.5
    refused = run("fail", "nothing", "--status", "503", "--format", "json", code=1)
    assert json.loads(refused)["field"] == "operation"


def test_the_limit_is_shown_set_and_taken_away(run):
    assert run("limit") == "Limit: none\n"
    assert run("limit", "500/s") == "Limit: 500/1s\n"
    assert run("limit", "off") == "Limit: none\n"
    assert "write a limit" in run("limit", "much", code=1)


def test_the_journal_is_listed(run, api):
    assert run("journal") == "No calls.\n"
    api.krav()
    api("POST", "/doedsbojournaler", {})
    api("POST", KRAV, {"beloeb": "x", "endeligt": True})
    run("fail", "getAllKrav", "--status", "503")
    api("GET", KRAV)
    lines = run("journal").splitlines()
    assert tuple(lines[0].split()[2:4]) == ("addKrav", "201")
    assert "11111111 direct" in lines[0]
    assert lines[1].endswith("[doedsbo.f2, cprNummer]")
    assert lines[2].endswith("[beloeb, request breaks the spec]")
    assert lines[3].endswith("[planned: status 503]")
    assert len(run("journal", "--operation", "addKrav", "--status", "201").splitlines()) == 1
    assert run("journal", "--keep-bodies") == "Bodies are kept.\n"
    assert run("journal", "--drop-bodies") == "Bodies are not kept.\n"
    assert run("journal", "--clear") == "The journal is empty.\n"


def test_the_journal_is_followed_until_the_sandbox_stops(
    sandbox_folder, running, tmp_path, monkeypatch
):
    shutil.copytree(sandbox_folder, tmp_path / "folder")
    with Sandbox.start(folder=tmp_path / "folder") as sandbox:
        follow = sandbox.control.journal.follow
        listening = threading.Event()

        def followed(follower):
            end = follow(follower)
            listening.set()
            return end

        monkeypatch.setattr(sandbox.control.journal, "follow", followed)

        def call_and_stop():
            listening.wait(10)
            Api(sandbox.portal)("GET", KRAV)
            sandbox.close()

        thread = threading.Thread(target=call_and_stop)
        thread.start()
        result = CliRunner().invoke(
            main, ["journal", "--follow", "--format", "json", "--folder", str(sandbox.folder)]
        )
        thread.join()
    assert json.loads(result.stdout)["operation"] == "getAllKrav"


def test_certificates_and_companies(run):
    assert "anmelder.p12" in run("revoke")
    assert run("revoke", "anden_anmelder").rstrip().endswith("revoked")
    assert "there is no such certificate" in run("revoke", "nothing", code=1)
    assert run("unregister", "90000001").startswith("90000001 is not registered any more")
    assert "90000001" not in run("register")
    assert run("register", "anden_anmelder.p12") == "90000001 is registered.\n"


def test_clients_and_tokens(run, api):
    before = run("client", "list")
    after = run("client", "revoke", "skifteportal-sandbox")
    assert set(before.splitlines()) - set(after.splitlines()) == {"skifteportal-sandbox"}
    assert run("client", "register", "skifteportal-sandbox") == before
    token = api.token()
    assert run("forget-tokens") == "All tokens are refused from now on.\n"
    assert api("GET", KRAV, token=token).status == 401


def test_a_profile_owner_invites_and_sends_away(run):
    before = run("profile", "list")
    assert LIQUIDATOR in before
    case = "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8"
    assert f"{SERIAL}  {case}" in run("profile", "invite", LIQUIDATOR, SERIAL, "--case", case)
    assert SERIAL not in run("profile", "remove", LIQUIDATOR, SERIAL)
    assert run("profile", "list") == before


def test_every_act_of_the_courts_has_a_help_of_its_own():
    listed = CliRunner().invoke(main, ["court", "--help"])
    for act in COURT.values():
        assert act.name in listed.stdout
        said = CliRunner().invoke(main, ["court", act.name, "--help"])
        assert said.exit_code == 0
        assert "--body" in said.stdout
        for name in act.schema.get("properties", {}):
            assert name in said.stdout


def test_the_court_acts(run):
    said = json.loads(run("court", "indrykProklama", IONE_KOSS, "--body", "{}"))
    assert said["id"] == IONE_KOSS
    assert "there" not in run("court", "indrykProklama", "nothing", code=1)


def test_bodies_may_be_given_in_three_ways(run, tmp_path):
    body = {"cvrNummer": "90000011"}
    (tmp_path / "body.json").write_text(json.dumps(body))
    ways = (
        ["cvrNummer=90000011"],
        ["--body", json.dumps(body)],
        ["--body", f"@{tmp_path}/body.json"],
    )
    errors = {run("court", "opretSag", *way, code=1) for way in ways}
    assert errors == {"Error: retskredsId: opretSag: retskredsId is missing\n"}
    assert "cvrNummer must be a CVR number, eight digits" in run(
        "court", "opretSag", "cvrNummer=x", "retskredsId=1183", code=1
    )
    extra = ("cvrNummer=90000011", "retskredsId=1183", "unknown=text", "other:=1")
    assert "there is no such member; it takes" in run("court", "opretSag", *extra, code=1)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (["nothing"], "Write the body as name=value"),
        (["=x"], "Write the body as name=value"),
        (["--body", "{"], "--body is no JSON"),
        (["--body", "[]"], "--body must be a JSON object"),
        (["--body", "@nothing.json"], "--body is no JSON, or no file"),
        (["a=1", "--body", "{}"], "not by both"),
    ],
)
def test_bodies_that_make_no_sense_are_wrong_usage(run, given, problem):
    assert problem in run("court", "opretSag", *given, code=2)


def test_an_act_that_is_not_there_is_wrong_usage(run):
    assert "No such command 'nothing'" in run("court", "nothing", code=2)


def test_without_a_sandbox_it_says_how_to_start_one(tmp_path):
    def said():
        result = CliRunner().invoke(main, ["reset", "--folder", str(tmp_path)])
        assert result.exit_code == 2
        return result.stderr

    assert "there is no .env in it. Start one: skifteportal-sandbox --folder" in said()
    (tmp_path / ".env").write_text("API_URL=https://127.0.0.1:1\n")
    assert "its .env has no CONTROL_URL" in said()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    (tmp_path / ".env").write_text(f"CONTROL_URL=http://127.0.0.1:{port}\n")
    assert f"nothing at http://127.0.0.1:{port} answers as a sandbox does" in said()
    (tmp_path / ".env").write_bytes(b"CONTROL_URL=\xff")
    assert "its .env is damaged" in said()
    (tmp_path / ".env").unlink()
    (tmp_path / ".env").mkdir()
    assert "its .env cannot be read (Is a directory)" in said()
