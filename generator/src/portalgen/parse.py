"""Runs openapi-python-client's parser, in process, on a copy of a document made ready for it.

The parser prints warnings and leaves operations out; here every warning fails the API, named by
operation. What the tests in `tests/test_parser_contract.py` say of the parser, this module and
`join.py` rely on.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING

from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from portalgen.document import Document, Node
from portalgen.names import RESERVED_CLASSES, enum_members
from portalgen.problems import ApiProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openapi_python_client.parser.openapi import Endpoint

__all__ = ["Parsed", "parse", "parser_config"]

Parsed = GeneratorData


def parser_config(*, client: str = "") -> Config:
    """Give the parser's settings.

    Args:
        client: The name of the client class, which no schema may have.
    """
    reserved = sorted({*RESERVED_CLASSES, client, f"Async{client}"} - {"", "Async"})
    file = ConfigFile(
        # Without this the parser leaves out every operation that sends or answers a PDF.
        content_type_overrides={"application/pdf": "application/octet-stream"},
        class_overrides={
            name: ClassOverride.model_validate({"class_name": f"{name}Schema"}) for name in reserved
        },
    )
    return Config.from_sources(
        file, MetaType.NONE, Path("spec.yaml"), "utf-8", overwrite=False, output_path=None
    )


def parse(api: str, document: Document, *, client: str = "") -> Parsed:
    """Parse a document.

    Args:
        api: The API's name, for errors.
        document: The document; it is not changed.
        client: The name of the client class, which no schema may have.

    Raises:
        ApiProblem: The parser refused something or left it out, with the operation's name.
    """
    try:
        parsed = GeneratorData.from_dict(_prepared(document), config=parser_config(client=client))
    except (AttributeError, KeyError, LookupError, TypeError, ValueError) as error:
        # The parser meets some faults with a bare exception (an enum's names falling together).
        raise ApiProblem(api, [f"openapi-python-client failed: {error!r}"]) from error
    if isinstance(parsed, GeneratorError):
        raise ApiProblem(api, [_text(parsed)])
    ids = {(raw.method, raw.path): raw.id for raw in document.operations()}
    problems = [
        *(_text(warning) for warning in parsed.errors),
        *(
            f"{_operation_id(warning.header, ids)}: {_text(warning)}"
            for collection in parsed.endpoint_collections_by_tag.values()
            for warning in collection.parse_errors
        ),
    ]
    if problems:
        raise ApiProblem(api, problems)
    return parsed


def endpoints(parsed: Parsed) -> Iterable[Endpoint]:
    """Yield what the parser made of the operations."""
    for collection in parsed.endpoint_collections_by_tag.values():
        yield from collection.endpoints


def _operation_id(header: str, ids: dict[tuple[str, str], str]) -> str:
    """Find the operation of a warning: the parser names method and path in its header."""
    named = (name for (method, path), name in ids.items() if f"{method} {path} within" in header)
    return next(named, header)


def _text(error: GeneratorError) -> str:
    return " ".join(f"{error.header} {error.detail or ''}".split())


def _prepared(document: Document) -> Node:
    """Copy a document and change what the parser would get wrong.

    * Titles go: an inline object is named after where it stands, so that a new title in a spec
      never renames a class.
    * `nullable` goes: the parser would make a union of it, and name a component's class `…Type0`.
      Every field that may be missing is `T | None` anyway.
    * Members beside `allOf` go into it: the parser forgets them if it holds one reference only.
    * Enums get member names that don't fall together, and lose `null`.
    * Enums written inside shared parameters become schemas of the parameter's name: one class
      instead of one for each operation.
    """
    data = copy.deepcopy(document.data)
    copied = Document(data)
    _lift_parameter_enums(data)
    for schema in copied.schemas():
        schema.pop("title", None)
        schema.pop("nullable", None)
        if "enum" in schema:
            values = [value for value in schema["enum"] if value is not None]
            schema["enum"] = values
            if all(isinstance(value, str) for value in values):
                schema["x-enum-varnames"] = list(enum_members(values))
        if "allOf" in schema and "properties" in schema:
            own = {key: schema.pop(key) for key in ("properties", "required") if key in schema}
            schema["allOf"] = [*schema["allOf"], {"type": "object", **own}]
    return data


def _lift_parameter_enums(data: Node) -> None:
    components = data.get("components", {})
    for name, parameter in components.get("parameters", {}).items():
        schema = parameter.get("schema", {})
        schemas = components.setdefault("schemas", {})
        if "enum" in schema and name not in schemas:
            schemas[name] = schema
            parameter["schema"] = {"$ref": f"#/components/schemas/{name}"}
