"""What the portal remembers of people: API users, the register of persons, liquidators' profiles."""

from collections.abc import Callable, Iterable, Mapping

import attrs
import msgspec

from skifteportal.sandbox.state import Several

__all__ = ["Client", "Clients", "Person", "Profile"]


@attrs.frozen(kw_only=True)
class Client:
    """An API user's key: what a token is asked for with.

    Attributes:
        id: Client id.
        secret: Client secret.
        areas: Case areas that it is issued for, of ``doedsbo`` and ``tvangsoploesning``; none: those of the setting
            `key_areas`.
    """

    id: str
    secret: str = attrs.field(repr=False)
    areas: tuple[str, ...] = ()


class Clients(dict[str, Client]):
    """The API users' keys by client id, but for those that were taken back.

    Args:
        clients: All that were issued.
    """

    def __init__(self, clients: Iterable[Client]) -> None:
        self._issued = {client.id: client for client in clients}
        super().__init__(self._issued)

    def restore(self, identifier: str) -> bool:
        """Give a key back; whether it was taken.

        Args:
            identifier: The client id.
        """
        taken = identifier in self._issued and identifier not in self
        if taken:
            self[identifier] = self._issued[identifier]
        return taken

    @property
    def noted(self) -> str:
        """The ids of the keys that were taken back, a JSON list; nothing if there are none."""
        gone = self._issued.keys() - self.keys() if len(self) < len(self._issued) else ()
        return msgspec.json.encode(sorted(gone)).decode() if gone else ""

    def prepared(self, note: str) -> Callable[[], None]:
        """Read what `noted` was, and return what takes those keys back, and no others; see `skifteportal.sandbox.kept.Kept`.

        Raises:
            ValueError: It never was that.
        """
        try:
            gone = msgspec.json.decode(note or "[]", type=list[str])
        except msgspec.DecodeError:
            raise ValueError("no list of client ids") from None

        def put() -> None:
            self.update(self._issued)
            for identifier in gone:
                self.pop(identifier, None)

        return put


@attrs.frozen(kw_only=True)
class Person:
    """Somebody in the register of persons.

    Attributes:
        id: The id that the APIs name the person by.
        name: Full name.
        cpr: CPR number, ten digits; empty where nobody asks for it.
        born: Day of birth, ISO 8601.
        died: Day of death, ISO 8601; None for the living.
        address: Address, ready to send.
        protected: Whether name and address are protected.
    """

    id: str
    name: str = attrs.field(repr=False)
    cpr: str = attrs.field(default="", repr=False)
    born: str | None = attrs.field(default=None, repr=False)
    died: str | None = attrs.field(default=None, repr=False)
    address: Mapping[str, str] | None = attrs.field(default=None, repr=False)
    protected: bool = attrs.field(default=False, repr=False)


def _several_each(given: Mapping[str, Iterable[str]]) -> Mapping[str, Several]:
    return {name: Several(names) for name, names in given.items()}


@attrs.frozen(kw_only=True, repr=False)
class Profile:
    """A liquidator's access profile (adgangsprofil), which stands from the first appointment on (guide 3.2.1).

    Attributes:
        id: The profile's id, which is the liquidator's id too (guide 3.2.1).
        person: Id of its owner.
        name: The owner's name.
        company: CVR number of the owner's firm.
        participants: SERIALNUMBERs in the subjects of the certificates that may act for the owner.
        ties: Ids of the cases that a participant is tied to (guide 2.6, step 5), for those that are tied to any.
    """

    id: str
    person: str
    name: str
    company: str
    participants: Several = attrs.field(converter=Several)
    ties: Mapping[str, Several] = attrs.field(converter=_several_each, factory=dict[str, Several])
