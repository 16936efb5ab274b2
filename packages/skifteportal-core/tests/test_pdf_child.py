"""What runs in the child, run here: its limits are set on stand-ins, for they would hold for the tests, too."""

import io
import json
import signal
import sys
import types

import msgspec
import pikepdf.settings
import pytest
from pdf_files import BAD, GOOD

from skifteportal.core.pdf import PdfRules, _child
from skifteportal.core.pdf._frames import read_frame, write_frame


def asked(*documents):
    """A pipe with documents in it, and the one for the answers."""
    source = io.BytesIO()
    for data in documents:
        write_frame(source, msgspec.json.encode(PdfRules()))
        write_frame(source, data)
    source.seek(0)
    return source, io.BytesIO()


def answers(sink):
    sink.seek(0)
    while True:
        try:
            yield read_frame(sink)
        except EOFError:
            return


def fake_resource(outcome=None):
    module = types.ModuleType("resource")
    module.RLIMIT_AS = 9
    module.calls = []

    def setrlimit(*arguments):
        module.calls.append(arguments)
        if outcome:
            raise outcome

    module.setrlimit = setrlimit
    return module


def test_it_answers_until_the_other_side_ends():
    source, sink = asked(GOOD[0].data, BAD[0].data)
    _child.serve(source, sink)
    assert [json.loads(answer) for answer in answers(sink)] == [
        [],
        [{"rule": "javascript", "place": "JavaScript in /OpenAction, object 1"}],
    ]


def test_it_limits_its_memory(monkeypatch):
    resource = fake_resource()
    monkeypatch.setitem(sys.modules, "resource", resource)
    assert _child.limit_memory(1000)
    assert resource.calls == [(9, (1000, 1000))]


@pytest.mark.parametrize("resource", [None, fake_resource(ValueError()), fake_resource(OSError())])
def test_it_says_if_the_platform_cannot(monkeypatch, resource):
    monkeypatch.setitem(sys.modules, "resource", resource)
    assert not _child.limit_memory(1000)


def test_it_limits_what_is_unpacked(monkeypatch):
    limits = {}
    monkeypatch.setattr(pikepdf.settings, "set_qpdf_limits", lambda **given: limits.update(given))
    _child.limit_qpdf()
    assert set(limits.values()) == {64 * 1024 * 1024}
    assert "flate_max_memory" in limits


@pytest.mark.parametrize(
    ("resource", "greeting"), [(fake_resource(), b"limited"), (None, b"unlimited")]
)
def test_it_greets_and_leaves_interrupts_to_its_parent(monkeypatch, resource, greeting):
    source, sink = asked(GOOD[0].data)
    handlers = []
    monkeypatch.setattr(signal, "signal", lambda *pair: handlers.append(pair))
    monkeypatch.setattr(_child, "limit_qpdf", lambda: None)
    monkeypatch.setitem(sys.modules, "resource", resource)
    monkeypatch.setattr(sys, "argv", ["_child", "1000"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(source))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(sink))
    _child.main()
    assert list(answers(sink)) == [greeting, b"[]"]
    assert handlers == [(signal.SIGINT, signal.SIG_IGN)]
