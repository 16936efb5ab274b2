"""One token and one pace for all processes and machines, through Redis."""

import os
from pathlib import Path

from skifteportal.auth import Certificate, ClientSecretCredential
from skifteportal.auth.rate_limit import PortalRateLimiter
from skifteportal.auth.token_store import RedisTokenStore
from skifteportal.core import PRODUCTION
from skifteportal.doedsbojournal import DoedsbojournalClient


def open_client(redis_url: str, p12: Path) -> DoedsbojournalClient:
    """Make a client whose token and pace are shared through a Redis server."""
    credential = ClientSecretCredential(
        PRODUCTION,
        client_id=os.environ["CLIENT_ID"],
        client_secret=os.environ["CLIENT_SECRET"],
        certificate=Certificate.from_p12(p12, password=lambda: os.environ["P12_PASSWORD"]),
        token_store=RedisTokenStore(redis_url, key=lambda: os.environ["TOKEN_KEY"]),
    )
    limiter = PortalRateLimiter("20/second; 5000/hour", redis=redis_url)
    return DoedsbojournalClient(credential.direct(), limiter=limiter)
