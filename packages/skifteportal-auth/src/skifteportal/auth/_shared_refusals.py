"""What the portal answered to one process, told to the others, so that they don't all ask the same."""

from skifteportal.auth.errors import (
    ActorTokenRefused,
    ClientRefused,
    ExchangeRefused,
    NotAParticipant,
    TokenError,
    TooManyTokenRequests,
    UnknownProfile,
)
from skifteportal.auth.token_store import StoredRefusal

__all__ = ["refusal_of", "told"]

# What the portal says of the client, wherever it asks from. Not what may be this machine's own fault:
# its network, its proxy, its roots.
_REFUSED = (ActorTokenRefused, ClientRefused, ExchangeRefused, NotAParticipant, UnknownProfile)
_BY_NAME = {kind.__name__: kind for kind in _REFUSED}


def refusal_of(error: TokenError, *, endpoint: str) -> StoredRefusal | None:
    """What to tell the others of an error; None if it is nothing to them.

    Args:
        error: What the request ended with.
        endpoint: Where this token comes from: an error of another endpoint is told elsewhere.
    """
    if error.endpoint != endpoint or type(error) not in {*_REFUSED, TooManyTokenRequests}:
        return None
    return StoredRefusal(
        kind=type(error).__name__,
        text=str(error),
        seconds=error.retry_after,
        status=getattr(error, "status", None),
        code=getattr(error, "code", None),
    )


def told(refusal: StoredRefusal, *, endpoint: str) -> TokenError | None:
    """The error that another process got, for what is left of its pause; None if it isn't known here.

    Args:
        refusal: What it told.
        endpoint: Where this token comes from.
    """
    text = f"{refusal.text} (Another process was told so; nothing was asked.)"
    if refusal.kind == TooManyTokenRequests.__name__:
        return TooManyTokenRequests(
            text, endpoint=endpoint, retryable=True, retry_after=refusal.seconds
        )
    kind = _BY_NAME.get(refusal.kind)
    return kind and kind(
        text,
        endpoint=endpoint,
        retry_after=refusal.seconds,
        status=refusal.status,
        code=refusal.code,
    )
