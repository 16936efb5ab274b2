"""Python names for the portal's names: ASCII, stable, never a keyword.

The words are split as openapi-python-client splits them, so that its class names and our method
and field names follow one rule: `opgjortdato` → `opgjortdato`, `cprNummer` → `cpr_nummer`.
"""

from __future__ import annotations

import builtins
import keyword
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "RESERVED_CLASSES",
    "attribute_names",
    "constant",
    "enum_members",
    "is_class_name",
    "method_name",
    "parameter_names",
    "pascal",
    "snake",
]

_TRANSLITERATE = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "AE", "Ø": "OE", "Å": "AA", "é": "e", "É": "E"}
)
# Names that a generated module imports itself: a schema of such a name gets `Schema` behind it.
RESERVED_CLASSES = frozenset(
    {
        *("Any", "ClassVar", "Decimal", "StrEnum", "Mapping", "MappingProxyType"),
        *("Field", "Keep", "KEEP", "Model", "ListOf", "MapOf", "ModelOf", "EnumOf", "UnionOf"),
        *("Api", "Operation", "CallOptions", "CodeInfo", "Identifier"),
        *("Client", "AsyncClient", "OpenClient", "AsyncOpenClient"),
        *("DirectAuth", "DelegatedAuth", "PortalAuth"),
        *("Pages", "AsyncPages", "Download", "AsyncDownload", "FileInput"),
        *("Changes", "AsyncChanges", "StoredDocument", "Sequence", "Iterable"),
        *("DocumentInput", "DocumentStore", "AsyncDocumentStore"),
    }
)
# A field of such a name would hide the type that another field's annotation means.
_ANNOTATION_NAMES = {"str", "int", "bool", "list", "dict", "date", "datetime"}
_MODEL_NAMES = {"additional_properties", "keep_unknown", "self", "to_input"}
# Parameters that every method has.
_METHOD_NAMES = {"self", "options", "file", "documents", "store"}
# What every client has, and what some have besides their operations.
_CLIENT_NAMES = {"aclose", "auth", "changes_since", "close", "download", "environment", "store"}


def _words(name: str) -> list[str]:
    """Split a name as openapi-python-client does, after making it ASCII."""
    name = name.translate(_TRANSLITERATE)
    if any(character.isupper() for character in name):
        name = " ".join(re.split("([A-Z]?[a-z]+)", name))
    return re.findall(r"[A-Za-z0-9]+", name)


def snake(name: str) -> str:
    """Write a name in snake case: `addBilagForKrav` → `add_bilag_for_krav`."""
    return "_".join(_words(name)).lower()


def pascal(name: str) -> str:
    """Write a name in Pascal case: `tvangsoploesning-dirigent` → `TvangsoploesningDirigent`."""
    return "".join(word if word.isupper() else word.capitalize() for word in _words(name))


def constant(name: str) -> str:
    """Write a name as a constant: `addKrav` → `ADD_KRAV`."""
    return snake(name).upper()


def is_class_name(name: str) -> bool:
    """Tell whether a name can be a generated class: ASCII, an identifier, no keyword."""
    return name.isascii() and name.isidentifier() and not keyword.iskeyword(name)


def _identifier(name: str, *, prefix: str) -> str:
    found = snake(name)
    if not found or not found[0].isalpha():
        found = f"{prefix}{found}".rstrip("_")
    return f"{found}_" if keyword.iskeyword(found) else found


def _unique(names: Iterable[str], *, taken: Iterable[str] = ()) -> tuple[str, ...]:
    """Number the names that occur twice, in their order: `a_b`, `a_b_2`, `a_b_3`."""
    used = set(taken)
    unique: list[str] = []
    for name in names:
        found, number = name, 1
        while found in used:
            number += 1
            found = f"{name.rstrip('_')}_{number}"
        used.add(found)
        unique.append(found)
    return tuple(unique)


def method_name(operation_id: str) -> str:
    """Name an operation's method: its operationId in snake case, `op_…` before a digit.

    A name that a client's own method or property has gets an underscore.
    """
    name = _identifier(operation_id, prefix="op_")
    return f"{name}_" if name in _CLIENT_NAMES else name


def attribute_names(json_names: Iterable[str]) -> tuple[str, ...]:
    """Name a model's attributes, in the order of its JSON members.

    Builtins stay (`part.type` hides nothing); keywords, names that annotations use and the
    model's own attributes get an underscore; names that fall together are numbered.
    """
    names = (_identifier(name, prefix="field_") for name in json_names)
    return _unique(
        f"{name}_" if name in _ANNOTATION_NAMES | _MODEL_NAMES else name for name in names
    )


def parameter_names(json_names: Iterable[str], *, taken: Iterable[str] = ()) -> tuple[str, ...]:
    """Name a method's parameters; here builtins get an underscore too, for they would be hidden.

    Args:
        json_names: The parameters' names in the spec.
        taken: Names that the method's other parameters have.
    """
    names = (_identifier(name, prefix="param_") for name in json_names)
    hidden = _METHOD_NAMES.union(dir(builtins))
    return _unique((f"{name}_" if name in hidden else name for name in names), taken=taken)


def enum_members(values: Iterable[str]) -> tuple[str, ...]:
    """Name an enum's members after their values: `USKIFTET_BO`, `VALUE_1183`.

    Values that give one name (`A-B`, `A_B`) are numbered in the spec's order: `A_B`, `A_B_2`.
    """
    members: list[str] = []
    for value in values:
        name = constant(value)
        members.append(name if name and name[0].isalpha() else f"VALUE_{name}".rstrip("_"))
    return _unique(members)
