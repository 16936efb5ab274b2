"""One sandbox for all integration tests, over real sockets and real TLS; reset before each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from canaries import canary

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def running_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox.start(folder=tmp_path_factory.mktemp("sandbox") / "portal") as sandbox:
        settings = read_env_file(sandbox.env_file)
        canary(settings["AUTH_CLIENT_SECRET"], "the client secret")
        canary(settings["AUTH_CERT_PASSWORD"], "the password of the certificate")
        canary(settings["EXAMPLE_CPR"], "the CPR number of the example")
        canary("Erlinda Hills", "the name of the deceased")
        yield sandbox


@pytest.fixture
def sandbox(running_sandbox: Sandbox) -> Sandbox:
    running_sandbox.reset()
    return running_sandbox


@pytest.fixture
def env_file(sandbox: Sandbox) -> Path:
    return sandbox.env_file


@pytest.fixture
def credential(env_file: Path) -> ClientSecretCredential:
    return ClientSecretCredential.from_env_file(env_file)


@pytest.fixture
def portal(credential: ClientSecretCredential) -> Iterator[DoedsbojournalClient]:
    with DoedsbojournalClient(credential.direct()) as portal:
        yield portal
