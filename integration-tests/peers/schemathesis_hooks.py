"""What schemathesis has to be told of the portal, in its own process: real cases, PDF files, and what a rule may refuse.

Loaded by `schemathesis_run.py` through the variable ``SCHEMATHESIS_HOOKS``. Each business rule that refuses data which
the specification allows is written, one JSON line each, to the file that ``JUDGES_REFUSALS`` names.
"""

from __future__ import annotations

import json
import os
import re
import uuid
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import strategies as st

from skifteportal.sandbox.oas import resolve
from skifteportal.sandbox.pdf_page import one_page_pdf

PARENTS = {
    "doedsbojournalId": "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0002",
    "sagId": "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8",
}
"""Estate and case that are there: without them every call below them ends at "not found"."""

WITHOUT_A_CODE = (
    ("no file name (guide 4.3.4)", "addBilag.*|addV2", "Content-Disposition"),
    ("no such document of the caller's (guide 4.5.3)", ".*", r"(.*\.)?(bilag\.\d+|dokumentId)"),
    (
        "a party that does not say who it is (the setting parties_named)",
        "(add|update)(Krav|Tilgodehavende)",
        r"(kreditor|debitor|tredjepart)(\.person\.personId)?",
    ),
    ("a list without that field", "getAll.*|hentSager|s(earch|oeg).*", "sort"),
    ("a search for nothing", "soegSager|soegVirksomheder", "cvrNummer"),
    ("a search for nothing", "soegAdresser", "tekst"),
)
"""Rules of the portal's that have no code of their own: what they refuse, in which operations, naming which field."""

FILES = ("application/pdf", "application/octet-stream")
NAME = st.just('filename="bilag.pdf"')
PDF = one_page_pdf("Bilag")
MOSTLY_GOOD = st.one_of(st.just(PDF), st.just(PDF), st.just(PDF), st.binary(max_size=300))
REFUSED = range(400, 500)
TAKEN = {401, 403, 404, 409}  # of who asks and what is there, not of the data; listed, too


@schemathesis.serializer(*FILES)
def as_it_is(_context: schemathesis.SerializationContext, value: Any) -> dict[str, Any]:
    """Send a file's bytes; what is no file, as JSON would have it."""
    return {"data": value if isinstance(value, bytes) else json.dumps(value).encode()}


for kind in FILES:
    schemathesis.openapi.media_type(kind, MOSTLY_GOOD)


@schemathesis.hook
def map_path_parameters(
    _context: schemathesis.HookContext, path_parameters: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Put an estate or a case that is there where any id would do; one in eight stays, and is not found."""
    for name, known in PARENTS.items():
        value = (path_parameters or {}).get(name)
        if path_parameters and is_id(value) and uuid.UUID(str(value)).int % 8:
            path_parameters[name] = known
    return path_parameters


@schemathesis.hook
def map_body(_context: schemathesis.HookContext, body: Any) -> Any:
    """Refer to a document that is there where any id would do; one in eight stays, and is refused."""
    if isinstance(body, dict):
        return {
            name: stored(value) if name == "dokumentId" else map_body(_context, value)
            for name, value in body.items()
        } | (
            {"bilag": [stored(one) for one in body["bilag"]]}
            if isinstance(body.get("bilag"), list)
            else {}
        )
    return [map_body(_context, one) for one in body] if isinstance(body, list) else body


@schemathesis.hook
def map_query(context: schemathesis.HookContext, query: dict[str, Any] | None) -> Any:
    """Sort by a field that the list has where any text would do; one in eight stays, and is refused."""
    fields = sortable(context.operation)
    if query and fields and isinstance(query.get("sort"), str) and len(query["sort"]) % 8:
        query["sort"] = fields[len(query["sort"]) % len(fields)]
    return query


def sortable(operation: Any) -> list[str]:
    """Name the plain members of the entries that an operation lists."""
    document = operation.schema.raw_schema
    answer = resolve(document, operation.definition.raw["responses"].get("200", {}))
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    items = resolve(document, resolve(document, schema).get("items", {}))
    return sorted(
        name
        for name, member in items.get("properties", {}).items()
        if resolve(document, member).get("type") in {"string", "number", "boolean"}
    )


def stored(value: Any) -> Any:
    """A document of the caller's in place of an id."""
    return os.environ["JUDGES_DOCUMENT"] if is_id(value) and uuid.UUID(value).int % 8 else value


def without_a_code(operation: str, field: str) -> str | None:
    """Name the rule without a code that refuses an operation for a field; None if there is none."""
    for rule, operations, fields in WITHOUT_A_CODE:
        if re.fullmatch(operations, operation) and re.fullmatch(fields, field):
            return f"no code: {rule}"
    return None


def is_id(value: object) -> bool:
    """Whether a path parameter keeps to its schema."""
    try:
        return str(uuid.UUID(str(value))) == str(value).lower()
    except ValueError:
        return False


@schemathesis.check
def taken_or_refused_by_a_rule(
    _context: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> bool | None:
    """What the specification allows is taken, or refused with the code of a business rule, which is noted."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return None
    status = response.status_code
    if status not in REFUSED:
        return None
    said = response.json() if "json" in response.headers.get("content-type", [""])[0] else {}
    operation = case.operation.definition.raw["operationId"]
    code = said.get("fejlkode") or without_a_code(operation, str(said.get("felt")))
    if code is None and status in TAKEN:
        code = f"no code: status {status}"
    if code is None:
        raise AssertionError(
            f"Valid data was refused with {status} and no code: {said.get('besked')}"
        )
    with Path(os.environ["JUDGES_REFUSALS"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps([operation, code]) + "\n")
    return None
