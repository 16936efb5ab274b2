"""One token and one pace for all processes and machines, through Redis."""

import os
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.auth.rate_limit import PortalRateLimiter
from skifteportal.auth.token_store import RedisTokenStore
from skifteportal.sagslager import SagslagerClient


def token_key() -> str:
    """Return the key that the tokens are encrypted with; yours comes from a vault."""
    return os.environ["TOKEN_KEY"]


def count_cases(env_file: Path, redis_url: str) -> None:
    """Print how many cases the company takes part in, with a shared token and at a shared pace."""
    store = RedisTokenStore(redis_url, key=token_key)
    limiter = PortalRateLimiter("20/second; 5000/hour", redis=redis_url)
    credential = ClientSecretCredential.from_env_file(env_file, token_store=store)
    with SagslagerClient(credential.direct(), limiter=limiter) as portal:
        print(portal.hent_sager().total(), "cases")


if __name__ == "__main__":
    count_cases(Path(sys.argv[1]), os.environ["REDIS_URL"])
