"""The quick start says the same in both languages and for both systems; integration-tests/newcomers_path.py does it."""

import re
from pathlib import Path

import pytest
from page_code import code_of

HOUSE = Path(__file__).parents[1]
PAGES = {
    language: code_of(HOUSE / f"docs/{language}/quickstart.md").blocks for language in ("en", "da")
}
SHELLS = ("sh", "powershell")


def commands(language, shell):
    blocks = [block for block in PAGES[language] if block.language == shell]
    return [line for block in blocks for line in block.text.splitlines()]


@pytest.mark.parametrize("shell", SHELLS)
def test_both_languages_give_the_same_commands(shell):
    assert commands("en", shell) == commands("da", shell)
    assert len(commands("en", shell)) == 5  # the last but one is only for the time before PyPI


def test_windows_gets_the_same_commands_in_its_own_words():
    translated = [
        re.sub(r"^python3 ", "py ", line)
        .replace(".venv/bin/", ".venv/Scripts/")
        .replace("./packages/", ".\\packages\\")
        .replace("/", "\\")
        for line in commands("en", "sh")
    ]
    assert translated == commands("en", "powershell")


def test_no_command_needs_a_certain_shell():
    for shell in SHELLS:
        assert [line for line in commands("en", shell) if set(line) & set("{}$&|;~'\"*")] == []


def test_the_checkouts_packages_are_all_that_is_needed():
    (published,) = (line for line in commands("en", "sh") if "pip install skifteportal-" in line)
    (checkout,) = (line for line in commands("en", "sh") if "pip install ./packages" in line)
    asked = set(re.findall(r"skifteportal-[\w-]+", published))
    wanted, found = set(), asked
    while found - wanted:
        wanted |= found
        metadata = "".join(
            (HOUSE / "packages" / name / "pyproject.toml").read_text("utf-8") for name in wanted
        )
        found = set(re.findall(r'"(skifteportal-[\w-]+)[~>]=', metadata))
    assert set(re.findall(r"packages/(skifteportal-[\w-]+)", checkout)) == wanted


def test_both_languages_promise_the_same_and_give_the_same_programs():
    shown = {
        language: [
            (block.title, block.text) for block in blocks if block.language in {"python", "text"}
        ]
        for language, blocks in PAGES.items()
    }
    assert shown["en"] == shown["da"]
    assert [title for title, _ in shown["en"]].count("claim.py") == 2
