"""Fixtures for test suites. pytest loads this module at every start: all else waits until a test asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skifteportal.sandbox.in_process import InProcessPortal
    from skifteportal.sandbox.sandbox import Sandbox
    from skifteportal.sandbox.settings import Settings

__all__ = ["skifteportal_portal", "skifteportal_sandbox", "skifteportal_settings"]


@pytest.fixture(scope="session")
def skifteportal_settings() -> Settings | None:
    """What the sandbox assumes where the guide is silent; override it in your `conftest.py`, for the session."""
    return None


@pytest.fixture(scope="session")
def _skifteportal_server(
    skifteportal_settings: Settings | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sandbox]:
    from skifteportal.sandbox.sandbox import Sandbox  # noqa: PLC0415 - not at pytest's start

    folder = tmp_path_factory.mktemp("skifteportal") / "sandbox"
    with Sandbox.start(folder=folder, settings=skifteportal_settings) as sandbox:
        yield sandbox


@pytest.fixture
def skifteportal_sandbox(_skifteportal_server: Sandbox) -> Sandbox:
    """Return a running sandbox on loopback, over TLS: one for the session, as new for each test."""
    _skifteportal_server.reset()
    return _skifteportal_server


@pytest.fixture(scope="session")
def _skifteportal_in_process(skifteportal_settings: Settings | None) -> InProcessPortal:
    from skifteportal.sandbox.in_process import InProcessPortal  # noqa: PLC0415

    return InProcessPortal(settings=skifteportal_settings)


@pytest.fixture
def skifteportal_portal(_skifteportal_in_process: InProcessPortal) -> InProcessPortal:
    """Return a portal in this process, without sockets: the same application and rules, as new for each test."""
    _skifteportal_in_process.reset()
    return _skifteportal_in_process
