"""Text from a spec reaches generated files as data, whatever it holds."""

from __future__ import annotations

import ast
import json
import tomllib
from typing import Any

import pytest
from generator_shop import answers, json_body, ref
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from portalgen.docstrings import Section, docstring
from portalgen.escape import (
    SpecText,
    clean,
    in_code_span,
    in_docstring,
    in_markdown,
    literal,
    toml_string,
)
from portalgen.rendering import _environment, render

HOSTILE = [
    '"""\nimport os; os.environ["HACKED"] = "1"\n"""',
    "'); __import__('os').environ.update(HACKED='1'); ('",
    '\\"""\\',
    "\\",
    '"',
    "{{ 7 * 7 }}{% raw %}",
    "{__import__('os')}",
    "\N{RIGHT-TO-LEFT OVERRIDE}# slut\x00\x1b[31m\N{LINE SEPARATOR}x",
    "linje\r\nlinje",
    "`|<script>",
    "\ud800",
]


@given(st.text())
def test_a_literal_evaluates_to_the_text(text):
    assert ast.literal_eval(literal(SpecText(text))) == text
    assert literal(text).isprintable()


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_a_docstring_is_one_string_literal(texts):
    code = docstring(texts[0], *texts[1:], sections=(Section("Args", ((texts[0], texts[-1]),)),))
    (statement,) = ast.parse(f"if 1:\n    {code}").body[0].body  # type: ignore[attr-defined]
    assert isinstance(ast.literal_eval(statement.value), str)


@given(st.text())
def test_text_in_a_docstring_reads_as_it_was(text):
    assert (
        ast.literal_eval(f'"""x {in_docstring(text)} x"""') == f"x {clean(text, keep_lines=True)} x"
    )


@given(st.text())
def test_toml_and_markdown_stay_on_their_line(text):
    assert tomllib.loads(f"a = {toml_string(text)}") == {"a": clean(text)}
    assert "\n" not in in_markdown(text)
    assert not set(in_code_span(text)) & {"\n", "`", "|"}


def test_markup_is_escaped():
    assert in_markdown(SpecText("<b>[x](y)|`")) == r"\<b\>\[x\](y)\|\`"


def test_spec_text_can_not_be_printed_by_accident():
    with pytest.raises(TypeError, match="without a filter"):
        str(SpecText("x"))
    assert not SpecText("")


def test_a_template_prints_nothing_that_is_missing():
    with pytest.raises(UndefinedError, match="versions"):
        render("specs/init.py", version="1")


def test_a_template_prints_no_none():
    with pytest.raises(TypeError, match="None"):
        _environment().from_string("{{ x }}").render(x=None)


def hostile_spec(text: str) -> dict[str, Any]:
    # YAML, like JSON, can't hold a lone surrogate or most control characters as they are.
    name = json.loads(json.dumps(text))
    schema = {
        "type": "object",
        "description": name,
        "title": name,
        "x-provenance": name,
        "properties": {
            name: {"type": "string", "description": name},
            "art": {"type": "string", "enum": [name, f"{name}!"], "description": name},
        },
        "example": {name: name},
    }
    return {
        "info": {"description": name, "title": name},
        "schemas": {"krav": schema},
        "paths": {
            "/krav/{id}": {
                "post": {
                    "operationId": "addKrav",
                    "summary": name,
                    "description": name,
                    "deprecated": True,
                    "x-provenance": name,
                    "tags": [name],
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "description": name}
                        | {"schema": {"type": "string"}},
                        {"name": name, "in": "query", "schema": {"type": "string"}},
                    ],
                    "requestBody": {"description": name} | json_body(ref("krav")),
                    "responses": answers(ref("krav")) | {"201": {"description": name}},
                }
            }
        },
    }


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isascii()])
def test_a_hostile_spec_is_data(shop, text, monkeypatch):
    monkeypatch.delenv("HACKED", raising=False)
    spec = hostile_spec(text)
    del spec["paths"]["/krav/{id}"]["post"]["responses"]["201"]
    shop.codes(
        {
            text: {
                "text": text,
                "explanation": text,
                "action": text,
                "apis": ["API"],
                "side": "api",
                "operations": ["addKrav"],
            }
        }
    )
    (shop.root / f"specs/{shop.api}").mkdir(exist_ok=True)
    shop.spec(**spec, title=text, errors=["tiny"])
    client = shop.load("_client")
    models, errors = shop.load("models"), shop.load("_errors")
    import os

    assert "HACKED" not in os.environ
    assert [one.json_name for one in models.Krav.__fields__] == [text, "art"]
    assert [one.value for one in models.KravArt] == [text, f"{text}!"]
    assert errors.CODES[text].portal_text == text
    assert client
    project = tomllib.loads((shop.package() / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["name"] == f"skifteportal-{shop.api}"
