"""The command `skifteportal-sandbox codes`: each of the portal's business codes, and how it is provoked."""

import json
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skifteportal.sandbox.provocations.entry import Provocation

__all__ = ["codes"]


@click.command()
@click.option("--check", is_flag=True, help="Provoke each code, and say whether it came back.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the codes are printed.",
)
def codes(*, check: bool, form: str) -> None:
    """List the portal's business codes: whether an API raises them or the court, where, and how to provoke them.

    With --check each is provoked on a portal in memory; the exit code is 1 if one did not come back.
    """
    from skifteportal.sandbox.provocations import PROVOCATIONS, run_all  # noqa: PLC0415 - for --help

    problems = {outcome.provocation.code: outcome.problem for outcome in run_all()} if check else {}
    rows = [_row(entry, problems) for entry in PROVOCATIONS.values()]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2) if form == "json" else _table(rows))
    failed = [problem for problem in problems.values() if problem]
    if check and form == "text":
        click.echo(f"\n{len(rows) - len(failed)} of {len(rows)} codes came back as they should.")
    if failed:
        sys.exit(1)


def _row(entry: "Provocation", problems: "Mapping[str, str]") -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": entry.code,
        "side": entry.side,
        "operation": entry.operation,
        "how": entry.how,
        "note": entry.note,
    }
    if problems:
        row |= {"passed": not problems[entry.code], "problem": problems[entry.code]}
    return row


def _table(rows: list[dict[str, Any]]) -> str:
    widths = [max(len(row[name]) for row in rows) for name in ("code", "side", "operation")]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: dict[str, Any], widths: list[int]) -> str:
    cells = [
        row[name].ljust(width)
        for name, width in zip(("code", "side", "operation"), widths, strict=True)
    ]
    line = "  ".join([*cells, row["how"]])
    if "passed" not in row:
        return line
    return f"passed  {line}" if row["passed"] else f"FAILED  {line} ({row['problem']})"
