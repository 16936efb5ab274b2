"""A pytest plugin that searches the whole run for secrets and personal data.

A test declares each secret and each personal value as a canary::

    CLIENT_SECRET = canary("0f1e2d3c-not-a-real-secret", "client secret")

From then on every log record (of every library, at every level), every exception that a test
expects or that fails one, with its causes and its attributes, every warning, captured output, and
the repr of our own objects that a traceback or a fixture holds is searched for it, plainly and as
base64, percent-encoded and hexadecimal. A find fails the test and names the canary, never its
value.
"""

from __future__ import annotations

import base64
import logging
import traceback
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from _pytest.raises import RaisesExc

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["canary"]

SHORTEST = 6
_spellings: dict[str, str] = {}
_finds: list[str] = []
_busy = False


def canary(value: str, what: str) -> str:
    """Register a secret or personal value and give it back.

    Args:
        value: The value, at least six characters: shorter ones turn up by chance.
        what: What a find is reported as, such as ``client secret``.

    Raises:
        ValueError: The value is too short to be searched for.
    """
    if len(value) < SHORTEST:
        raise ValueError(f"the canary for {what} has under {SHORTEST} characters")
    raw = value.encode()
    for spelling in (
        value,
        quote(value, safe=""),
        raw.hex(),
        base64.b64encode(raw).decode().rstrip("="),
    ):
        _spellings[spelling] = what
    return value


def search(text: str, where: str) -> None:
    """Note every canary that stands in a text."""
    for spelling, what in _spellings.items():
        if spelling in text:
            find = f"{what} in {where}"
            if find not in _finds:
                _finds.append(find)


def search_object(thing: object, where: str) -> None:
    """Search the repr and str of an object, if it is one of ours."""
    global _busy  # noqa: PLW0603 - a repr that logs must not start the search again
    if _busy or not type(thing).__module__.startswith("skifteportal."):
        return
    _busy = True
    try:
        search(f"{thing!r} {thing}", where)
    finally:
        _busy = False


def search_exception(error: BaseException) -> None:
    """Search an exception as an error tracker would send it."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        name = type(link).__qualname__
        search("".join(traceback.format_exception_only(link)), f"the text of {name}")
        search(repr(link), f"the repr of {name}")
        if type(link).__module__.startswith("skifteportal."):
            for attribute, value in _attributes(link):
                search_object(value, f"the repr of {name}.{attribute}")
                if isinstance(value, str):
                    search(value, f"{name}.{attribute}")
        for frame, _ in traceback.walk_tb(link.__traceback__):
            for local, value in frame.f_locals.items():
                search_object(value, f"the repr of local {local} in {frame.f_code.co_qualname}")
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _attributes(error: BaseException) -> Iterator[tuple[str, Any]]:
    yield from vars(error).items()
    for index, value in enumerate(error.args):
        yield f"args[{index}]", value


class _Searcher(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - a broken record is its library's bug, not a leak
            message = f"{record.msg} {record.args}"
        search(message, f"a log record of {record.name}")
        if record.exc_info and record.exc_info[1] is not None:
            search_exception(record.exc_info[1])


def pytest_configure(config: pytest.Config) -> None:
    """Listen to every logger and look at every exception that a test expects."""
    root = logging.getLogger()
    root.addHandler(_Searcher())
    root.setLevel(logging.DEBUG)

    leave = RaisesExc.__exit__

    def searching_leave(self: Any, kind: Any, error: Any, trace: Any) -> bool:
        if error is not None:
            search_exception(error)
        return leave(self, kind, error, trace)

    RaisesExc.__exit__ = searching_leave  # type: ignore[method-assign]

    def restore() -> None:
        RaisesExc.__exit__ = leave  # type: ignore[method-assign]

    config.add_cleanup(restore)


def pytest_exception_interact(call: pytest.CallInfo[Any]) -> None:
    """Search the exception of a failing test."""
    if call.excinfo is not None:
        search_exception(call.excinfo.value)


def pytest_warning_recorded(warning_message: Any) -> None:
    """Search every warning."""
    search(str(warning_message.message), "a warning")


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Any:
    """Search the repr of every fixture that is one of our objects."""
    value = yield
    search_object(value, f"the repr of fixture {fixturedef.argname}")
    return value


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
    """Fail the phase in which something leaked."""
    report: pytest.TestReport = yield
    for title, content in report.sections:
        search(content, f"the captured {title}")
    if _finds:
        finds, _finds[:] = list(_finds), []
        report.outcome = "failed"
        report.longrepr = "LEAKED: " + "; ".join(finds) + f"\n{report.longrepr or ''}"
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run for what turned up outside a test's own phases, such as in a warning."""
    if _finds:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what turned up outside a test's own phases."""
    if _finds:
        terminalreporter.write_line("LEAKED: " + "; ".join(_finds), red=True)
