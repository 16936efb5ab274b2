"""The example in the reference of skifteportal.core.otel."""

from skifteportal.auth import ClientSecretCredential
from skifteportal.core.otel import OpenTelemetry
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery

credential = ClientSecretCredential.from_env_file(".skifteportal-sandbox/.env")
portal = DoedsbojournalClient(credential.direct(), tracing=OpenTelemetry())
with portal:
    print(portal.search_bo(DoedsbojournalQuery(cpr_nummer="4634875520")).total(), "estate")
