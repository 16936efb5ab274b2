import shutil
import socket
from urllib.parse import urlsplit

from portal_in_memory import GUIDE_ESTATE

from skifteportal.sandbox import Sandbox

KRAV = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"


def test_a_dump_may_be_loaded_again(ask, controlled_api):
    krav = controlled_api.krav()
    dump = ask("GET", "/_sandbox/dump").content
    ask("POST", "/_sandbox/reset")
    assert ask("POST", "/_sandbox/load", content=dump).json == {}
    assert [one["id"] for one in controlled_api("GET", KRAV).json] == [krav]
    reply = ask("POST", "/_sandbox/load", content=b"{}")
    assert (reply.status, "dump" in reply.json["message"]) == (400, True)


def begin_load(sandbox):
    """Begin to send a dump, and wait until the sandbox has begun to read it."""
    address = urlsplit(sandbox.urls["control"])
    line = socket.create_connection((address.hostname, address.port), timeout=10)
    line.sendall(
        b"POST /_sandbox/load HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    assert line.recv(100).startswith(b"HTTP/1.1 100")
    line.sendall(b'a\r\n{"format":\r\n')
    return line


def test_a_dump_is_read_as_it_comes_and_a_refusal_told_to_who_has_sent_it_all(ask):
    longer = b'{"hidden":[' + b"1," * 10_000_000 + b"1]}"
    reply = ask("POST", "/_sandbox/load", content=longer)
    assert (reply.status, "a member that a dump has not" in reply.json["message"]) == (400, True)


def test_a_dump_whose_sender_goes_away_changes_nothing(controlled, ask, controlled_api):
    krav = controlled_api.krav()
    begin_load(controlled).close()
    assert ask("GET", "/_sandbox/info").status == 200
    assert [one["id"] for one in controlled_api("GET", KRAV).json] == [krav]


def test_a_sandbox_stops_while_a_dump_is_sent_to_it(sandbox_folder, running, tmp_path):
    shutil.copytree(sandbox_folder, tmp_path / "folder")
    with Sandbox.start(folder=tmp_path / "folder") as sandbox:
        line = begin_load(sandbox)
    with line:
        while line.recv(1000):
            pass


def test_who_goes_away_while_a_dump_is_written_troubles_nobody(controlled, ask, caplog, capsys):
    ask("POST", "/_sandbox/seed", {"claims": 3000})
    address = urlsplit(controlled.urls["control"])
    with socket.create_connection((address.hostname, address.port), timeout=10) as line:
        line.sendall(b"GET /_sandbox/dump HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 200"
    assert ask("GET", "/_sandbox/info").status == 200
    ask("POST", "/_sandbox/reset")
    assert (caplog.records, capsys.readouterr().err) == ([], "")
