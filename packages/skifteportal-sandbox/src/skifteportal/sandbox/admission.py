"""Who calls an API, and whether with the right token: direct, delegated or none (guide 2.1, 2.6)."""

from collections.abc import Mapping
from typing import Final

import attrs

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.call import World
from skifteportal.sandbox.case_areas import check_area
from skifteportal.sandbox.memory import Memory
from skifteportal.sandbox.messages import Request
from skifteportal.sandbox.routing import Operation
from skifteportal.sandbox.tokens import Caller, TokenRefused, Tokens

__all__ = ["Admission"]

_NOBODY: Final = "nobody"
_ANYBODY: Final = Caller(company="", kind="open")


class Admission:
    """Lets callers in to an operation, or turns them away. Thread-safe.

    Args:
        tokens: Reads access tokens.
        kinds: The kind of token that each API takes: ``direct``, ``delegated``, ``either`` or ``open``.
        memory: Held still to look at profiles.
        world: The registered API keys, the settings.
    """

    def __init__(
        self, tokens: Tokens, *, kinds: Mapping[str, str], memory: Memory, world: World
    ) -> None:
        self._tokens = tokens
        self._kinds = kinds
        self._memory = memory
        self._world = world

    def caller(self, operation: Operation, request: Request) -> Caller:
        """Tell who calls.

        Args:
            operation: What is called.
            request: The request, with the token.

        Raises:
            Fault: 401, there is no token, or no good one; 403, it is of another kind or case area.
        """
        wanted = self._kinds[operation.api]
        if wanted == "open":
            return _ANYBODY
        scheme, _, token = (request.header("Authorization") or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise _unauthorized("Send the access token: Authorization: Bearer …", "")
        try:
            caller = self._tokens.check(token.strip())
        except TokenRefused as refused:
            raise _unauthorized(str(refused), ', error="invalid_token"') from None
        if wanted not in {"either", caller.kind}:
            raise Fault(403, f"{operation.api} takes a {wanted} token; this one is {caller.kind}")
        check_area(self._world, operation.api, caller)
        return caller

    def tied(self, caller: Caller, case: str) -> Caller:
        """Note the cases in which a liquidator's participant may act; in another one it is a stranger.

        Args:
            caller: Who calls, with a profile.
            case: The id of the case that the path names; empty for none.
        """
        with self._memory.transaction() as store:
            profile = store.profiles.get(caller.profile)
        if profile is None:
            return caller
        # Without a certificate is who needs no login; one that takes part no more acts nowhere (guide 2.6, step 5).
        gone = caller.certificate and caller.certificate not in profile.participants
        untied = () if gone or self._world.settings.ties_needed else None
        tied = attrs.evolve(caller, cases=profile.ties.get(caller.certificate, untied))
        if case and not tied.acts_in(case):
            return attrs.evolve(tied, profile=_NOBODY, person=_NOBODY)
        return tied


def _unauthorized(text: str, challenge: str) -> Fault:
    return Fault(401, text, headers=(("WWW-Authenticate", f'Bearer realm="sts"{challenge}'),))
