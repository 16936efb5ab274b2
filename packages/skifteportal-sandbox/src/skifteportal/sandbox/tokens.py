"""The portal's tokens: RS256 JWTs that a resource server would check as it checks the real ones (RFC 7515, 7519, 7517)."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias

import attrs
import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from skifteportal.sandbox.clock import Clock
from skifteportal.sandbox.identifiers import new_id
from skifteportal.sandbox.jws import base64url, read_jws, signing_input
from skifteportal.sandbox.settings import Settings

__all__ = ["Caller", "TokenKind", "TokenRefused", "Tokens"]

TokenKind: TypeAlias = Literal["direct", "delegated", "open"]
_NANOSECONDS: Final = 1_000_000_000


@attrs.frozen(kw_only=True)
class Caller:
    """Who a token stands for.

    Attributes:
        company: CVR number of the certificate's company.
        kind: How the token was got; ``open`` for those who need none.
        certificate: SERIALNUMBER in the certificate's subject, which profiles know it by.
        profile: The liquidator's profile that a delegated token stands on; empty for others.
        person: Id of the profile's owner; empty for others.
        cases: Ids of the cases in which the profile's owner lets it act; None for all of the profile's.
        client: Client id that the token was asked for with; under login variant B the API user's CVR number.
    """

    company: str
    kind: TokenKind
    certificate: str = ""
    profile: str = ""
    person: str = ""
    client: str = attrs.field(default="", eq=False)  # the same caller, however it logged in

    cases: Collection[str] | None = attrs.field(default=None, eq=False)

    def acts_in(self, case: str) -> bool:
        """Whether the profile's owner lets it act in a case.

        Args:
            case: The case's id.
        """
        return self.cases is None or case in self.cases

    @property
    def holder(self) -> str:
        """Whom what is filed and uploaded belongs to: the company, or the profile of a delegated token."""
        return self.profile or self.company

    @property
    def party(self) -> Mapping[str, Any]:
        """The caller as a `part`: a company, or the liquidator whose profile it acts for."""
        if self.profile:
            return {"type": "PERSON", "person": {"personId": self.person}}
        return {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": self.company}}


@attrs.frozen(kw_only=True)
class _Checked:
    """What stands in a token whose signature is good.

    Attributes:
        caller: Who it stands for; None: it is no access token.
        expires: Seconds since 1970.
        generation: Which of the portal's generations of tokens it is of.
    """

    caller: Caller | None
    expires: int
    generation: int


class TokenRefused(Exception):  # noqa: N818 - the portal's answer, never seen by a user
    """A bearer token that the portal does not take; the text says why and holds nothing of the token."""


def _integer(number: int) -> str:
    return base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))


class Tokens:
    """Makes and checks tokens with one key.

    Args:
        key: The signing key.
        issuer: The tokens' `iss`: the realm's URL.
        clock: Tells when a token was made and when it has run out.
        settings: Names the claims and the lifetime.
    """

    def __init__(
        self, key: rsa.RSAPrivateKey, *, issuer: str, clock: Clock, settings: Settings
    ) -> None:
        self._key = key
        self._public = key.public_key()
        # callers send a token many times: its signature is checked the first time
        self._verified = lru_cache(maxsize=1024)(self._verify)
        self._clock = clock
        self._settings = settings
        self._generation = 0
        self._went_on = False
        self.issuer = issuer
        numbers = self._public.public_numbers()
        self._jwk = {"e": _integer(numbers.e), "kty": "RSA", "n": _integer(numbers.n)}
        self._kid = base64url(hashlib.sha256(msgspec.json.encode(self._jwk)).digest())  # RFC 7638

    def key_set(self) -> dict[str, Any]:
        """Return the public key as a JWK set (RFC 7517)."""
        return {"keys": [{**self._jwk, "kid": self._kid, "use": "sig", "alg": "RS256"}]}

    def access_token(self, caller: Caller, *, client_id: str, scope: str) -> str:
        """Make an access token.

        Args:
            caller: Who it stands for.
            client_id: Who asked for it.
            scope: What it is good for.
        """
        return self._sign(
            {
                "typ": "Bearer",
                "aud": self._settings.token_audience,
                "scope": scope,
                self._settings.company_claim: caller.company,
                self._settings.kind_claim: caller.kind,
                self._settings.certificate_claim: caller.certificate,
                **self._delegation(caller),
            },
            caller,
            client_id,
        )

    def _delegation(self, caller: Caller) -> dict[str, Any]:
        if not caller.profile:
            return {}
        # RFC 8693, section 4.1: `act` says who acts for the token's subject
        return {
            self._settings.profile_claim: caller.profile,
            self._settings.person_claim: caller.person,
            "sub": caller.person,
            "act": {"sub": caller.company},
        }

    def id_token(self, caller: Caller, *, client_id: str) -> str:
        """Make the id token that stands beside an access token (guide, example 3)."""
        return self._sign({"typ": "ID", "aud": client_id}, caller, client_id)

    def forget(self) -> None:
        """Refuse all tokens made so far, even those of this very second (which a realm's "not before" would let pass)."""
        self._generation += 1

    @property
    def noted(self) -> str:
        """How often tokens were forgotten; nothing for never."""
        return str(self._generation or "")

    def prepared(self, note: str) -> Callable[[], None]:
        """Read what `noted` was, and return what goes on from there; see `skifteportal.sandbox.kept.Kept`.

        Only the first does, after the start: neither a reset nor a dump makes tokens good again, or others bad.

        Raises:
            ValueError: It never was that.
        """
        generation = int(note or 0)

        def put() -> None:
            self._generation = self._generation if self._went_on else generation
            self._went_on = True

        return put

    def _sign(self, claims: dict[str, Any], caller: Caller, client_id: str) -> str:
        now = self._clock.now_ns() // _NANOSECONDS
        payload = {
            "exp": now + self._settings.token_seconds,
            "iat": now,
            "jti": new_id(),
            "iss": self.issuer,
            "sub": caller.company,
            "azp": client_id,
            "sid": self._generation,
            **claims,
        }
        signed = signing_input({"alg": "RS256", "typ": "JWT", "kid": self._kid}, payload)
        signature = self._key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{base64url(signature)}"

    def _verify(self, token: str) -> _Checked:
        jws = read_jws(token)
        self._public.verify(jws.signature, jws.signed, padding.PKCS1v15(), hashes.SHA256())
        access = jws.header.get("alg") == "RS256" and jws.payload.get("typ") == "Bearer"
        return _Checked(
            caller=self._holder(jws.payload) if access else None,
            expires=jws.payload["exp"],
            generation=jws.payload.get("sid", 0),
        )

    def _holder(self, claims: Mapping[str, Any]) -> Caller:
        names = self._settings
        return Caller(
            company=claims[names.company_claim],
            kind=claims[names.kind_claim],
            certificate=claims.get(names.certificate_claim, ""),
            profile=claims.get(names.profile_claim, ""),
            person=claims.get(names.person_claim, ""),
            client=claims.get("azp", ""),
        )

    def check(self, token: str) -> Caller:
        """Return who an access token stands for.

        Raises:
            TokenRefused: It isn't one of ours, isn't an access token, or has run out.
        """
        try:
            checked = self._verified(token)
        except (ValueError, InvalidSignature):
            raise TokenRefused("The bearer token was not issued by this portal") from None
        if checked.caller is None:
            raise TokenRefused(
                "The bearer token is not an access token: send the member access_token"
            )
        if checked.expires <= self._clock.now_ns() // _NANOSECONDS:
            raise TokenRefused("The bearer token has expired")
        if checked.generation != self._generation:
            raise TokenRefused("The bearer token was revoked: log in anew")
        return checked.caller
