"""Many identities in one program: a law firm's customers, a vendor's liquidators."""

import uuid
from collections.abc import Callable, Iterator
from typing import Never

import attrs
from typing_extensions import override

from skifteportal.auth._forks import ForkLock
from skifteportal.auth._recent import Recent
from skifteportal.auth.credential import Credential
from skifteportal.core.credentials import DelegatedAuth, DirectAuth
from skifteportal.core.errors import ConfigurationError, InvalidArgument

__all__ = ["Keyring"]


@attrs.frozen(eq=False, repr=False)
class _Identity:
    open: Callable[[], Credential]
    opening: ForkLock = attrs.field(factory=ForkLock, init=False)


class Keyring:
    """Opens a credential when it is first needed, and lets go of those that nobody uses.

    Hundreds of certificates can be added at no cost: a certificate's file is read, and its key and
    TLS context are in memory, only while its credential is open. At most ``max_idle`` idle
    credentials stay open, the ones used last; one whose auth a client holds stays in any case. Each
    identity has its own certificate, TLS context and tokens: nothing is shared between them.

    It can be shared between threads and event loops. It can't be pickled.

        keyring = Keyring(max_idle=100)
        for cvr, env_file in customers.items():  # nothing is opened yet
            keyring.add(cvr, partial(ClientSecretCredential.from_env_file, env_file))
        print(keyring.direct("30808460"))  # what a client takes

    Args:
        max_idle: How many idle credentials stay open, each with its tokens.

    Raises:
        ConfigurationError: max_idle is no number, or negative.
    """

    def __init__(self, *, max_idle: int = 100) -> None:
        self._identities: dict[str, _Identity] = {}
        self._open = Recent[str, Credential](_count(max_idle))

    def add(self, name: str, opener: Callable[[], Credential]) -> None:
        """Add an identity. Nothing is opened yet.

        Args:
            name: What to ask for it by, such as a CVR number.
            opener: Makes its credential: called when it is needed, by one thread at a time, and
                again after it was let go. Opening a certificate takes about 0.1 s. It must make a
                new one each time, or always give the one that it keeps.

        Raises:
            InvalidArgument: The name is taken, empty or no text: remove the other one first.
        """
        if not callable(opener):
            raise InvalidArgument(
                "opener must be a function that makes a credential, not the credential: "
                "keyring.add(name, lambda: ClientSecretCredential(…)).",
                argument="opener",
            )
        identity = _Identity(opener)
        if self._identities.setdefault(_name(name), identity) is not identity:
            raise InvalidArgument(
                "The keyring has an identity of that name: remove it first, or choose another name.",
                argument="name",
            )

    def remove(self, name: str) -> None:
        """Forget an identity, as before adding its renewed certificate.

        Clients that hold its auth go on with the old credential until they are made anew.

        Raises:
            InvalidArgument: There is none of that name.
        """
        self._identity(name)
        self._identities.pop(name, None)
        self._open.drop(name)

    def credential(self, name: str) -> Credential:
        """The credential of an identity; opened if it isn't open.

        Args:
            name: As it was added.

        Raises:
            InvalidArgument: There is none of that name.
            CredentialError: Its certificate can't be used.
        """
        identity = self._identity(name)
        return self._open.find(name) or self._opened(name, identity)

    def direct(self, name: str) -> DirectAuth:
        """What a client takes: the identity's own token. Raises as ``credential`` does."""
        return self.credential(name).direct()

    def for_profile(self, name: str, profile_id: str | uuid.UUID) -> DelegatedAuth:
        """What a client for liquidators takes: the identity's token, exchanged for a profile's.

        All profiles of an identity share its one direct token. Raises as ``credential`` and
        ``Credential.for_profile`` do.
        """
        return self.credential(name).for_profile(profile_id)

    def _identity(self, name: str) -> _Identity:
        identity = self._identities.get(name)
        if identity is None:
            raise InvalidArgument(
                f"The keyring has no identity of that name; it has {len(self._identities)} others. "
                "Add it with keyring.add.",
                argument="name",
            )
        return identity

    def _opened(self, name: str, identity: _Identity) -> Credential:
        with identity.opening:  # so that many who ask for it at once open it once
            if (found := self._open.find(name)) is not None:
                return found
            credential = _credential(identity.open())
            if self._identities.get(name) is not identity:  # removed meanwhile
                return credential
            return self._open.keep(name, credential)

    def __contains__(self, name: object) -> bool:
        return name in self._identities

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._identities))

    def __len__(self) -> int:
        return len(self._identities)

    @override
    def __repr__(self) -> str:
        return f"<Keyring of {len(self)}>"

    @override
    def __reduce__(self) -> Never:
        raise TypeError("A Keyring can't be pickled or copied: make one in each process.")


def _name(name: object) -> str:
    if isinstance(name, str) and name:
        return name
    raise InvalidArgument("name must be a text that isn't empty.", argument="name")


def _count(value: object) -> int:
    if isinstance(value, int) and value >= 0:
        return value
    raise ConfigurationError("max_idle must be a number of credentials, 0 or more.")


def _credential(opened: object) -> Credential:
    if isinstance(opened, Credential):
        return opened
    raise ConfigurationError(
        f"The function that opens an identity gave {type(opened).__name__} instead of a credential."
    )
