"""200 threads and 200 tasks without a token make one token request, over real mutual TLS."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from canaries import canary

from skifteportal.core import Environment
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient, DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery

CALLERS = 200
QUERY = DoedsbojournalQuery(cpr_nummer=canary("4634875520", "the CPR number of the example"))


@pytest.fixture
def logins(caplog):
    """Count what the sandbox's login has answered."""
    caplog.set_level(logging.INFO, logger="skifteportal.sandbox")
    return lambda: sum("sysauth POST login -> 200" in line for line in caplog.messages)


def test_two_hundred_threads_and_two_hundred_tasks_make_one_token_request(credential, logins):
    together = threading.Barrier(CALLERS + 1)

    def in_a_thread(portal):
        together.wait()
        return portal.search_bo(QUERY).first().id

    async def in_tasks():
        async with AsyncDoedsbojournalClient(credential.direct()) as portal:
            searches = [portal.search_bo(QUERY).first() for _ in range(CALLERS)]
            await asyncio.to_thread(together.wait)
            return [bo.id for bo in await asyncio.gather(*searches)]

    with (
        DoedsbojournalClient(credential.direct()) as portal,
        ThreadPoolExecutor(CALLERS) as threads,
    ):
        futures = [threads.submit(in_a_thread, portal) for _ in range(CALLERS)]
        found = asyncio.run(in_tasks()) + [future.result() for future in futures]

    assert len(found) == 2 * CALLERS
    assert len(set(found)) == 1
    assert logins() == 1


def test_a_token_that_the_portal_no_longer_takes_is_renewed_once_and_the_call_repeated(
    credential, logins, portal, running_sandbox
):
    assert portal.search_bo(QUERY).first()
    assert isinstance(credential.environment, Environment)
    running_sandbox.forget_tokens()
    assert portal.search_bo(QUERY).first()
    assert logins() == 2
