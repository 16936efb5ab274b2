"""No page shows a command, an option, a session of nox or a package that isn't there."""

from collections import Counter

import pytest
from page_code import shown_in
from shown_commands import problem_of, shown_commands
from shown_programs import pages


def test_every_command_on_every_page_is_there():
    found = shown_commands(pages())
    assert [(page, command) for page, command in found if problem_of(command)] == []
    programs = Counter(command.split()[0] for _, command in found)
    assert {"skifteportal", "skifteportal-sandbox", "portalgen", "nox", "pip"} < set(programs)
    assert sum(programs.values()) > 200


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("skifteportal-sandbox frob", "No such command 'frob'"),
        ("skifteportal-sandbox --portt 1", "No such option '--portt'"),
        ("skifteportal-sandbox clock freeze --hard 2026-03-01", "No such option '--hard'"),
        ("skifteportal-sandbox fail addKrav --cut before-and-after", "'before-and-after' is not"),
        ("skifteportal-sandbox reset now", "Got unexpected extra argument (now)"),
        ("skifteportal doctor --lang se", "'se' is not"),
        ("portalgen intake --force new.yaml", "No such option '--force'"),
        ("nox -s documentation", "no such session"),
        ("nox -s release -- --publish", "no such option: --publish"),
        ("python3 -m pip install 'skifteportal-auth[doctor]'", "no extra of skifteportal-auth"),
        ("pip install skifteportal-claims", "no package of ours"),
        (".venv\\Scripts\\pip install .\\packages\\skifteportal-claims", "no package of ours"),
    ],
)
def test_a_command_that_is_not_there_is_found(command, problem):
    block = shown_in(f"Run it:\n\n    {command}        # which does it\n")
    ((page, read),) = shown_commands({"page.md": block})
    assert page == "page.md"
    assert command.endswith(read)
    assert problem in problem_of(read)


@pytest.mark.parametrize(
    "command",
    [
        "skifteportal-sandbox COMMAND --help",
        "skifteportal doctor --environment production …",
        "skifteportal cert show no-such-file.p12",
        "portalgen notice add",
        "nox -s peers -- --allow-missing",
        "nox -l",
        "pip install nox",
    ],
)
def test_a_good_command_is_let_through(command):
    assert problem_of(command) == ""


def test_commands_are_read_from_blocks_and_sentences():
    shown = shown_in(
        "Use `nox -s docs` or `nox`.\n\n    $ nox -s demo && nox -l    # all\n    ls\n\n```sh\nnox \\\n  -s tests\n```\n"
    )
    assert [command for _, command in shown_commands({"": shown})] == ["nox -s demo", "nox -l", "nox -s tests", "nox -s docs"]  # fmt: skip
