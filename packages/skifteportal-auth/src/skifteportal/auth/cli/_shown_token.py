"""Taking the token that a credential would put on a request."""

from skifteportal.core import _http
from skifteportal.core.credentials import PortalAuth

__all__ = ["shown_token"]


def shown_token(auth: PortalAuth) -> str:
    """The token itself; got now if there is none.

    Args:
        auth: A credential's ``direct()`` or ``for_profile(…)``.

    Raises:
        CredentialError: There is none to be had.
    """
    request = _http.Request("GET", auth.environment.api_url)
    flow = auth.sync_auth_flow(request)
    next(flow)
    flow.close()
    return str(request.headers["Authorization"]).removeprefix("Bearer ")
