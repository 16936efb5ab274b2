"""The commands that pages show: does each command, option, session and package still exist?"""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from page_code import Shown

HOUSE = Path(__file__).parents[2]
PROGRAMS = {
    "skifteportal": "skifteportal.auth.cli._group:group",
    "skifteportal-sandbox": "skifteportal.sandbox.cli:main",
    "portalgen": "portalgen.cli:main",
}
SHELLS = {"sh", "bash", "console", "powershell", "text"}
PLACES = re.compile(r"^(\$ |\.venv/bin/|\.venv\\Scripts\\)")
HELP = (click.exceptions.Exit, click.exceptions.NoArgsIsHelpError)
LEFT_OUT = {"…", "..."}
COMMAND = re.compile(r"[A-ZÆØÅ-]+")  # stands for one of several: COMMAND, KOMMANDO
PIP = re.compile(r"(?:(?:python3?|py) -m )?pip install (.*)")
A_PACKAGE = re.compile(r"(skifteportal(?:-[a-z]+)*)(?:\[(\w+)\])?")


def shown_commands(shown: Mapping[str, Shown]) -> list[tuple[str, str]]:
    """Read the commands off pages: those of ours, and what pip installs; each with its page."""
    return [
        (page, command)
        for page, code in shown.items()
        for text in (*(b.text for b in code.blocks if b.language in SHELLS), *code.words)
        for command in _commands(text)
    ]


def _commands(text: str) -> Iterator[str]:
    for line in re.sub(r" *\\\n *", " ", text).splitlines():
        command = re.split(r"\s{2,}|\s#", line.strip())[0]  # what follows explains it
        for part in command.split(" && "):
            bare = PLACES.sub("", part)
            first = bare.split(" ")[0]
            if (first in PROGRAMS or first == "nox" or PIP.match(bare)) and " " in bare:
                yield bare


@cache
def problem_of(command: str) -> str:
    """Say what is wrong with a command; empty if nothing is."""
    tokens = [
        token for token in shlex.split(command, posix="\\" not in command) if token not in LEFT_OUT
    ]
    if installed := PIP.match(command):
        return "; ".join(_pip_problems(shlex.split(installed[1], posix="\\" not in command)))
    if tokens[0] == "nox":
        return _nox_problem(tokens[1:])
    module, _, name = PROGRAMS[tokens[0]].partition(":")
    with redirect_stdout(StringIO()), patch("sys.stdin", StringIO()):  # help, and questions
        return _click_problem(getattr(import_module(module), name), tokens[0], tokens[1:], None)


def _click_problem(
    command: click.Command, name: str, arguments: list[str], parent: click.Context | None
) -> str:
    if arguments and COMMAND.fullmatch(arguments[0]) and isinstance(command, click.Group):
        return ""
    try:
        context = command.make_context(name, [*arguments], parent=parent)
        rest = [*context._protected_args, *context.args]
        if not isinstance(command, click.Group) or not rest:
            return ""
        with context:
            sub_name, sub, more = command.resolve_command(context, rest)
            return _click_problem(sub, sub_name or "", more, context) if sub else "no command"
    except (click.MissingParameter, click.Abort, *HELP):
        return ""  # a mention: a page need not write down every argument, nor what is asked for
    except click.UsageError as error:
        # A file of the reader's is not there; a value that is none of its option's is a mistake.
        parameter = getattr(error, "param", None)
        is_file = isinstance(getattr(parameter, "type", None), click.Path)
        return "" if is_file else error.format_message()


def _nox_problem(tokens: list[str]) -> str:
    own, dashes, more = (tokens, False, []) if "--" not in tokens else _split(tokens)
    if own == ["-l"]:
        return ""
    if len(own) != 2 or own[0] != "-s" or own[1] not in _sessions():
        return f"no such session: {' '.join(own)}"
    missing = [option for option in more if option.startswith("--") and option not in _options()]
    return f"no such option: {' '.join(missing)}" if dashes and missing else ""


def _split(tokens: list[str]) -> tuple[list[str], bool, list[str]]:
    here = tokens.index("--")
    return tokens[:here], True, tokens[here + 1 :]


def _pip_problems(wanted: list[str]) -> Iterator[str]:
    for one in wanted:
        package = A_PACKAGE.fullmatch(one)
        path = HOUSE / one.replace("\\", "/")
        if one == "nox" or (one.startswith(".") and (path / "pyproject.toml").exists()):
            continue
        metadata = HOUSE / "packages" / (package[1] if package else "-") / "pyproject.toml"
        if package is None or not metadata.exists():
            yield f"no package of ours: {one}"
            continue
        project = tomllib.loads(metadata.read_text("utf-8"))["project"]
        if package[2] and package[2] not in project.get("optional-dependencies", {}):
            yield f"no extra of {package[1]}: {package[2]}"


@cache
def _sessions() -> frozenset[str]:
    tree = ast.parse((HOUSE / "noxfile.py").read_text("utf-8"))
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any("nox.session" in ast.unparse(one) for one in node.decorator_list)
    )


@cache
def _options() -> frozenset[str]:
    """Every option of the scripts that sessions call, and of portalgen's commands."""
    scripts = [HOUSE / "noxfile.py", *HOUSE.glob("tests/support/*.py"), *HOUSE.glob("integration-tests/**/*.py")]  # fmt: skip
    scripts += HOUSE.glob("generator/src/portalgen/**/*.py")
    text = "\n".join(path.read_text("utf-8") for path in scripts)
    return frozenset(re.findall(r"\"(--[a-z-]+)", text))
