"""The sandbox's verdicts on PDF files: the portal's code for the caller, the rule and its place in the log."""

import logging
import threading
from types import SimpleNamespace

import pytest
from pdf_files import BAD, GOOD, bombs
from portal_in_memory import GUIDE_ESTATE, PDF, Api

from skifteportal import specs
from skifteportal.core.files import File
from skifteportal.core.pdf import PdfRefused, PdfRules, checked_upload
from skifteportal.sandbox import Settings, pdf_rules
from skifteportal.sandbox.pdf_page import INVOICE, one_page_pdf

CODES = {
    rule: code for code, entry in specs.error_codes().items() for rule in entry.get("pdf_rules", ())
}


def uploader(portal):
    api = Api(portal)
    krav = f"/doedsbojournaler/{GUIDE_ESTATE}/krav/{api.krav()}"
    return lambda content: api.bilag(krav, content=content)


@pytest.fixture
def judge(portal):
    return uploader(portal)


def clients_verdict(content):
    """The code that a client's own check gives a file; None for a good one."""
    try:
        checked_upload(File.from_bytes(content, name="bilag.pdf"))
    except PdfRefused as refused:
        return CODES[refused.problems[0].rule]
    return None


def test_the_files_are_as_many_as_promised():
    assert len(BAD) >= 60
    assert len(GOOD) >= 12


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_a_bad_file_is_refused_with_the_code_of_its_rule_and_the_log_says_why(judge, case, caplog):
    caplog.set_level(logging.WARNING, "skifteportal.sandbox")
    reply = judge(case.data)
    assert (reply.status, reply.code) == (400, CODES[case.rule])
    assert reply.code == clients_verdict(case.data)
    (said,) = caplog.messages
    assert said.startswith(f"addBilagForKrav: {reply.code} ({case.rule}: ")
    assert said.rpartition(": ")[2] not in reply.json["besked"]  # the portal doesn't tell


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_a_good_file_is_taken(judge, case, caplog):
    caplog.set_level(logging.WARNING, "skifteportal.sandbox")
    assert judge(case.data).status == 201
    assert clients_verdict(case.data) is None
    assert caplog.messages == []


@pytest.mark.parametrize("case", bombs(), ids=lambda case: case.name)
def test_a_bomb_is_refused_and_the_sandbox_stays_up(judge, case):
    assert judge(case.data).code == CODES[case.rule]
    assert judge(PDF).status == 201


def test_the_limits_are_those_promised():
    settings = Settings()
    assert (settings.pdf_scan_seconds, settings.pdf_scan_bytes) == (10, 800 * 1024 * 1024)
    assert settings.max_attachment_bytes == PdfRules().max_bytes  # the clients' own assumption


@pytest.mark.parametrize(
    "content", [PDF, b" " * 1000 + PDF, PDF + b"\n" * 2000, one_page_pdf(*INVOICE)]
)
def test_a_pdf_is_taken_as_readers_take_it(judge, content):
    assert judge(content).status == 201


def case_named(cases, word):
    return next(case.data for case in cases if word in case.name)


@pytest.mark.parametrize(
    ("content", "settings", "code"),
    [
        (case_named(BAD, "owner"), {}, "doedsbo.f29"),
        (case_named(BAD, "owner"), {"pdf_owner_password": True}, None),
        (PDF, {"pdf_max_objects": 3}, "doedsbo.f24"),
        (case_named(BAD, "link larger than the page"), {}, "doedsbo.f25"),
        (case_named(BAD, "link larger than the page"), {"pdf_full_page_links": "invisible"}, None),
        (PDF, {"max_attachment_bytes": len(PDF) - 1}, "doedsbo.f18"),
    ],
)
def test_what_the_guide_leaves_open_is_set(make_portal, content, settings, code):
    reply = uploader(make_portal(settings=Settings(**settings)))(content)
    assert (reply.status, reply.code if code else None) == (400 if code else 201, code)


def test_the_store_of_documents_may_have_no_such_rules(make_portal):
    unsafe = case_named(BAD, "owner")
    limit = len(unsafe)
    open_to_all = Settings(documents_scanned=False, max_attachment_bytes=limit)
    api = Api(make_portal(settings=open_to_all))
    assert api.upload(content=unsafe)
    headers = {"Content-Type": "application/octet-stream", "Content-Disposition": 'filename="a"'}
    reply = api("POST", "/v2/dokumenter", content=unsafe + b" ", headers=headers)
    assert reply.code == "doedsbo.f18"
    assert f"{limit + 1}/{limit}" in reply.json["besked"]


def test_others_are_served_while_a_file_is_looked_through(portal, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def slow(_content, **_):
        begun.set()
        assert go_on.wait(30)
        return ()

    api, upload = Api(portal), uploader(portal)
    monkeypatch.setattr(pdf_rules, "_scanner", lambda *_: SimpleNamespace(check=slow))
    replies = []
    thread = threading.Thread(target=lambda: replies.append(upload(PDF)))
    thread.start()
    assert begun.wait(30)
    assert api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}").status == 200  # not locked out
    go_on.set()
    thread.join()
    assert [reply.status for reply in replies] == [201]


def test_a_file_that_no_room_is_left_for_is_not_looked_through(make_portal, monkeypatch):
    upload = uploader(make_portal(settings=Settings(max_attachments=0)))
    monkeypatch.setattr(pdf_rules, "_scanner", None)
    assert upload(PDF).code == "doedsbo.f19"
