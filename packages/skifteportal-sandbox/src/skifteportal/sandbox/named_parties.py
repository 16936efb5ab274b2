"""Whether a `part` says who it is: by its type's own member, and a person by an id that is known."""

from collections.abc import Mapping
from typing import Any

from skifteportal.sandbox.dissolution.parties import identity
from skifteportal.sandbox.store import Store

__all__ = ["unnamed"]


def unnamed(store: Store, party: Mapping[str, Any], *, field: str) -> tuple[str, str] | None:
    """Return where a party does not say who it is, and why; None if it does.

    Args:
        store: Knows the register of persons.
        party: A `part`, judged by the schema.
        field: Where it stands in the body.
    """
    known = identity(party)
    if known is None:
        return field, f"Feltet til typen {party['type']} mangler"
    if known[0] == "PERSON" and store.persons.look(known[1]) is None:
        return f"{field}.person.personId", "Personen findes ikke"
    return None
