"""Files that nobody honest would send, or that were broken on the way: none of them may be taken in.

Each is made from a good file by one fault. `good()` is that file; it is taken in, so that what refuses the others is
their fault.
"""

from __future__ import annotations

import io
import json
import stat
import zipfile
from typing import TYPE_CHECKING, Any

import attrs
from made_up_updates import REMOVED, edited, first, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

API = "person"
VERSION = "1.0.0"
_INFO = "/info"
_SCHEMAS = "/components/schemas"
_PERSON = f"{_SCHEMAS}/person"
_FILE = "file" + "://"  # in two words: the house lets no file name a machine's path
_NAME = f"{_PERSON}/properties/navn"
_GET = "/paths/~1personer~1{personId}/get"
# Where a hostile file would write or read, if something of it ran.
CANARY = "hostile-canary"
_CODE = f"__import__('pathlib').Path('{CANARY}').touch()"


@attrs.frozen(kw_only=True)
class Hostile:
    """A file that must be refused.

    Attributes:
        kind: What kind of fault it has.
        name: What is wrong.
        file: Its name.
        content: Its bytes.
        says: A word of the refusal.
    """

    kind: str
    name: str
    file: str
    content: bytes = attrs.field(repr=False)
    says: str

    def write(self, folder: Path) -> Path:
        """Write it into a folder."""
        path = folder / self.file
        path.write_bytes(self.content)
        return path


def good() -> bytes:
    """The file that the others are made from."""
    return text(first(API))


def _yaml(kind: str, name: str, says: str, content: bytes, ending: str = "yaml") -> Hostile:
    file = f"person-{name.replace(' ', '-')}.{ending}"
    return Hostile(kind=kind, name=name, file=file, content=content, says=says)


def _edited(kind: str, name: str, says: str, edits: Mapping[str, Any]) -> Hostile:
    return _yaml(kind, name, says, json.dumps(edited(first(API), edits)).encode(), "json")


def _zip(name: str, says: str, fill: Callable[[zipfile.ZipFile], None]) -> Hostile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return _yaml("archive", name, says, packed.getvalue(), "zip")


def _renamed(pointer: str, old: str, new: str) -> dict[str, Any]:
    """Edits that give a member of a mapping another name."""
    node: Any = first(API)
    for step in pointer.split("/")[1:]:
        node = node[step]
    escaped = new.replace("~", "~0").replace("/", "~1")
    return {f"{pointer}/{old}": REMOVED, f"{pointer}/{escaped}": node[old]}


def _laughs(levels: int) -> bytes:
    lines = ["x0: &x0 [lol, lol]"]
    lines += [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, levels)]
    return good() + "\n".join(lines).encode()


def _composed(levels: int) -> dict[str, Any]:
    """Schemas each of which is put together from the next one, ten times."""
    edits: dict[str, Any] = {f"{_SCHEMAS}/z{levels}": {"type": "object"}}
    for n in range(levels):
        parts = [{"$ref": f"#/components/schemas/z{n + 1}"}] * 10
        edits[f"{_SCHEMAS}/z{n}"] = {"allOf": parts}
    return edits


def _nested(depth: int) -> bytes:
    return good() + b"x-deep: " + b"[" * depth + b"]" * depth


def _member(name: str, content: bytes | None = None) -> Callable[[zipfile.ZipFile], None]:
    return lambda archive: archive.writestr(name, good() if content is None else content)


def _symlink(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("person.yaml")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def _two_of_one_api(archive: zipfile.ZipFile) -> None:
    archive.writestr("a/person-oas.yaml", good())
    archive.writestr("b/person-oas.yaml", good().replace(b"version: 1.0.0", b"version: 1.1.0"))


def _encrypted() -> Hostile:
    found = _zip("encrypted", "is encrypted", _member("person.yaml"))
    content = bytearray(found.content)
    content[content.index(b"PK\x01\x02") + 8] |= 1
    content[6] |= 1
    return attrs.evolve(found, content=bytes(content))


def _lying_size() -> Hostile:
    """An archive whose directory says that its member is small."""
    found = _zip(
        "lying size",
        "no archive that can be read|unpacks to more",
        _member("person.yaml", bytes(20_000_000)),
    )
    content = bytearray(found.content)
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = (100).to_bytes(4, "little")
    return attrs.evolve(found, content=bytes(content))


def hostile() -> list[Hostile]:
    """Make all of them."""
    return [
        *_code(),
        *_references(),
        *_bombs(),
        *_encodings(),
        *_yaml_tricks(),
        *_patterns(),
        *_numbers(),
        *_no_spec(),
        *_versions(),
        *_archives(),
        *_contradictions(),
    ]


def _code() -> list[Hostile]:
    names = {
        "statement as a property": "x = 1; import os",
        "call as a property": _CODE,
        "quotes as a property": 'navn": (), "',
        "newline in a property": "navn\n    import os",
        "dunder as a property": "__class__",
        "bidi in a property": "navn\u202exe",
    }
    texts = {
        "three quotes in a description": f'Slut."""\n{_CODE}\n"""',
        "import in a description": "Tekst.\nimport os\nos.system('id')",
        "template in a description": "{{ self.__init__.__globals__ }}",
        "template statement in a description": "{% include '/etc/passwd' %}",
        "shell in a description": "Se $(touch x) eller ${HOME}",
        "script in a description": "<script>alert(1)</script>",
        "handler in a description": "<img src=x onerror=alert(1)>",
        "javascript in a description": "[Vejledning](javascript:alert(1))",
        "control signs in a description": "Tekst\x1b[2Jmere",
        "bidi in a description": "Tekst \u2066mere",
        "eval in a description": "Kald eval(input) her",
    }
    return [
        *(
            _edited("code in a name", name, "name", _renamed(f"{_PERSON}/properties", "navn", new))
            for name, new in names.items()
        ),
        _edited("code in a name", "schema name", "name", _renamed(_SCHEMAS, "adresse", "a b()") | {f"{_PERSON}/properties/adresse": {}}),
        _edited("code in a name", "operation id", "operationId", {f"{_GET}/operationId": "get; import os"}),
        _edited("code in a name", "operation id of signs", "operationId", {f"{_GET}/operationId": "../../x"}),
        _edited("code in a name", "parameter name", "parameter", {f"{_GET}/parameters": [{"name": "a b", "in": "query", "schema": {}}]}),
        _edited("code in a name", "path", "no path", {"/paths/~1..~1..~1etc": {"get": {}}}),
        _edited("code in a name", "path of an address", "no path", {"/paths/https:~1~1evil.example": {"get": {}}}),
        *(
            _edited("code in a description", name, "holds", {f"{_NAME}/description": words})
            for name, words in texts.items()
        ),
        _edited("code in a description", "title", "holds", {f"{_INFO}/title": f'"""{_CODE}'}),
        _edited("code in a description", "enum value", "holds", {f"{_NAME}/enum": ['"""', "b"]}),
        _edited("code in a description", "extension", "holds", {"/x-note": f"{_CODE}"}),
    ]  # fmt: skip


def _references() -> list[Hostile]:
    outside = {
        "file": f"{_FILE}/etc/passwd",
        "relative file": "../../../etc/passwd#/root",
        "address": "https://evil.example/spec.yaml#/components/schemas/x",
        "local address": "http://169.254.169.254/latest",
        "other file": "faelles.yaml#/components/schemas/person",
    }
    loop = {
        f"{_SCHEMAS}/a": {"$ref": "#/components/schemas/b"},
        f"{_SCHEMAS}/b": {"$ref": "#/components/schemas/a"},
    }
    return [
        *(
            _edited("reference outside", name, "leads out of the file", {_NAME: {"$ref": target}})
            for name, target in outside.items()
        ),
        _edited("reference outside", "example elsewhere", "leads out of the file", {"/components/examples": {"a": {"externalValue": f"{_FILE}/etc/passwd"}}}),
        _edited("reference outside", "schema id", "leads out of the file", {f"{_PERSON}/$id": "https://evil.example/"}),
        _edited("reference loop", "to itself", "leads to itself", {f"{_SCHEMAS}/a": {"$ref": "#/components/schemas/a"}}),
        _edited("reference loop", "in a circle", "leads to itself", loop),
        _edited("reference loop", "put together from itself", "put together from themselves", {f"{_SCHEMAS}/a": {"allOf": [{"$ref": "#/components/schemas/a"}]}}),
        _edited("reference loop", "either itself or text", "put together from themselves", {f"{_SCHEMAS}/a": {"oneOf": [{"not": {"$ref": "#/components/schemas/a"}}]}}),
        _edited("reference loop", "nowhere", "leads nowhere", {_NAME: {"$ref": "#/components/schemas/findesIkke"}}),
        _edited("reference loop", "no text", "must be text", {_NAME: {"$ref": 1}}),
    ]  # fmt: skip


def _bombs() -> list[Hostile]:
    many = {
        f"/paths/~1p{n}": {"get": {"operationId": f"p{n}", "responses": {}}} for n in range(1_001)
    }
    return [
        _yaml("bomb", "billion laughs", "values", _laughs(10)),
        _yaml("bomb", "alias to its own parent", "nested", good() + b"x-a: &a {b: *a}"),
        _yaml("bomb", "deep nesting", "nested", _nested(5_000)),
        _yaml("bomb", "rather deep nesting", "nested", _nested(70)),
        _yaml("bomb", "fifty megabytes", "larger", b"# " + b"x" * 50_000_000),
        _yaml("bomb", "a million values", "values", good() + b"x-a: [" + b"1," * 1_000_000 + b"1]"),
        _edited("bomb", "references that multiply", "put together from more than", _composed(8)),
        _edited("bomb", "a thousand paths", "more than 1000", many),
        _edited("bomb", "an endless text", "characters", {f"{_NAME}/description": "x" * 60_000}),
    ]


def _encodings() -> list[Hostile]:
    words = good().decode()
    return [
        _yaml("encoding", "utf 16", "NUL bytes", words.encode("utf-16")),
        _yaml("encoding", "utf 32", "NUL bytes", words.encode("utf-32")),
        _yaml("encoding", "latin 1", "not UTF-8", words.encode("latin-1"), "txt"),
        _yaml("encoding", "nul bytes", "NUL bytes", good() + b"x-a: \0"),
        _yaml("encoding", "half a character", "lone surrogate", good() + b'x-a: "\\ud800"'),
        _yaml("encoding", "no text", "not UTF-8", bytes(range(1, 256))),
    ]


def _yaml_tricks() -> list[Hostile]:
    tags = {
        "python object": f"!!python/object/apply:os.system ['touch {CANARY}']",
        "python name": "!!python/name:os.system",
        "own tag": "!include /etc/passwd",
        "binary": "!!binary aGVq",
        "set": "!!set {a, b}",
    }
    return [
        *(_yaml("yaml tag", name, "tag", good() + f"x-a: {tag}\n".encode()) for name, tag in tags.items()),
        _yaml("yaml trick", "duplicate key", "second time", good() + b"paths: {}\n"),
        _yaml("yaml trick", "merge key", "merge", good() + b"x-a: {<<: {b: 1}}\n"),
        _yaml("yaml trick", "two documents", "YAML", good() + b"---\nopenapi: 3.0.3\n"),
        _yaml("yaml trick", "key that is a list", "key must be", good() + b"x-a: {[a, b]: 1}\n"),
        _yaml("yaml trick", "broken in the middle", "YAML", good()[:900] + b"\n\t: ]["),
    ]  # fmt: skip


def _patterns() -> list[Hostile]:
    slow = [
        "(a+)+$",
        "^(\\w*)*x",
        "(a|a)*$",
        "(.*a){20}",
        "^(([a-z])+.)+$",
        "(a{1000}){1000}",
        "x" * 600,
    ]
    return [
        _edited(
            "slow pattern",
            f"number {number}",
            "the pattern",
            {f"{_NAME}/pattern": pattern, f"{_NAME}/default": "a" * 40 + "!"},
        )
        for number, pattern in enumerate([*slow, "(a)\\1", "[a-"], 1)
    ]


def _numbers() -> list[Hostile]:
    return [
        _yaml("number", "huge integer", "read as int", good() + b"x-a: " + b"9" * 5_000),
        _yaml("number", "rather huge integer", "number", good() + b"x-a: " + b"9" * 100),
        _yaml("number", "endless float", "too big", good() + b"x-a: 1e999"),
        _yaml("number", "not a number", "minimum", good().replace(b"status:\n", b"status:\n          minimum: .nan\n", 1)),
    ]  # fmt: skip


def _no_spec() -> list[Hostile]:
    return [
        _yaml("no OpenAPI", "empty", "mapping", b""),
        _yaml("no OpenAPI", "a list", "mapping", b"- openapi"),
        _yaml("no OpenAPI", "a page", "openapi|YAML|mapping", b"<!doctype html><title>404</title>", "txt"),
        _yaml("no OpenAPI", "a mapping", "only OpenAPI 3.0", b"a: 1"),
        _edited("no OpenAPI", "version 3.1", "only OpenAPI 3.0", {"/openapi": "3.1.0"}),
        _edited("no OpenAPI", "version 2.0", "only OpenAPI 3.0", {"/openapi": REMOVED, "/swagger": "2.0"}),
        _edited("no OpenAPI", "no paths", "/paths", {"/paths": {}}),
        _edited("no OpenAPI", "no operations", "/paths", {"/paths": {"/a": {"summary": "x"}}}),
        _edited("no OpenAPI", "paths in a list", "/paths", {"/paths": ["/a"]}),
        _edited("no OpenAPI", "no info", "/info", {"/info": REMOVED}),
        _edited("no OpenAPI", "components in a list", "/components", {"/components": []}),
        _edited("no OpenAPI", "servers as text", "/servers", {"/servers": "https://x"}),
    ]  # fmt: skip


def _versions() -> list[Hostile]:
    bad = [
        "1.4",
        "v1.4.0",
        "1.4.0-beta",
        "01.4.0",
        "1.4.0\n",
        "../../1.4.0",
        "1.4.0/../..",
        "",
        1.4,
        None,
        "\u0661.\u0664.\u0660",
    ]
    return [
        *(
            _edited("version", f"version {number}", "/info/version", {f"{_INFO}/version": version})
            for number, version in enumerate(bad, 1)
        ),
        _edited("version", "none", "/info/version", {f"{_INFO}/version": REMOVED}),
    ]


def _archives() -> list[Hostile]:
    name = "would leave its folder"
    return [
        _zip("upwards", name, _member("../../specs/person/1.0.0.yaml")),
        _zip("absolute", name, _member("/etc/cron.d/person.yaml")),
        _zip("backslashes", name, _member("..\\..\\person.yaml")),
        _zip("drive", name, _member("C:person.yaml")),
        _zip("bomb in an archive", "unpacks to more", _member("person.yaml", bytes(60_000_000))),
        _zip("many files", "files", lambda archive: [archive.writestr(f"{n}.txt", b"x") for n in range(300)] and None),
        _zip("link", "link", _symlink),
        _zip("two of one api", "second file of person", _two_of_one_api),
        _zip("no spec", "holds no file", _member("vejledning.pdf")),
        _zip("archive in an archive", "holds no file", _member("person.zip")),
        _encrypted(),
        _lying_size(),
        _yaml("archive", "broken", "no archive", b"PK\x03\x04 and no more", "zip"),
        _yaml("archive", "spec called archive", "no archive", good(), "zip"),
    ]  # fmt: skip


def _contradictions() -> list[Hostile]:
    path = "/paths/~1personer~1{personId}"
    other = first("virksomhed")
    stranger = {
        path: REMOVED,
        "/paths/~1konkurser": {"get": {"operationId": "getAllKonkurs", "responses": {}}},
    }
    get = first(API)["paths"]["/personer/{personId}"]["get"]
    return [
        _edited("contradiction", "title of another api", "points to different APIs", {f"{_INFO}/title": other["info"]["title"]}),
        Hostile(kind="contradiction", name="file name of another api", file="person-oas.yaml", content=text(other), says="points to different APIs"),
        Hostile(kind="contradiction", name="no api of ours", file="konkurs-oas.json", content=json.dumps(edited(first(API), stranger | {f"{_INFO}/title": "Api til konkurser"})).encode(), says="of no API that the registry knows"),
        _edited("contradiction", "two operations of one name", "gives the method", {"/paths/~1folk": {"get": get}}),
        _edited("contradiction", "no operation id", "operationId", {f"{_GET}/operationId": REMOVED}),
        _edited("contradiction", "parameter that is not there", "no parameter is declared", {f"{path}/parameters": []}),
        _edited("contradiction", "body that no client sends", "content", {f"{_GET}/responses/200/content": {"text/xml": {"schema": {"type": "string"}}}}),
        _edited("contradiction", "no type", "schemas", {f"{_PERSON}/type": "objekt"}),
    ]  # fmt: skip
