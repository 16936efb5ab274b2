"""Who is meant: parties compared, and looked for in a case."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from skifteportal.sandbox.call import World
from skifteportal.sandbox.case_store import Case, Record

__all__ = ["Identity", "identity", "leader", "takes_part"]

Identity: TypeAlias = tuple[str, str, str]
_PARTIES: Final = {"krav": "kreditor", "tilgodehavende": "debitor", "tidligereLedelse": "part"}


def identity(party: Mapping[str, Any]) -> Identity | None:
    """Return what tells a party from others; None if its type's own member says nothing.

    Args:
        party: A `part`, judged by the schema.
    """
    kind: str = party.get("type", "")
    abroad: Mapping[str, str] = party.get("udenlandskPerson", {})
    names = {
        "PERSON": party.get("person", {}).get("personId", ""),
        "VIRKSOMHED": party.get("virksomhed", {}).get("cvrNummer", ""),
        "ANDEN": party.get("anden", ""),
        "UDENLANDSK_PERSON": abroad.get("navn", ""),
    }
    name = names.get(kind, "").strip().casefold()
    return (kind, name, abroad.get("foedselsdato", "")) if name else None


def leader(case: Case, party: Mapping[str, Any]) -> Record | None:
    """Return the case's entry of a former member of the management; None for anybody else.

    Args:
        case: The case.
        party: Who it may be.
    """
    wanted = identity(party)
    return next(
        (
            record
            for record in case.of_kind("tidligereLedelse")
            if wanted is not None and identity(record.data["part"]) == wanted
        ),
        None,
    )


def takes_part(world: World, case: Case, party: Mapping[str, Any]) -> bool:
    """Whether a party has to do with a case: the company, its former management, liquidators, creditors and debtors.

    Args:
        world: Knows the liquidators' profiles.
        case: The case.
        party: Who it may be.
    """
    wanted = identity(party)
    return wanted is not None and any(wanted == identity(known) for known in _parties(world, case))


def _parties(world: World, case: Case) -> Iterator[Mapping[str, Any]]:
    yield _company(case.company)
    for record in case.records.values():
        if record.deleted:
            continue
        if record.kind == "likvidator":
            profile = world.store.profiles[record.id]
            yield {"type": "PERSON", "person": {"personId": profile.person}}
            yield _company(profile.company)
        elif record.kind in _PARTIES:
            yield record.party
            yield record.data[_PARTIES[record.kind]]


def _company(number: str) -> Mapping[str, Any]:
    return {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": number}}
