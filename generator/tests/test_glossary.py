"""The glossary says what every Danish word in the names of operations and schemas means."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portalgen.document import Document
from portalgen.yaml_file import read_yaml

SPECS = Path(__file__).parents[2] / "specs"
TERMS = tomllib.loads((SPECS / "glossary.toml").read_text(encoding="utf-8"))["terms"]
ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
# English words, and those that only say what part a schema plays.
NOT_DANISH = {
    *("add", "get", "all", "update", "delete", "search", "find", "for", "since", "changed", "v"),
    *("input", "query", "status", "type", "generic", "error", "response", "direction", "metadata"),
}


def words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", text)}


def names() -> set[str]:
    documents = [Document(read_yaml(path)) for path in sorted(SPECS.glob("*/*.*.*.yaml"))]
    return {
        name
        for document in documents
        for name in (
            *document.component_schemas,
            *(one.id for one in document.operations()),
            *fields_and_values(document.data),
        )
    }


def fields_and_values(node: Any) -> Iterator[str]:
    """Give the names of all fields below a node, and the values of all enumerations."""
    if isinstance(node, dict):
        yield from node.get("properties", ())
        yield from map(str, node.get("enum", ()))
    for child in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from fields_and_values(child)


def test_every_danish_word_in_a_name_is_explained():
    known = {
        word
        for term in TERMS
        for text in (term["ascii"], *term.get("also", ()))
        for word in words(text.translate(ASCII))
    }
    unknown = {name: words(name) - known - NOT_DANISH for name in names()}
    assert {name: missing for name, missing in unknown.items() if missing} == {}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["ascii"])
def test_a_term_is_whole(term):
    assert set(term) - {"also"} == {"danish", "ascii", "english", "meaning", "forklaring"}
    assert term["ascii"] == term["danish"].translate(ASCII)
    assert term["ascii"].isascii()
    for sentence in (term["meaning"], term["forklaring"]):
        assert re.fullmatch(r"[A-ZÆØÅ].*\.", sentence), "one sentence"
        assert not re.search(r"\. [A-ZÆØÅ]", sentence), "one sentence"


def test_no_term_stands_twice():
    counts = Counter(term["ascii"].casefold() for term in TERMS)
    assert [ascii_ for ascii_, count in counts.items() if count > 1] == []


def test_the_id_of_an_access_profile_goes_by_all_its_names():
    term = next(term for term in TERMS if term["danish"] == "adgangsprofil-id")
    assert {"profil-id", "likvidatorens id", "likvidatorens profil-id"} <= set(term["also"])
