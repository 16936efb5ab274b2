"""Signed assertions, the login's variant B (guide 3.1.2): a JWT that the filer's certificate signed, for one login.

As tolerant as the guide: `iss` is not judged, `exp` may lie in the year 3925, further members are passed over.
"""

import base64
import binascii
import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, cast

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from skifteportal.sandbox.clock import Clock
from skifteportal.sandbox.jws import Jws, read_jws
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.trust import Trust, Untrusted

__all__ = ["AssertionRefused", "Assertions"]

_NANOSECONDS: Final = 1_000_000_000
_LONGEST_CHAIN: Final = 6


class AssertionRefused(Exception):  # noqa: N818 - the portal's answer, never seen by a user
    """An assertion that the login does not take; the text says why and holds nothing of it."""


class Assertions:
    """Judges assertions. Thread-safe.

    Args:
        trust: Whom the signers' certificates must come from; None: nobody is trusted.
        audiences: What an assertion's `aud` may be: the login's own addresses.
        clock: The time that certificates and assertions are judged by.
        settings: What to assume where the guide is silent.
    """

    def __init__(
        self, trust: Trust | None, *, audiences: Iterable[str], clock: Clock, settings: Settings
    ) -> None:
        self._trust = trust
        self._audiences = {address.rstrip("/") for address in audiences}
        self._clock = clock
        self._settings = settings
        self._used: dict[str, float] = {}  # jti and exp of those that have not run out
        self._guard = threading.Lock()

    def check(self, text: str, *, subject: str) -> x509.Certificate:
        """Return the certificate that signed an assertion.

        Args:
            text: The assertion.
            subject: What its `sub` must be: the CVR number of the certificate in the TLS handshake.

        Raises:
            AssertionRefused: It is not to be taken.
        """
        try:
            jws = read_jws(text)
        except ValueError:
            raise AssertionRefused("the assertion is no JWT") from None
        signer = self._signer(jws)
        _check_signature(jws, signer)
        self._check_claims(jws.payload, subject)
        return signer

    def _signer(self, jws: Jws) -> x509.Certificate:
        if jws.header.get("alg") != "RS256":
            raise AssertionRefused("alg must be RS256")
        chain = _chain(jws.header.get("x5c"))
        if self._trust is None:
            raise AssertionRefused("this portal was made without an authority to trust")
        moment = datetime.fromtimestamp(self._clock.now_ns() / _NANOSECONDS, tz=UTC)
        try:
            self._trust.check(chain, moment=moment)
        except Untrusted as error:
            raise AssertionRefused(f"x5c: {error}") from None
        return chain[0]

    def _check_claims(self, claims: Mapping[str, Any], subject: str) -> None:
        now = self._clock.now_ns() / _NANOSECONDS
        leeway = self._settings.assertion_leeway_seconds
        if claims.get("sub") != subject:
            raise AssertionRefused("sub must be the CVR number of the certificate in the handshake")
        named = claims.get("aud")
        audiences = cast("list[object]", named) if isinstance(named, list) else [named]
        if not any(str(audience).rstrip("/") in self._audiences for audience in audiences):
            raise AssertionRefused("aud must be the login's address")
        expires = claims.get("exp")
        if not isinstance(expires, int | float) or isinstance(expires, bool):
            raise AssertionRefused("exp must be a number of seconds since 1970")
        if expires + leeway <= now:
            raise AssertionRefused("the assertion has expired")
        for name in ("iat", "nbf"):
            start = claims.get(name, now)
            if not isinstance(start, int | float) or start - leeway > now:
                raise AssertionRefused(f"{name} lies in the future")
        self._use(claims.get("jti"), expires=expires, now=now)

    def _use(self, identifier: object, *, expires: float, now: float) -> None:
        if not self._settings.assertion_used_once:
            return
        if not isinstance(identifier, str) or not identifier:
            raise AssertionRefused("jti is missing")
        leeway = self._settings.assertion_leeway_seconds
        with self._guard:
            self._used = {jti: exp for jti, exp in self._used.items() if exp + leeway > now}
            if identifier in self._used:
                raise AssertionRefused(
                    "jti: the assertion was used before; make a new one each time"
                )
            self._used[identifier] = expires


def _chain(sent: object) -> list[x509.Certificate]:
    """Read x5c: standard base64, unlike everything else in a JWT (RFC 7515 4.1.6); line ends are passed over."""
    texts = cast("list[object]", sent) if isinstance(sent, list) else []
    if not 0 < len(texts) <= _LONGEST_CHAIN:
        raise AssertionRefused("x5c must hold the signer's certificate and those above it")
    try:
        return [
            x509.load_der_x509_certificate(
                base64.b64decode("".join(str(text).split()), validate=True)
            )
            for text in texts
        ]
    except (ValueError, binascii.Error):
        raise AssertionRefused("x5c holds something that is no certificate") from None


def _check_signature(jws: Jws, signer: x509.Certificate) -> None:
    key = signer.public_key()
    try:
        if not isinstance(key, rsa.RSAPublicKey):
            raise AssertionRefused("x5c: the signer's key is no RSA key")
        key.verify(jws.signature, jws.signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise AssertionRefused(
            "the signature is not that of the first certificate in x5c"
        ) from None
