"""Updates of our specs that we made up: what a portal's next files may look like, with the verdict on each.

The updates of an API follow one another: each is made from the file before it. None of them is the portal's.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import tomlkit
import yaml

from portalgen.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

SPECS = Path(__file__).parents[2] / "specs"
REMOVED = object()


@attrs.frozen
class Moved:
    """A value that stood elsewhere before, at this JSON pointer."""

    pointer: str


@attrs.frozen(kw_only=True, eq=False)
class Update:
    """A new version of an API's file.

    Attributes:
        name: What is done, in a few words.
        api: The API.
        version: The new version.
        edits: New values by JSON pointer; REMOVED takes a value away, Moved takes it from elsewhere.
        wire: What it breaks for an installed client.
        client: What it breaks in code.
        says: A word that the report must contain.
    """

    name: str
    api: str
    version: str
    edits: Mapping[str, Any]
    wire: str
    client: str
    says: str

    @property
    def fragment(self) -> str:
        """The kind of the changelog fragment."""
        kinds = {"major": "breaking", "minor": "feature", "patch": "fix", "none": "internal"}
        return kinds[self.client]


_SCHEMAS = "/components/schemas"
_COMPANY = f"{_SCHEMAS}/virksomhed/properties"
_PERSON = f"{_SCHEMAS}/person"
_ONE = "/paths/~1embeder~1{embedeId}"
_ANSWER = {
    "200": {
        "description": "Åbningstiderne",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/aabningstid"}}},
    },
    "default": {"$ref": "#/components/responses/genericErrorResponse"},
}

UPDATES: tuple[Update, ...] = (
    Update(
        name="only a description",
        api="virksomhed",
        version="1.0.1",
        edits={f"{_SCHEMAS}/virksomhed/description": "En virksomhed, som CVR kender den."},
        wire="none",
        client="patch",
        says="virksomhed",
    ),
    Update(
        name="a new optional field in an answer",
        api="virksomhed",
        version="1.1.0",
        edits={f"{_COMPANY}/antalAnsatte": {"type": "integer", "description": "Antal ansatte."}},
        wire="minor",
        client="minor",
        says="antalAnsatte",
    ),
    Update(
        name="a new enum value in an answer",
        api="virksomhed",
        version="1.2.0",
        edits={f"{_SCHEMAS}/virksomhedStatus/enum/12": "UNDER_GENOPTAGELSE"},
        wire="major",  # for a reader that knows a closed list; ours keeps what it doesn't know
        client="minor",
        says="UNDER_GENOPTAGELSE",
    ),
    Update(
        name="a removed enum value",
        api="virksomhed",
        version="2.0.0",
        edits={f"{_SCHEMAS}/virksomhedStatus/enum/11": REMOVED},
        wire="minor",
        client="major",
        says="SLETTET",
    ),
    Update(
        name="a removed field",
        api="virksomhed",
        version="3.0.0",
        edits={f"{_COMPANY}/branche": REMOVED},
        wire="major",
        client="major",
        says="branche",
    ),
    Update(
        name="a field that must be sent now",
        api="virksomhed",
        version="4.0.0",
        edits={f"{_SCHEMAS}/virksomhedQuery/required": ["navn"]},
        wire="major",
        client="major",
        says="navn",
    ),
    Update(
        name="a new operation",
        api="retskreds",
        version="1.1.0",
        edits={
            f"{_SCHEMAS}/aabningstid": {
                "type": "object",
                "properties": {"dag": {"type": "string"}, "fra": {"type": "string"}},
            },
            f"{_ONE}~1aabningstid": {
                "parameters": [{"$ref": "#/components/parameters/embedeId"}],
                "get": {"operationId": "getAabningstid", "responses": _ANSWER},
            },
        },
        wire="minor",
        client="minor",
        says="getAabningstid",
    ),
    Update(
        name="a removed operation",
        api="retskreds",
        version="2.0.0",
        edits={"/paths/~1embeder": REMOVED},
        wire="major",
        client="major",
        says="getAllEmbede",
    ),
    Update(
        name="a moved path",
        api="retskreds",
        version="3.0.0",
        edits={"/paths/~1kontorer~1{embedeId}": Moved(_ONE)},
        wire="major",
        client="minor",
        says="/kontorer",
    ),
    Update(
        name="a renamed operation",
        api="person",
        version="1.1.0",
        edits={"/paths/~1personer~1{personId}/get/operationId": "hentPerson"},
        wire="none",
        client="major",
        says="hent_person",
    ),
    Update(
        name="a renamed field",
        api="person",
        version="2.0.0",
        edits={
            f"{_PERSON}/properties/foedselsdag": Moved(f"{_PERSON}/properties/foedselsdato"),
            f"{_PERSON}/example/foedselsdag": Moved(f"{_PERSON}/example/foedselsdato"),
        },
        wire="major",
        client="major",
        says="foedselsdato",
    ),
    Update(
        name="another type",
        api="person",
        version="3.0.0",
        edits={
            f"{_SCHEMAS}/adresse/properties/postnummer/type": "integer",
            f"{_PERSON}/example/adresse/postnummer": 4000,
        },
        wire="major",
        client="major",
        says="postnummer",
    ),
    Update(
        name="a deprecated operation",
        api="person",
        version="3.1.0",
        edits={"/paths/~1personer~1{personId}/get/deprecated": True},
        wire="minor",
        client="minor",
        says="deprecated",
    ),
)
APIS = tuple(dict.fromkeys(update.api for update in UPDATES))


def edited(document: Mapping[str, Any], edits: Mapping[str, Any]) -> dict[str, Any]:
    """Give a copy of a document with values put at JSON pointers, taken away, or moved."""
    found: dict[str, Any] = copy.deepcopy(dict(document))
    for pointer, value in edits.items():
        if isinstance(value, Moved):
            holder, key = _place(found, value.pointer)
            new = holder.pop(key)
        else:
            new = copy.deepcopy(value) if value is not REMOVED else REMOVED
        holder, key = _place(found, pointer)
        if new is REMOVED:
            del holder[key]
        elif isinstance(holder, list) and key == len(holder):
            holder.append(new)
        else:
            holder[key] = new
    return found


def _place(document: Any, pointer: str) -> tuple[Any, Any]:
    *path, last = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    node = document
    for step in path:
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node, int(last) if isinstance(node, list) else last


def first(api: str) -> dict[str, Any]:
    """Give the document that an API's updates begin with: our reconstruction."""
    return read_yaml(SPECS / api / "1.0.0-reconstructed.yaml")


def history(api: str) -> dict[Update, dict[str, Any]]:
    """Give an API's updates in order, each with its document."""
    document, found = first(api), dict[Update, dict[str, Any]]()
    for update in UPDATES:
        if update.api == api:
            document = edited(document, {**update.edits, "/info/version": update.version})
            found[update] = document
    return found


def text(document: Mapping[str, Any]) -> bytes:
    """Write a document as the portal would."""
    return yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=False).encode()


def small_house(root: Path, apis: tuple[str, ...] = APIS) -> None:
    """Make a checkout of some APIs of ours in an empty folder: registry, specs, error codes, licence."""
    document = tomlkit.parse((SPECS / "portal.toml").read_text(encoding="utf-8"))
    tables: Any = document["apis"]
    for name in [one for one in tables if one not in apis]:
        del tables[name]
    for path in (
        *SPECS.glob("errors/*"),
        *(one for api in apis for one in (SPECS / api).iterdir()),
    ):
        copied = root / path.relative_to(SPECS.parent)
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(path.read_bytes())
    (root / "specs/portal.toml").write_text(tomlkit.dumps(document), encoding="utf-8", newline="\n")
    (root / "LICENSE").write_bytes((SPECS.parent / "LICENSE").read_bytes())
