"""What a comparison found: changes, each with two verdicts, and the two verdicts of the whole."""

from __future__ import annotations

from typing import Any, Literal

import attrs

from portalgen.diff.level import Level

__all__ = ["Change", "Direction", "Fate", "PythonName", "Report", "Witness"]

Direction = Literal["request", "response"]
# What becomes of a Python name. `retyped` for an attribute, an argument or a result whose type changed.
Fate = Literal["added", "removed", "renamed", "retyped", "required", "optional", "deprecated"]


@attrs.frozen(kw_only=True)
class PythonName:
    """A public name of the generated package that a change touches.

    Attributes:
        module: The import path it is imported from; without an API's name only `models` or nothing.
        owner: The class that holds it; empty if it is a class itself.
        member: The method, attribute, enum member or class.
        parameter: The argument of the method, or nothing.
        fate: What becomes of it.
        replacement: The new name, as `member` or `parameter` has it, if it was renamed.
        before: Its annotation before, where it has one.
        after: Its annotation after.
    """

    module: str
    owner: str = ""
    member: str
    parameter: str = ""
    fate: Fate
    replacement: str = ""
    before: str = ""
    after: str = ""

    @property
    def path(self) -> str:
        """The name in full: `skifteportal.person.models.Person.navn`, `….PersonClient.get(id)`."""
        dotted = ".".join(part for part in (self.module, self.owner, self.member) if part)
        return f"{dotted}({self.parameter})" if self.parameter else dotted

    def as_json(self) -> dict[str, str]:
        """Give the name as data, its `path` with it."""
        return {"path": self.path, **attrs.asdict(self)}


@attrs.frozen(kw_only=True)
class Witness:
    """Something that was valid on one side of the change and is not on the other.

    Attributes:
        direction: Whether it is a request or an answer.
        line: The request line, and the answer's status if it is one.
        part: Which part of the message `value` is: `body`, `query startdato`, `header X-Total-Count`.
        value: The part's value as JSON; None if the line says it all.
        valid: The side that it is valid against: `base` or `revision`.
        reading: How the schema was read: `as written`, or `declared names only` where the change is
            that a name is no longer known.
        checked: Whether a JSON Schema validator said yes on one side and no on the other; else the
            line itself shows the break, and the comparison of the documents is the check.
    """

    direction: Direction
    line: str
    part: str = ""
    value: Any = None
    valid: Literal["base", "revision"] = "base"
    reading: str = "as written"
    checked: bool = False

    def as_json(self) -> dict[str, Any]:
        """Give the witness as data."""
        return attrs.asdict(self)


@attrs.frozen(kw_only=True)
class Change:
    """One root cause: what changed, at one place of the document.

    Attributes:
        kind: What kind of edit it is, as in `property-removed`.
        location: A JSON pointer, into the base where it still stands there, else into the revision.
        wire: Whether a client that is installed stops working.
        client: Whether a user's code stops running or type-checking after the upgrade.
        reason: Why the levels are these, in one sentence.
        effect: What the edit does to what is accepted, as in `narrow`.
        directions: Whether requests or answers are concerned, or both.
        law: The law or exception that decides `wire`.
        client_law: The law or exception that decides `client`.
        base: What stood there, as JSON, or None.
        revision: What stands there now, or None.
        operations: The operationIds that reach it, in the document's order.
        python: The Python names that it touches.
        witness: Of a break of the wire, the proof.
        unproven: Why a break of the wire has no checked witness; empty if it has, or is none.
        note: What else a user should know, as of a list of values that may grow.
        fingerprint: Stays the same as long as the change is the same: to name it in an exception.
    """

    kind: str
    location: str
    wire: Level
    client: Level
    reason: str
    effect: str = ""
    directions: tuple[Direction, ...] = ()
    law: str = ""
    client_law: str = ""
    base: Any = None
    revision: Any = None
    operations: tuple[str, ...] = ()
    python: tuple[PythonName, ...] = ()
    witness: Witness | None = None
    unproven: str = ""
    note: str = ""
    fingerprint: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give the change as data: levels as words, the rest as it is."""
        data = attrs.asdict(self, recurse=False)
        return data | {
            "wire": self.wire.value,
            "client": self.client.value,
            "python": [name.as_json() for name in self.python],
            "witness": None if self.witness is None else self.witness.as_json(),
            "directions": list(self.directions),
            "operations": list(self.operations),
        }


@attrs.frozen(kw_only=True)
class Report:
    """What a comparison found.

    Attributes:
        base_version: The version that the base states.
        revision_version: The version that the revision states.
        changes: The changes, the gravest first.
    """

    base_version: str = ""
    revision_version: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def wire(self) -> Level:
        """The highest level of any change for a client that is installed."""
        return Level.highest(change.wire for change in self.changes)

    @property
    def client(self) -> Level:
        """The highest level of any change for a user's code after the upgrade."""
        return Level.highest(change.client for change in self.changes)

    def as_json(self) -> dict[str, Any]:
        """Give the report as data that JSON can hold."""
        return {
            "wire": self.wire.value,
            "client": self.client.value,
            "base_version": self.base_version,
            "revision_version": self.revision_version,
            "changes": [change.as_json() for change in self.changes],
        }
