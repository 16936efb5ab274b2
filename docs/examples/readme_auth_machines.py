"""The program about many machines in the README of skifteportal-auth."""

import os

from skifteportal.auth import ClientSecretCredential
from skifteportal.auth.rate_limit import PortalRateLimiter
from skifteportal.auth.token_store import RedisTokenStore
from skifteportal.sagslager import SagslagerClient

REDIS = os.environ["REDIS_URL"]  # rediss://…
store = RedisTokenStore(REDIS, key=lambda: os.environ["TOKEN_KEY"])
limiter = PortalRateLimiter("20/second; 5000/hour", redis=REDIS)

# One process asks for a token, and the others take it.
credential = ClientSecretCredential.from_env_file(".skifteportal-sandbox/.env", token_store=store)
with SagslagerClient(credential.direct(), limiter=limiter) as portal:
    print(portal.hent_sager().total(), "cases")
