"""An act of the court's: what no API offers, and the control port does (api-surface.md section 6)."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs
import jsonschema_rs

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.call import World

__all__ = ["Act", "CourtCall"]


@attrs.frozen(kw_only=True, repr=False)
class CourtCall:
    """One act, as it was asked for.

    Attributes:
        world: What all operations share; changed in a transaction.
        path: What the act's path names: ``{"sagId": …}``.
        body: What the court was told to do; it keeps the act's schema.
    """

    world: World
    path: Mapping[str, str]
    body: Mapping[str, Any]

    def refuse(self, code: str, *holes: str, field: str | None = None) -> Fault:
        """Make a refusal with one of the portal's business codes.

        Args:
            code: The code: ``doedsbo.f3``.
            *holes: What stands in the text's ``{0}``, ``{1}`` ….
            field: The field that the refusal is about.
        """
        return self.world.refusal(code, *holes, field=field)


@attrs.frozen(kw_only=True)
class Act:
    """Something that the court can do.

    Attributes:
        name: Its name: ``udpegLikvidator``.
        method: HTTP method on the control port.
        path: Path on the control port: ``/court/tvangsoploesningssager/{sagId}/likvidatorer``.
        summary: What it does, one English sentence.
        schema: JSON Schema (2020-12) of the body.
        run: Carries it out and gives what came of it, ready to send as JSON.
    """

    name: str
    method: str
    path: str
    summary: str
    schema: Mapping[str, Any]
    run: Callable[[CourtCall], Mapping[str, Any]]

    def check(self, body: object, *, status: int) -> None:
        """Refuse a body that breaks the act's schema.

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
            raise Fault(status, f"{self.name}: the body breaks {rule}", field=place or None)
