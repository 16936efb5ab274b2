"""What the control port offers, described so that people and pages can read it: acts of the court's, and commands."""

from collections.abc import Mapping
from typing import Any

import attrs
import jsonschema_rs

from skifteportal.sandbox.answers import Fault

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

    def check(self, body: object, *, status: int) -> None:
        """Refuse a body that breaks the schema.

        Args:
            body: The body, read as JSON.
            status: The refusal's HTTP status.

        Raises:
            Fault: It breaks the schema; the message names the place and the keyword, never a value.
        """
        validator = jsonschema_rs.Draft202012Validator(dict(self.schema), validate_formats=True)
        error = next(iter(validator.iter_errors(body)), None)
        if error is not None:
            place = "/".join(str(step) for step in error.instance_path)
            rule = "/".join(str(step) for step in error.schema_path)
            missing = getattr(error.kind, "property", "")
            text = f"{missing} is missing" if missing else f"the body breaks {rule}"
            raise Fault(status, f"{self.name}: {text}", field=place or missing or None)
