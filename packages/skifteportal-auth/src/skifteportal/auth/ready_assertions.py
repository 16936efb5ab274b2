"""Assertions that another organisation makes and signs: the reporter, for the API's user (guide 3.1.2)."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Never, cast

from typing_extensions import override

from skifteportal.auth._forks import ForkLock
from skifteportal.auth.errors import WrongAssertion

__all__ = ["ReadyAssertions"]

_DOTS = 2
_PAUSE = 5.0


class ReadyAssertions:
    """Takes a new assertion from a supplier for each token request.

    Each is looked at before it is sent: one that the portal would refuse, such as one for another
    CVR number, one that has expired or one that was used before, gets an error that says so. Its
    signature is the portal's to check.

    Args:
        supplier: Returns a signed JWT (RFC 7515, compact): header with ``x5c`` and alg RS256;
            ``sub`` the CVR number of the certificate shown to the login, ``aud`` the login's host,
            ``exp`` about a minute ahead, ``jti`` a new id each time. Called in a thread of its own.
    """

    def __init__(self, supplier: Callable[[], str]) -> None:
        self._supplier = supplier
        self._given: dict[bytes, float] = {}  # hashes, and until when each could be used
        self._lock = ForkLock()

    def take(self, *, subject: str, audience: str, now: float) -> str:
        """Take one from the supplier.

        Args:
            subject: The CVR number that it must be for.
            audience: The host that it must be for.
            now: The wall clock, seconds since 1970.

        Raises:
            WrongAssertion: The supplier raised, or gave one that would be refused.
        """
        try:
            assertion = self._supplier()
        except Exception as error:
            raise WrongAssertion(
                f"The supplier of assertions raised {type(error).__name__}.", retry_after=_PAUSE
            ) from error
        problem = _problem(assertion, subject=subject, audience=audience, now=now)
        if problem is None:
            if self._is_new(assertion, now=now):
                return assertion
            problem = (
                "was given before. Each is good for one request: its supplier must not keep them"
            )
        raise WrongAssertion(
            f"The assertion from the supplier {problem} (guide 3.1.2). It was not sent.",
            retry_after=_PAUSE,
        )

    def _is_new(self, assertion: str, *, now: float) -> bool:
        mark = hashlib.sha256(assertion.encode()).digest()
        with self._lock:
            # What has expired would be refused for that.
            self._given = {given: ends for given, ends in self._given.items() if ends > now}
            new = mark not in self._given
            self._given[mark] = _ends(assertion)
        return new

    @override
    def __repr__(self) -> str:
        return "<ReadyAssertions>"

    @override
    def __reduce__(self) -> Never:
        raise TypeError("ReadyAssertions can't be pickled or copied: make them in each process.")


def _problem(assertion: object, *, subject: str, audience: str, now: float) -> str | None:
    if not isinstance(assertion, str):
        return f"must be str, not {type(assertion).__name__}"
    parts = [_members(part) for part in assertion.split(".")[:2]]
    if assertion.count(".") != _DOTS or None in parts:
        return "is no signed JWT: three parts of base64url with dots between, without space"
    header, claims = (part or {} for part in parts)
    ends = claims.get("exp")
    checks = {
        "is not signed with RS256, by the alg in its header": header.get("alg") == "RS256",
        "has no x5c in its header: the signer's certificate with those above it": (
            bool(header.get("x5c"))
        ),
        (
            f"is not for you: its sub must be {subject}, the CVR number of the certificate that is "
            "shown to the login"
        ): claims.get("sub") == subject,
        f"is for another place: its aud must be {audience}": (
            audience in [claims.get("aud"), *_list(claims.get("aud"))]
        ),
        "has no exp that lies ahead by this machine's clock": (
            isinstance(ends, int | float) and ends > now
        ),
        "has no jti: an id of its own": bool(claims.get("jti")),
    }
    return next((problem for problem, good in checks.items() if not good), None)


def _ends(assertion: str) -> float:
    """When one that has no problem expires, seconds since 1970."""
    claims = _members(assertion.split(".")[1]) or {}
    return cast("float", claims["exp"])


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []  # pyright: ignore[reportUnknownVariableType]


def _members(part: str) -> Mapping[str, object] | None:
    try:
        data = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
        members = json.loads(data)
    except (ValueError, RecursionError):  # binascii.Error and bad JSON or UTF-8 are ValueErrors
        return None
    return members if isinstance(members, dict) else None  # pyright: ignore[reportUnknownVariableType]
