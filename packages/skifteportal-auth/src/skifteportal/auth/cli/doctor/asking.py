"""One GET, and what is worth knowing of its answer; its body is not read."""

import ssl
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import attrs

from skifteportal.core import _http
from skifteportal.core.credentials import PortalAuth
from skifteportal.core.redaction import request_id_of

__all__ = ["Seen", "get"]

_SECONDS = 15.0


@attrs.frozen(kw_only=True)
class Seen:
    """An answer.

    Attributes:
        status: Its HTTP status.
        date: The server's clock, seconds since 1970; None if it does not say.
        request_id: What the server called the request.
    """

    status: int
    date: float | None
    request_id: str | None


def get(url: str, *, context: ssl.SSLContext, auth: PortalAuth | None = None) -> Seen:
    """Ask once.

    Args:
        url: What for.
        context: The TLS context.
        auth: Puts a token on it.

    Raises:
        httpx.HTTPError: And the other failures of ``_transport_failure.FAILURES``.
        CredentialError: There is no token.
    """
    with (
        _http.Client(
            verify=context,
            auth=auth,
            timeout=_SECONDS,
            follow_redirects=False,
            headers={"User-Agent": "skifteportal-doctor"},
        ) as client,
        client.stream("GET", url) as response,
    ):
        return Seen(
            status=response.status_code,
            date=_date(response.headers),
            request_id=request_id_of(response.headers),
        )


def _date(headers: Mapping[str, str]) -> float | None:
    try:
        return parsedate_to_datetime(headers["Date"]).timestamp()
    except (KeyError, ValueError, OverflowError):
        return None
