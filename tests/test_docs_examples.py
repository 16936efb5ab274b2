"""All Python on all pages is a program that runs (integration-tests/test_examples.py), in both kinds and both languages."""

import re

import pytest
import yaml
from page_code import EXTENSIONS, Block, shown_in
from shown_programs import (
    HOUSE,
    PROGRAMS,
    TESTS,
    home_of,
    in_docstrings,
    is_python,
    pages,
    strangers,
)

LABELS = {"en": ("Synchronous", "Asynchronous"), "da": ("Synkront", "Asynkront")}


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, which names functions."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda *_: None)


def programs_on(shown):
    return [(block.tab, home_of(block.text)) for block in shown.blocks if is_python(block)]


def calls_the_portal(program):
    return re.search(r"Client\(|skifteportal_(portal|sandbox)\b", program.read_text("utf-8"))


def twin_of(program):
    return program.with_name(f"{program.stem}_async.py")


def test_pages_are_read_as_the_site_renders_them():
    config = yaml.load((HOUSE / "mkdocs.yml").read_text("utf-8"), Loader=_Loader)
    names = {
        name
        for one in config["markdown_extensions"]
        for name in (one if isinstance(one, dict) else [one])
    }
    assert names == set(EXTENSIONS)


def test_all_python_on_all_pages_is_a_program_that_runs(record_property):
    shown = pages()
    assert strangers(shown) == []
    assert {"README.md", "CONTRIBUTING.md", "docs/en/quickstart.md"} < set(shown)
    assert len([page for page in shown if page.endswith("(written)")]) > 150
    for kind, start in (("in English", "docs/en"), ("in Danish", "docs/da"), ("in READMEs", "")):
        blocks = [
            block
            for page, code in shown.items()
            if page.startswith(start) and (start or not page.startswith("docs/"))
            for block in code.blocks
            if is_python(block)
        ]
        record_property("counted: blocks of Python on pages, each a program", (kind, len(blocks)))


def test_all_python_in_docstrings_is_a_passage_of_one():
    found = in_docstrings()
    assert [place for place, text in found.items() if home_of(text) is None] == []
    assert len(found) >= 4


def test_every_program_is_shown_somewhere():
    shown = {home_of(b.text) for code in pages().values() for b in code.blocks if is_python(b)}
    shown |= {home_of(text) for text in in_docstrings().values()}
    assert [path for path in PROGRAMS if path not in shown] == []
    assert len(shown & set(TESTS)) == 1  # CONTRIBUTING shows how a secret is declared


@pytest.mark.parametrize(
    "text",
    [
        "```python\nprint('nobody runs this')\n```",
        "    from skifteportal import nothing\n\nText.",
        '=== "Synchronous"\n\n    ```py\n    x = 1 + 1\n    ```',
        '```python\nfrom decimal import Decimal\nfrom pathlib import Path\n\nprint("changed")\n```',
    ],
)
def test_python_that_nobody_runs_is_found(text):
    assert len(strangers({"page.md": shown_in(text)})) == 1


def test_a_passage_of_a_program_counts_and_half_a_line_does_not():
    assert home_of("print(row(krav))") is None
    assert home_of("                print(row(krav))\n").name == "escape.py"
    assert not is_python(Block(language="text", text="importantly: a list\n"))


@pytest.mark.parametrize("language", LABELS)
def test_synchronous_and_asynchronous_code_stand_side_by_side(language):
    pairs = 0
    for page, shown in pages().items():
        if not page.startswith(f"docs/{language}/"):
            continue
        found = programs_on(shown)
        in_tabs = [(tab, program) for tab, program in found if tab]
        programs = [program for _, program in in_tabs]
        pairs += len(programs) // 2
        assert [tab for tab, _ in in_tabs] == [*LABELS[language]] * (len(in_tabs) // 2), page
        assert programs[1::2] == [twin_of(program) for program in programs[::2]], page
        # What stands alone makes no call, so there is nothing to wait for.
        assert not [program for tab, program in found if not tab and calls_the_portal(program)], (
            page
        )
    assert pairs > 15


def test_both_languages_show_the_same_programs():
    shown = pages()
    for danish in (page for page in shown if page.startswith("docs/da/")):
        english = danish.replace("docs/da/", "docs/en/")
        if english not in shown:  # the page that leads to the English reference
            assert not programs_on(shown[danish])
            continue
        both = (programs_on(shown[page]) for page in (english, danish))
        here, there = ([program for _, program in found] for found in both)
        assert here == there, danish


@pytest.mark.parametrize(
    "program",
    [path for path in PROGRAMS if path.stem.endswith("_async")],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_an_asynchronous_program_is_one(program):
    text = program.read_text("utf-8")
    assert re.search(r"\bawait\b|async for", text)
    assert not re.search(r"\b(?!Async)[A-Z]\w+Client\(", text)
    assert program.with_stem(program.stem.removesuffix("_async")).exists()
