"""Examining, and telling the user: step by step as text, or all at once as JSON."""

import json
from collections.abc import Mapping
from typing import Any

import click

from skifteportal.auth.cli._login import LoginOptions
from skifteportal.auth.cli._output import echo_json
from skifteportal.auth.cli._system import System
from skifteportal.auth.cli.doctor.examination import Examination
from skifteportal.auth.cli.doctor.report import report
from skifteportal.auth.cli.doctor.run import Result, examine, first_failure
from skifteportal.auth.cli.doctor.texts import said, step_name, word

__all__ = ["tell"]

_COLOURS = {"ok": "green", "warning": "yellow", "failed": "red", "skipped": "white"}
_WIDTH = 30


def tell(
    login: LoginOptions,
    system: System,
    *,
    profile: str | None,
    api_check: str,
    form: str,
    lang: str,
) -> int:
    """Examine and tell.

    Args:
        login: How to log in.
        system: The machine.
        profile: The adgangsprofil to exchange for; None to leave that out.
        api_check: The path to call with the token.
        form: "text" or "json".
        lang: "en" or "da".

    Returns:
        The exit code: 0, or 1 if a step failed.
    """
    examination = Examination(options=login, system=system, profile=profile, api_check=api_check)
    results: list[Result] = []
    for result in examine(examination):
        results.append(result)
        if form == "text":
            _print_step(result, lang)
    content, failure = report(examination, results), first_failure(results)
    if form == "json":
        steps = [_step(result, lang) for result in results]
        echo_json({"ok": failure is None, "steps": steps, "report": content})
    else:
        _print_end(content, failure, lang)
    return 1 if failure else 0


def _step(result: Result, lang: str) -> dict[str, str]:
    step = {"id": result.step, "name": step_name(result.step, lang), "outcome": result.outcome}
    if result.finding is not None:
        words = said(result.finding, lang)
        step |= {"finding": result.finding.id, "what": words.what, "why": words.why}
        step |= {"todo": words.todo, "detail": result.finding.detail}
    return step


def _print_step(result: Result, lang: str) -> None:
    told = _step(result, lang)
    outcome = click.style(word(result.outcome, lang), fg=_COLOURS[result.outcome])
    click.echo(f"{told['name']:<{_WIDTH}} {outcome}")
    if result.outcome == "ok":
        return
    if result.outcome == "skipped":
        click.echo(f"    {told['why'] or told['what']}")
        return
    click.echo(f"    {told['what']}")
    for name in ("why", "todo", "detail"):
        if told[name]:
            click.echo(f"    {word(name, lang)}: {told[name]}")


def _print_end(content: Mapping[str, Any], failure: Result | None, lang: str) -> None:
    click.echo()
    if failure:
        click.echo(word("first", lang, step=step_name(failure.step, lang)))
    else:
        click.echo(word("all_well", lang))
    where = f"support_{content.get('environment')}"
    known = where if where in {"support_test", "support_production"} else "support_other"
    click.echo(f"\n--- {word('report', lang)} ---")
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))
    click.echo("---")
    click.echo(word("send", lang, where=word(known, lang)))
