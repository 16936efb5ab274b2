"""What the control port offers, described so that people and pages can read it: acts of the court's, and commands."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import attrs
import jsonschema_rs

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.formats import FORMATS
from skifteportal.sandbox.known_members import KnownMembers
from skifteportal.sandbox.wanted import wanted

__all__ = ["Described"]


@attrs.frozen(kw_only=True)
class Described:
    """One path of the control port.

    Attributes:
        name: Its name: ``udpegLikvidator``.
        method: HTTP method.
        path: Path on the control port: ``/court/tvangsoploesningssager/{sagId}/likvidatorer``.
        summary: What it does, one English sentence.
        schema: JSON Schema (2020-12) of the body; of a GET's query.
    """

    name: str
    method: str
    path: str
    summary: str
    schema: Mapping[str, Any]

    @cached_property
    def known(self) -> KnownMembers:
        """The members of the body that the schema knows."""
        return KnownMembers(document={}, schema=self.schema)

    def check(self, body: object, *, status: int) -> None:
        """Refuse a body that breaks the schema.

        Args:
            body: The body, read as JSON.
            status: The refusal's HTTP status.

        Raises:
            Fault: It breaks the schema; the message says what is wanted in place of what, never a value.
        """
        validator = jsonschema_rs.Draft202012Validator(
            dict(self.schema), formats=dict(FORMATS), validate_formats=True
        )
        error = next(iter(validator.iter_errors(body)), None)
        if error is not None:
            field, text = self._problem(error)
            raise Fault(status, f"{self.name}: {text}", field=field)

    def _problem(self, error: jsonschema_rs.ValidationError) -> tuple[str | None, str]:
        place = "/".join(str(step) for step in error.instance_path)
        schema: Any = self.schema
        for step in error.schema_path[:-1]:
            schema = schema[step]
        missing = getattr(error.kind, "property", None)
        if missing is not None:
            return f"{place}/{missing}".lstrip("/"), f"{missing} is missing"
        unexpected = getattr(error.kind, "unexpected", None)
        if unexpected:
            known = list(schema["properties"])
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            name = str(unexpected[0])
            return f"{place}/{name}".lstrip("/"), f"there is no such member; {takes}"
        what = place or ("the query" if self.method == "GET" else "the body")
        return place or None, f"{what} must be {wanted(schema)}"
