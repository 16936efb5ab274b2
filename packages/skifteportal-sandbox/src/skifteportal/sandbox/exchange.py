"""The token exchange: a company's direct token becomes one for a liquidator's profile (guide 3.2.3, RFC 8693)."""

from collections.abc import Callable
from typing import Final

from skifteportal.sandbox.answers import json_answer
from skifteportal.sandbox.call import World
from skifteportal.sandbox.messages import Answer, Request
from skifteportal.sandbox.oauth import Refused, not_allowed, read_form, refusal, token_answer
from skifteportal.sandbox.tokens import Caller, TokenRefused, Tokens

__all__ = ["Exchange"]

_TOKEN_PATH: Final = "/token"  # noqa: S105 - an address
_KEYS_PATH: Final = "/certs"
_GRANT: Final = "urn:ietf:params:oauth:grant-type:token-exchange"
_ACCESS_TOKEN: Final = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 - a name
_PROFILE: Final = "urn:dk:domstol:token-type:adgangsprofil-id"
_TYPES: Final = {"actor_token_type": _ACCESS_TOKEN, "subject_token_type": _PROFILE}


class Exchange:
    """Answers what comes to the exchange's host.

    Args:
        world: The profiles and settings.
        tokens: Checks and makes the tokens.
    """

    def __init__(self, world: World, tokens: Tokens) -> None:
        self._world = world
        self._tokens = tokens

    def handle(self, request: Request, *, saw: Callable[[Caller], None]) -> Answer:
        """Answer a request to the exchange's host.

        Args:
            request: The request.
            saw: Is told who asks, and what for.
        """
        if request.path == _KEYS_PATH:
            return (
                json_answer(200, self._tokens.key_set())
                if request.method == "GET"
                else not_allowed("GET")
            )
        if request.path != _TOKEN_PATH:
            return refusal(404, "not_found")
        if request.method != "POST":
            return not_allowed("POST")
        try:
            return self._exchange(request, saw)
        except Refused as refused:
            return refused.answer

    def _exchange(self, request: Request, saw: Callable[[Caller], None]) -> Answer:
        # The guide's table has each field once; its example sends grant_type twice, the second with a space behind.
        form = read_form(request, repeatable="grant_type")
        if form.get("grant_type") != _GRANT:
            raise Refused(400, "unsupported_grant_type", f"grant_type must be {_GRANT}")
        for name, wanted in _TYPES.items():
            if form.get(name) != wanted:
                raise Refused(400, "invalid_request", f"{name} must be {wanted}")
        if form.get("requested_token_type", _ACCESS_TOKEN) != _ACCESS_TOKEN:
            raise Refused(400, "invalid_request", f"requested_token_type must be {_ACCESS_TOKEN}")
        actor = self._actor(form.get("actor_token", ""))
        saw(actor)
        caller = self._caller(form.get("subject_token", "").strip().lower(), actor)
        saw(caller)
        return token_answer(
            access_token=self._tokens.access_token(caller, client_id=actor.client, scope="openid"),
            id_token=self._tokens.id_token(caller, client_id=actor.client),
            seconds=self._world.settings.token_seconds,
            extra={"issued_token_type": _ACCESS_TOKEN},
        )

    def _actor(self, token: str) -> Caller:
        if not token:
            raise Refused(400, "invalid_request", "Missing form parameter: actor_token")
        try:
            actor = self._tokens.check(token)
        except TokenRefused as refused:
            raise Refused(401, "invalid_token", f"actor_token: {refused}") from None
        if actor.kind != "direct":
            raise Refused(400, "invalid_request", "actor_token must be a direct token")
        return actor

    def _caller(self, identifier: str, actor: Caller) -> Caller:
        settings = self._world.settings
        if not identifier:
            raise Refused(400, "invalid_request", "Missing form parameter: subject_token")
        profile = self._world.store.profiles.get(identifier)
        if profile is None:
            text = "subject_token: there is no such profile (adgangsprofil)"
            raise Refused(settings.unknown_profile_status, "invalid_request", text)
        if actor.certificate not in profile.participants:
            text = "The certificate is no participant (deltager) of the profile: its owner must invite its SERIALNUMBER"
            raise Refused(settings.not_participant_status, "access_denied", text)
        return Caller(
            company=actor.company,
            kind="delegated",
            certificate=actor.certificate,
            profile=profile.id,
            person=profile.person,
            client=actor.client,
        )
