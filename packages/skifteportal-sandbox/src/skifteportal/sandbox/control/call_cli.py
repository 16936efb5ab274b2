"""The commands about calls: fail, limit and journal."""

import json
from typing import Any, Final

import click

from skifteportal.sandbox.control.options import Asked, running_sandbox

__all__ = ["fail", "journal", "limit"]

_DATA: Final = b"data: "


@click.command()
@click.argument("operation", required=False)
@click.option("--code", help="Answer with this business code of the portal's.")
@click.option("--status", type=click.IntRange(400, 599), help="Answer with this HTTP status.")
@click.option("--message", help="The text, beside a code or a status.")
@click.option("--retry-after", type=click.IntRange(0), help="Seconds in the header Retry-After.")
@click.option("--delay", type=click.FloatRange(0, 3600), help="Seconds by which it comes late.")
@click.option(
    "--cut",
    type=click.Choice(["before", "after", "body"]),
    help="Drop the connection: before the call is carried out, after it, or half-way in the answer.",
)
@click.option("--garbled", is_flag=True, help="Carry it out, and answer with half of the JSON.")
@click.option("--times", type=click.IntRange(1), help="How many calls fail; one unless given.")
@click.option("--skip", type=click.IntRange(0), help="How many calls go well first.")
@click.option("--clear", is_flag=True, help="Let all calls go well again.")
@running_sandbox
def fail(*, asked: Asked, operation: str | None, clear: bool, **plan: Any) -> None:
    """Let the next call of OPERATION fail: an operationId, login, exchange, or * for any.

    Without an operation it lists what is still to fail. With a code or a status, and with --cut before, the call is not
    carried out; with everything else it is.

    \b
    Examples:
      skifteportal-sandbox fail addKrav --code doedsbo.f21
      skifteportal-sandbox fail addKrav --status 429 --retry-after 3 --times 2
      skifteportal-sandbox fail addKrav --cut after
      skifteportal-sandbox fail login --status 503
    """  # noqa: D301 - click's \b
    if clear:
        asked.do("DELETE", "/_sandbox/failures", text="All calls go well.")
    elif operation is None:
        asked.do("GET", "/_sandbox/failures", text=_planned)
    else:
        body = {**plan, "operation": operation, "garbled": plan["garbled"] or None}
        asked.do("POST", "/_sandbox/failures", body, text=lambda said: f"Planned: {_line(said)}")


def _line(failure: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in failure.items())


def _planned(said: dict[str, Any]) -> str:
    return "\n".join(_line(one) for one in said["failures"]) or "Nothing is planned to fail."


@click.command()
@click.argument("rate", required=False)
@running_sandbox
def limit(*, asked: Asked, rate: str | None) -> None:
    """Limit the calls of each operation by each client id to RATE: 500/s, 20/min, 1000/h, or off.

    Too many are answered with 429 and Retry-After (guide 2.2; the portal's own numbers are not public). Without a rate
    it says what the limit is.
    """

    def text(said: dict[str, Any]) -> str:
        return f"Limit: {said['limit'] or 'none'}"

    if rate is None:
        asked.do("GET", "/_sandbox/limit", text=text)
    else:
        wanted = None if rate == "off" else rate
        asked.do("PUT", "/_sandbox/limit", {"limit": wanted}, text=text, drop_none=False)


@click.command()
@click.option("--operation", help="Only calls of this operationId, or of login or exchange.")
@click.option("--status", type=int, help="Only those with this HTTP status.")
@click.option("--code", help="Only those with this business code.")
@click.option("--company", help="Only those of this CVR number.")
@click.option("--last", type=click.IntRange(1), help="Only so many.")
@click.option("--follow", is_flag=True, help="Print calls as they are answered, until Ctrl-C.")
@click.option("--keep-bodies/--drop-bodies", default=None, help="Keep JSON bodies from now on.")
@click.option("--clear", is_flag=True, help="Forget the calls.")
@running_sandbox
def journal(
    *, asked: Asked, follow: bool, keep_bodies: bool | None, clear: bool, **wanted: Any
) -> None:
    """List the newest calls: who called what, how it was answered, and whether it kept to the specification.

    Bodies are kept when asked only, since they hold personal data; those of login and exchange never.
    """
    if keep_bodies is not None:
        text = "Bodies are kept." if keep_bodies else "Bodies are not kept."
        asked.do("PUT", "/_sandbox/journal/bodies", {"keep": keep_bodies}, text=text)
    elif clear:
        asked.do("DELETE", "/_sandbox/journal", text="The journal is empty.")
    elif follow:
        asked.guarded(lambda: _follow(asked))
    else:
        asked.do("GET", "/_sandbox/journal", wanted, text=_entries)


def _entries(said: dict[str, Any]) -> str:
    return "\n".join(_entry(one) for one in said["entries"]) or "No calls."


def _entry(one: dict[str, Any]) -> str:
    who = " ".join(part for part in (one["company"], one["kind"]) if part)
    notes = [
        one["code"],
        one["field"],
        one["validation"] in {"request", "answer"} and f"{one['validation']} breaks the spec",
        one["failure"] and f"planned: {one['failure']}",
    ]
    line = (
        f"{one['number']:5} {one['time'][:19]} {one['operation']:24} {one['status']}"
        f" {one['milliseconds']:8.1f} ms  {who}"
    )
    said = ", ".join(str(note) for note in notes if note)
    return f"{line}  [{said}]" if said else line


def _follow(asked: Asked) -> None:
    with asked.client.ask("GET", "/_sandbox/journal/live") as answer:
        for line in answer:
            if line.startswith(_DATA):
                entry = json.loads(line.removeprefix(_DATA))
                asked.say(entry, text=_entry(entry), indent=None)
