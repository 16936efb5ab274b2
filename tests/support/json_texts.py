"""JSON as text, made by hypothesis: spellings are part of it, so that a lost digit shows.

Each strategy gives text. :func:`from_schema` makes one from a schema of a spec, and adds what the
portal may send one day: nulls, unknown members, unknown values of an enum.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from portalgen.document import Document

__all__ = [
    "UTF8",
    "amounts",
    "anything",
    "array",
    "booleans",
    "dates",
    "from_schema",
    "integers",
    "lists",
    "moments",
    "null",
    "obj",
    "objects",
    "spelled",
    "texts",
]

UTF8 = st.characters(exclude_categories=["Cs"])


def spelled(text: str | bytes) -> Any:
    """Parse JSON with every number as its text."""
    return json.loads(text, parse_int=lambda t: ("number", t), parse_float=lambda t: ("number", t))


def obj(members: dict[str, str]) -> str:
    return "{" + ",".join(f"{json.dumps(name)}:{value}" for name, value in members.items()) + "}"


def array(items: list[str]) -> str:
    return "[" + ",".join(items) + "]"


texts = st.text(UTF8, max_size=8).map(json.dumps)
booleans = st.sampled_from(["true", "false"])
integers = st.integers(-(10**40), 10**40).map(str)
# Up to six decimals: beyond, Decimal writes small numbers with an exponent (see test_codec).
amounts = st.builds(
    lambda sign, whole, decimals: sign + str(whole) + ("." + decimals if decimals else ""),
    st.sampled_from(["", "-"]),
    st.integers(1, 10**30) | st.integers(1, 1000),
    st.text("0123456789", max_size=6),
) | st.sampled_from(["0", "0.00", "0.10", "1.10"])
dates = st.dates().map(lambda d: f'"{d.isoformat()}"') | st.sampled_from(['"20220429"'])
moments = st.builds(
    lambda moment, digits, offset: (
        f'"{moment.isoformat(timespec="seconds")}{"." + digits if digits else ""}{offset}"'
    ),
    st.datetimes(),
    st.text("0123456789", max_size=9),
    st.sampled_from(["Z", "+00:00", "-00:00", "+02:00", "-03:30"]),
)
anything = st.recursive(
    texts | booleans | amounts | st.just("null"),
    lambda inner: (
        st.lists(inner, max_size=3).map(array)
        | st.dictionaries(st.text(UTF8, max_size=4), inner, max_size=3).map(obj)
    ),
    max_leaves=6,
)
null = st.just("null")


# No field's name begins so: Hypothesis also tries words that it finds in the code, field names among them.
unknown_names = st.text(UTF8, max_size=4).map("~{}".format)


def lists(items: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.lists(items | null, max_size=3).map(array)


def objects(
    required: dict[str, SearchStrategy[str]], optional: dict[str, SearchStrategy[str]]
) -> SearchStrategy[str]:
    """JSON objects with these members: optional ones may be missing or null; others come along."""
    known = {*required, *optional}
    return st.builds(
        lambda members, others: obj({**others, **members}),
        st.fixed_dictionaries(
            required, optional={name: value | null for name, value in optional.items()}
        ),
        st.dictionaries(unknown_names.filter(lambda k: k not in known), anything, max_size=2),
    )


_SCALARS = {"boolean": booleans, "integer": integers, "number": amounts}
_STRINGS = {"date": dates, "date-time": moments}


def from_schema(document: Document, schema: dict[str, Any]) -> SearchStrategy[str]:
    """JSON that the schema's model must carry.

    Args:
        document: Where the schema's references lead.
        schema: A schema in the style of the specs: objects, lists, plain values, enums.

    Raises:
        NotImplementedError: It is none of these.
    """
    if "$ref" in schema:  # may be a circle
        return st.deferred(lambda: from_schema(document, document.resolve(schema)))
    kind = schema.get("type")
    if kind == "array":
        return lists(from_schema(document, schema["items"]))
    if kind == "object" and "properties" in schema:
        members = {name: from_schema(document, node) for name, node in schema["properties"].items()}
        required = {name: members.pop(name) for name in schema.get("required", ())}
        return objects(required, members)
    if "enum" in schema:
        return st.sampled_from([json.dumps(value) for value in schema["enum"]]) | texts
    if kind == "string":
        return _STRINGS.get(schema.get("format", ""), texts)
    if kind in _SCALARS:
        return _SCALARS[kind]
    raise NotImplementedError(f"no JSON can be made yet for a schema of {sorted(schema)}")
