"""A client as it is set up for production: receipts kept, documents checked, a deadline, a pace."""

import logging
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.auth.rate_limit import PortalRateLimiter
from skifteportal.core import Receipt, Timeouts, read_env_file
from skifteportal.core.pdf import checked_upload
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery

LOG = logging.getLogger("receipts")
LIMITER = PortalRateLimiter("20/second; 5000/hour")  # one for all clients of the process


def keep(receipt: Receipt) -> None:
    """Keep a receipt: here you write it to your database."""
    LOG.info("receipt for %s [request id %s]", receipt.operation, receipt.request_id)


def open_portal(credential: ClientSecretCredential) -> DoedsbojournalClient:
    """Make the client; close it when the program ends."""
    return DoedsbojournalClient(
        credential.direct(),
        limiter=LIMITER,
        on_receipt=keep,
        check_upload=checked_upload,
        timeouts=Timeouts(read=60),
        deadline=120,
    )


if __name__ == "__main__":
    logging.getLogger("httpx").setLevel(logging.WARNING)  # a line a call, as ours says better
    env_file = Path(sys.argv[1])
    query = DoedsbojournalQuery(cpr_nummer=read_env_file(env_file)["EXAMPLE_CPR"])
    with open_portal(ClientSecretCredential.from_env_file(env_file)) as portal:
        print(portal.search_bo(query).total(), "estate")
