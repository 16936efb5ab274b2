"""What the generator knows of an operation and of an API, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Literal, TypeVar

import attrs

if TYPE_CHECKING:
    from skifteportal.core.ahead import Ahead
    from skifteportal.core.shapes import Shape

__all__ = ["Api", "Operation"]

T = TypeVar("T")


@attrs.frozen(kw_only=True, eq=False)
class Operation(Generic[T]):
    """One operation of an API.

    Attributes:
        id: The ``operationId``, as in the spec.
        method: The HTTP method, in upper case.
        path: The path template, as in the spec: ``/doedsbojournaler/{doedsbojournalId}/krav``.
        repeatable: Whether it may be sent again although it may have arrived: GET, PUT, DELETE, and a POST that
            only reads.
        body: The shape of the JSON request body; None if there is none.
        answer: The shape of the JSON answer (of one item, if the answer comes in pages); None if it has no body,
            or bytes.
        upload: The content type of a request body that is a file.
        deprecated: The text of the warning when it is called; None if it isn't deprecated.
        documents: Where the body refers to documents, by JSON names: ``("bilag",)``, or
            ``("henvendelser", "dokumenter")`` for those of the first item of a list; empty if it doesn't.
        first_page: The number of the first page, as far as is known; a portal that counts from 1 is found out.
    """

    id: str
    method: str
    path: str
    repeatable: bool
    body: Shape | None = None
    answer: Shape | None = None
    upload: str | None = None
    deprecated: str | None = None
    documents: tuple[str, ...] = ()
    first_page: int = 0


@attrs.frozen(kw_only=True)
class Api:
    """One API: what a generated package says of itself.

    Attributes:
        name: The API's name: ``doedsbojournal``.
        package: The distribution's name: ``skifteportal-doedsbojournal``.
        version: The distribution's version.
        spec_version: The version of the portal's contract.
        spec_sha256: The contract's hash, in hex.
        token: The kind of token its operations take; ``open`` for none.
        errors: The module that holds the API's error codes (``CODES``), imported at the first error.
        ahead: What of it was announced for production and wasn't there when the package was made.
    """

    name: str
    package: str
    version: str
    spec_version: str
    spec_sha256: str
    token: Literal["direct", "delegated", "either", "open"]
    errors: str
    ahead: tuple[Ahead, ...] = ()
