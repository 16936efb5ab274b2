"""Sharing tokens between processes and machines, encrypted, through Redis.

Nothing is stored unless a credential is given a store.
"""

import json
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Never, Protocol

import attrs
from typing_extensions import override

from skifteportal.auth._redis_client import client_of
from skifteportal.auth._sealing import Key, Seal, seals_of
from skifteportal.core.errors import ConfigurationError
from skifteportal.core.redaction import LOGGER

if TYPE_CHECKING:
    import redis as redis_

__all__ = ["RedisTokenStore", "StoredRefusal", "StoredToken", "TokenStore"]

_PREFIX = "skifteportal:token:"
_UNLOCK = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
"""


@attrs.frozen(kw_only=True, repr=False)
class StoredToken:
    """A token, with times that hold on any machine: they count from when it is written or read.

    Attributes:
        access_token: The token: a secret.
        good_for: Seconds for which it is used.
        renew_in: Seconds after which a new one is asked for; 0 or less if it is time.
    """

    access_token: str
    good_for: float
    renew_in: float


@attrs.frozen(kw_only=True, repr=False)
class StoredRefusal:
    """What the portal answered to a token request that it refused.

    Attributes:
        kind: The error's class, by name.
        text: The error's text.
        seconds: For how long nobody is to ask again, from when it is written or read.
        status: The HTTP status, if the error has one.
        code: The OAuth error code, if it has one.
    """

    kind: str
    text: str
    seconds: float
    status: int | None = None
    code: str | None = None


class TokenStore(Protocol):
    """Where processes share tokens: RedisTokenStore, or one of your own.

    It is asked once for each token that a process needs, about every four minutes, in a thread of
    its own. What it raises is logged by the name of its type, and the process asks the portal.
    ``identity`` says whose token it is, in full: environment, certificates, client id, profile; for
    a refusal also what was shown as proof, hashed. A token or refusal must only ever be given back
    for the same identity, and neither may be readable to others.
    """

    def read(self, identity: str) -> StoredToken | None:
        """The identity's token; None if there is none."""
        ...

    def write(self, identity: str, token: StoredToken) -> None:
        """Keep a token, for ``good_for`` seconds at most."""
        ...

    def read_refusal(self, identity: str) -> StoredRefusal | None:
        """What the portal answered to the identity a short while ago; None if it did not refuse."""
        ...

    def write_refusal(self, identity: str, refusal: StoredRefusal) -> None:
        """Keep a refusal, for its ``seconds`` at most."""
        ...

    def lock(self, identity: str, seconds: float) -> Callable[[], object] | None:
        """Have nobody else ask for the identity's token, for so many seconds at most.

        Returns:
            What ends it; None if another one has the lock.
        """
        ...


class RedisTokenStore:
    """Shares tokens through Redis. Give it to each process's credential (``token_store=``).

    One process asks the portal, the others take its token, or its refusal for as long as that tells
    them to wait. An entry is encrypted (AES-256-GCM),
    bound to its environment, certificates, client id and profile, and gone when the token is. Its
    name shows none of these (HMAC). Whoever has the key and the Redis has the tokens: give both to
    those only who may act for all identities stored there.

    If Redis does not answer, or an entry is damaged, a warning is logged and the process asks the
    portal itself: no call fails.

    Args:
        redis: The URL of the server (``rediss://…``), or a client for it: then give that client
            short timeouts and few retries.
        key: Gives the key, as from a vault: 32 random bytes or their base64, as
            ``secrets.token_urlsafe(32)`` makes. Or several: the first is used, and entries of the
            others are still read. To change a key, give all processes the new one as the second,
            then as the first, then alone. Called once now, and each time that the store is used.

    Raises:
        ConfigurationError: There is no key, it is no function, or what it gives is no key; or the
            server can't be one.
    """

    def __init__(
        self,
        redis: "str | redis_.Redis",
        *,
        key: Callable[[], Key | Sequence[Key]] | None = None,
    ) -> None:
        if not callable(key):
            raise ConfigurationError(
                "A token store needs a key, since tokens are not stored unencrypted. Give a "
                "function that returns it: RedisTokenStore(…, key=lambda: …)."
            )
        seals_of(key)  # so that a wrong one fails here
        self._seals = partial(seals_of, key)
        self._redis: Any = client_of(redis)  # its own types are half unknown
        self._unlock = self._redis.register_script(_UNLOCK)

    def read(self, identity: str) -> StoredToken | None:
        """As TokenStore says; raises what redis raises."""
        if (found := self._read(identity)) is None:
            return None
        (access_token, good_for, renew_in), left = found
        left = min(left, good_for)  # whoever can write there can't lengthen its life
        return StoredToken(
            access_token=access_token, good_for=left, renew_in=renew_in - (good_for - left)
        )

    def write(self, identity: str, token: StoredToken) -> None:
        """As TokenStore says; raises what redis raises."""
        self._write(
            identity, token.access_token, token.good_for, token.renew_in, life=token.good_for
        )

    def read_refusal(self, identity: str) -> StoredRefusal | None:
        """As TokenStore says; raises what redis raises."""
        if (found := self._read(identity)) is None:
            return None
        (kind, text, seconds, status, code), left = found
        return StoredRefusal(
            kind=kind, text=text, seconds=min(left, seconds), status=status, code=code
        )

    def write_refusal(self, identity: str, refusal: StoredRefusal) -> None:
        """As TokenStore says; raises what redis raises."""
        content = (refusal.kind, refusal.text, refusal.seconds, refusal.status, refusal.code)
        self._write(identity, *content, life=refusal.seconds)

    def _read(self, identity: str) -> tuple[list[Any], float] | None:
        """What was written for an identity, and the seconds until the entry ends, by the server's clock."""
        seals = self._seals()
        pipeline = self._redis.pipeline()  # all at once, or the life could be another entry's
        for seal in seals:
            name = _PREFIX + seal.name(identity)
            pipeline.get(name)
            pipeline.pttl(name)
        answers: list[Any] = pipeline.execute()
        for seal, sealed, left in zip(seals, answers[::2], answers[1::2], strict=True):
            if sealed is not None and (content := _open(seal, sealed, identity)) is not None:
                return content, left / 1000
        return None

    def _write(self, identity: str, *content: object, life: float) -> None:
        seal = self._seals()[0]
        self._redis.set(
            _PREFIX + seal.name(identity),
            seal.close(json.dumps(content).encode(), identity),
            px=max(1, int(life * 1000)),
        )

    def lock(self, identity: str, seconds: float) -> Callable[[], object] | None:
        """As TokenStore says; raises what redis raises."""
        name = f"{_PREFIX}{self._seals()[0].name(identity)}:lock"
        mine = secrets.token_hex(16)
        if not self._redis.set(name, mine, nx=True, px=int(seconds * 1000)):
            return None
        return partial(self._unlock, [name], [mine])

    @override
    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    @override
    def __reduce__(self) -> Never:
        raise TypeError("A RedisTokenStore can't be pickled: make one in each process.")


def _open(seal: Seal, sealed: str | bytes, identity: str) -> list[Any] | None:
    content = seal.open(sealed, identity)
    if content is None:
        LOGGER.warning("a token in Redis is damaged or was not sealed for this use: it is ignored")
        return None
    entry: list[Any] = json.loads(content)
    return entry
