"""Exchanging the direct token for a profile's (guide 3.2.3, RFC 8693).

How the exchange refuses is not known: its answers are read by OAuth's codes where they have them,
and by their status where they don't.
"""

import attrs

from skifteportal.auth._token import Token
from skifteportal.auth._token_answer import Refusal, Refused
from skifteportal.auth._token_request import TokenEndpoint
from skifteportal.auth._token_source import TokenSource
from skifteportal.auth.errors import (
    ActorTokenRefused,
    ExchangeRefused,
    NotAParticipant,
    TokenError,
    UnknownProfile,
)

__all__ = ["PATIENCE", "Exchange", "exchange_refused"]

PATIENCE = 100.0
"""Seconds: a token request and an exchange, of 20 to 30 each, and both once more."""

_ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 - a name
_FORM = {  # the guide's table; its curl example forgets one field and sends grant_type twice
    "actor_token_type": _ACCESS_TOKEN,
    "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
    "requested_token_type": _ACCESS_TOKEN,
    "subject_token_type": "urn:dk:domstol:token-type:adgangsprofil-id",
}

_BY_CODE: dict[str | None, type[ExchangeRefused]] = {
    "invalid_token": ActorTokenRefused,
    "invalid_client": ActorTokenRefused,
    "access_denied": NotAParticipant,
    "unauthorized_client": NotAParticipant,
    "invalid_target": UnknownProfile,
}
_BY_STATUS: dict[int, type[ExchangeRefused]] = {
    401: ActorTokenRefused,
    403: NotAParticipant,
    404: UnknownProfile,
}
_BY_WORD: dict[str, type[ExchangeRefused]] = {
    "actor": ActorTokenRefused,
    "participant": NotAParticipant,
    "deltager": NotAParticipant,
    "subject": UnknownProfile,
    "profil": UnknownProfile,
}


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Exchange:
    """Gets tokens for one profile.

    Attributes:
        endpoint: The exchange.
        actor: Gives the direct token, which all profiles share.
        profile_id: The profile.
    """

    endpoint: TokenEndpoint
    actor: TokenSource
    profile_id: str

    def fetch(self) -> Token:
        """Exchange the direct token; once more with a new one if the exchange refuses that token.

        Raises:
            CredentialError: There is no token, and why.
        """
        actor = self.actor.get()
        try:
            return self._trade(actor)
        except ActorTokenRefused:
            if not self.actor.reject(actor):
                raise
        actor = self.actor.get()
        try:
            return self._trade(actor)
        except ActorTokenRefused:
            self.actor.renewal_was_useless()
            raise

    def _trade(self, actor: Token) -> Token:
        return self.endpoint.fetch(
            lambda: {
                "actor_token": actor.access_token,
                **_FORM,
                "subject_token": self.profile_id,
            }
        )


def exchange_refused(participant: str) -> Refused:
    """What a refusal of the exchange means.

    Args:
        participant: How to call the SERIALNUMBER that a profile's owner must have invited.
    """
    invite = (
        "The profile's owner must invite it on minskiftesag.dk (Profil, Inviter deltager, role "
        f"API-bruger) by the SERIALNUMBER in the certificate's subject: {participant} (guide 3.2.1)."
    )
    meanings: dict[type[ExchangeRefused], str] = {
        ActorTokenRefused: (
            "it does not take the direct token, a new one neither. Check that the environment's "
            "auth_url and exchange_url belong together, and that the certificate was not revoked."
        ),
        NotAParticipant: f"your company is no participant of the profile. {invite}",
        UnknownProfile: (
            "it does not know the profile. Check the id with the profile's owner: it is the UUID "
            "of the adgangsprofil, in this environment."
        ),
        ExchangeRefused: (
            "the profile is not known to it, or your company is no participant of the profile. "
            f"Check the profile's id with its owner. {invite}"
        ),
    }

    def refused(refusal: Refusal) -> TokenError | None:
        kind = _kind(refusal)
        if kind is None:
            return None
        return kind(
            f"{refusal.endpoint} refused the exchange ({refusal.answer}): {meanings[kind]}",
            endpoint=refusal.endpoint,
            retry_after=refusal.retry_after,
            status=refusal.status,
            code=refusal.code,
        )

    return refused


def _kind(refusal: Refusal) -> type[ExchangeRefused] | None:
    if refusal.foreign and refusal.status != 401:  # noqa: PLR2004 - Unauthorized
        return None
    if refusal.empty and refusal.status == 404:  # noqa: PLR2004 - Not Found: there is no exchange
        return None
    if refusal.code in _BY_CODE:
        return _BY_CODE[refusal.code]
    if refusal.status in _BY_STATUS:
        return _BY_STATUS[refusal.status]
    # RFC 8693 2.2.2 has one code, invalid_request, for either token: the description may tell.
    words = (kind for word, kind in _BY_WORD.items() if word in refusal.description)
    return next(words, ExchangeRefused)
