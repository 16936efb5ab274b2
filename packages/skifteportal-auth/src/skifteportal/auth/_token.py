"""A token and how long it is used. What it says inside is the portal's business: it is opaque."""

from typing import Never

import attrs
from typing_extensions import override

__all__ = ["Token"]

_SCHEME = "Bearer "
_MARGIN_SECONDS = 15.0
_MARGIN_SHARE = 0.05
_RENEW_SHARE = 0.92
_JITTER_SHARE = 0.01


@attrs.define(eq=False, repr=False)
class Token:
    """An access token, as the header that shows it, with no repr and no way to pickle it.

    Attributes:
        header: The value of the Authorization header.
        asked_at: Monotonic seconds just before it was asked for: its life counts from there.
        renew_from: Monotonic seconds from which a new one is asked for in the background.
        good_until: Monotonic seconds after which it isn't used any more.
        good_until_wall: The same by the wall clock, which goes on while the machine sleeps.
        rejected: Whether the portal refused it (401) before its time.
    """

    header: str
    asked_at: float
    renew_from: float
    good_until: float
    good_until_wall: float
    rejected: bool = False

    @classmethod
    def living(
        cls, access_token: str, *, life: float, asked_at: float, asked_at_wall: float, jitter: float
    ) -> "Token":
        """A token that is used until shortly before its end.

        The margin is 15 s or a twentieth of its life, whichever is more, but never more than half of
        it, or a short life would mean a request for each call. Renewal in the background begins at
        92 % of what is left of its life then, ±1 %, so that many processes don't all ask at once.
        So a token of 300 s is renewed after 259 to 265 s, which is 14 requests an hour at most, and
        one that is slow to come, even by 19 s, holds up no call.

        Args:
            access_token: The token.
            life: Seconds, from the answer's ``expires_in``; 0 for a token that is used once only.
            asked_at: Monotonic seconds just before the request.
            asked_at_wall: Wall clock seconds just before the request.
            jitter: From -1 to 1.
        """
        used = life - min(max(_MARGIN_SECONDS, life * _MARGIN_SHARE), life / 2)
        return cls.lasting(
            access_token,
            good_for=used,
            renew_in=used * (_RENEW_SHARE + _JITTER_SHARE * jitter),
            asked_at=asked_at,
            asked_at_wall=asked_at_wall,
        )

    @classmethod
    def lasting(
        cls,
        access_token: str,
        *,
        good_for: float,
        renew_in: float,
        asked_at: float,
        asked_at_wall: float,
    ) -> "Token":
        """A token of which it is known how long it is to be used.

        Args:
            access_token: The token.
            good_for: Seconds.
            renew_in: Seconds after which a new one is asked for in the background.
            asked_at: Monotonic seconds just before the request.
            asked_at_wall: Wall clock seconds just before the request.
        """
        return cls(
            header=_SCHEME + access_token,
            asked_at=asked_at,
            renew_from=asked_at + renew_in,
            good_until=asked_at + good_for,
            good_until_wall=asked_at_wall + good_for,
        )

    @property
    def access_token(self) -> str:
        """The token itself, for the exchange."""
        return self.header.removeprefix(_SCHEME)

    @override
    def __reduce__(self) -> Never:
        raise TypeError("A token can't be pickled or copied: it is a secret that lives 5 minutes.")
