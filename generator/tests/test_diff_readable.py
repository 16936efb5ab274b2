"""What is no OpenAPI 3.0 is not compared: the answer would be one that no reader of the file gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from diff_spec import GET, INPUT, KRAV, POST, edited, spec

from portalgen.cli import main
from portalgen.diff.readable import unreadable
from portalgen.yaml_file import read_yaml

_ROOT = Path(__file__).parents[2]
_SPECS = sorted((_ROOT / "specs").glob("*/[0-9]*.yaml"))
_TYPES: dict[str, Any] = {f"{KRAV}/titel/type": ["string", "null"]}
_TWICE: dict[str, Any] = {f"{GET}/operationId": "addKrav"}


@pytest.mark.parametrize("path", _SPECS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_our_own_files_can_be_compared(path):
    assert list(unreadable(read_yaml(path))) == []


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ({"/openapi": "3.1.0"}, ["/openapi: is '3.1.0'; only OpenAPI 3.0 can be compared"]),
        ({"/openapi": 3.0}, ["/openapi: is 3.0; only OpenAPI 3.0 can be compared"]),
        (_TYPES, [f'{KRAV}/titel/type: ["string","null"] is not of type "string"']),
        ({f"{INPUT}/note/type": "tekst"}, [f'{INPUT}/note/type: "tekst" is not one of']),
        ({f"{INPUT}/note": {"$ref": 1}}, [f'{INPUT}/note/$ref: 1 is not of type "string"']),
        ({"/info": []}, ["/info: []"]),
        ({"/paths": "none"}, ['/paths: "none"']),
        ({"/paths/~1krav": "none"}, ['/paths/~1krav: "none"']),
        ({POST: "none"}, [f'{POST}: "none"']),
        ({f"{POST}/operationId": 1}, [f"{POST}/operationId: 1 is not"]),
        ({"/paths": {}, "/andet": 1}, ["/: Additional properties are not allowed ('andet'"]),
        (
            _TWICE,
            [f"{POST}/operationId: 'addKrav' gives the same method as {GET}/operationId"],
        ),
        ({f"{GET}/operationId": "add_krav"}, [f"{POST}/operationId: 'addKrav' gives the same"]),
        (_TYPES | _TWICE, [f"{KRAV}/titel/type: ", f"{POST}/operationId: "]),
    ],
)
def test_what_is_wrong_is_said_with_its_place(edits, says):
    found = list(unreadable(edited(edits)))
    assert len(found) == len(says), found
    for one, beginning in zip(found, says, strict=True):
        assert one.startswith(beginning)
        assert len(one) < 400


def test_an_operation_without_a_name_is_like_no_other():
    nameless = edited({})
    for item in nameless["paths"].values():
        for method in ("get", "put", "post"):
            item.get(method, {}).pop("operationId", None)
    assert list(unreadable(nameless)) == []


@pytest.mark.parametrize("command", [("diff",), ("impact", "--code", str(Path(__file__)))])
@pytest.mark.parametrize("broken", [_TYPES, _TWICE, _TYPES | _TWICE])
def test_either_file_is_refused(tmp_path, command, broken):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(yaml.safe_dump(spec()), "utf-8")
    bad.write_text(yaml.safe_dump(edited(broken)), "utf-8")
    for pair in ((good, bad), (bad, good)):
        arguments = [*command, "--api", "person", *map(str, pair)]
        result = CliRunner().invoke(main, ["--root", str(_ROOT), *arguments])
        assert result.exit_code == 2, result.output
        assert f"{bad} can't be compared: /" in result.stderr
        assert ("(and 1 more)" in result.stderr) == (len(broken) > 1)
        assert result.stdout == ""
