"""Judges many pairs of documents against what other tools said of them, to develop the law by.

The pairs are somebody else's test data and stay outside of the repository; a pair is named by its files' hashes.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import attrs

from portalgen.diff.compare import compare
from portalgen.diff.level import Level
from portalgen.problems import BrokenInput
from portalgen.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from portalgen.diff.report import Change

__all__ = ["Pair", "judge_pairs", "pairs_table"]

_COLUMNS = {"base", "revision", "verdict_a", "verdict_b", "agree_on_breaking"}
_BREAKING = {"breaking", "warn", "major"}


@attrs.frozen(kw_only=True)
class Pair:
    """A pair of documents, judged.

    Attributes:
        base: The hash of the base.
        revision: The hash of the revision.
        agreed: Whether the two other tools agree on whether it breaks anything.
        theirs: Whether it does, by the second of them.
        verdicts: What both said.
        ours: The level on the wire, by our law.
        deciding: The changes that have that level, as `kind: law`.
    """

    base: str
    revision: str
    agreed: bool
    theirs: bool
    verdicts: str
    ours: Level
    deciding: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether we say what they agree on."""
        return self.agreed and self.theirs == (self.ours is Level.MAJOR)


def judge_pairs(table: Path) -> Iterator[Pair]:
    """Judge the pairs of a table.

    Args:
        table: A tab-separated file with the columns base, revision, verdict_a, verdict_b and agree_on_breaking;
            the documents are `specs/<hash>.json` beside it.

    Raises:
        BrokenInput: It can't be read.
    """
    try:
        rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenInput(f"{table} can't be read: {error}") from error
    if not rows or not rows[0].keys() >= _COLUMNS:
        raise BrokenInput(f"{table} must have the columns {', '.join(sorted(_COLUMNS))} and a row")
    for row in rows:
        base, revision = (
            read_yaml(table.parent / "specs" / f"{row[side]}.json") for side in ("base", "revision")
        )
        report = compare(base, revision)
        yield Pair(
            base=row["base"],
            revision=row["revision"],
            agreed=row["agree_on_breaking"] == "yes",
            theirs=row["verdict_b"] in _BREAKING,
            verdicts=f"{row['verdict_a']}/{row['verdict_b']}",
            ours=report.wire,
            deciding=tuple(dict.fromkeys(_deciding(report.changes, report.wire))),
        )


def _deciding(changes: Sequence[Change], wire: Level) -> Iterator[str]:
    if not changes:
        yield "equal: both say the same"
    for change in changes:
        if change.wire is wire:
            yield f"{change.kind}: {change.law}"


def pairs_table(pairs: Sequence[Pair]) -> str:
    """Write what was found: every pair that is not as both others judge it, and the count."""
    agreed = [pair for pair in pairs if pair.agreed]
    same = sum(pair.same for pair in agreed)
    lines = ["base revision theirs ours decided by"]
    lines += [
        f"{pair.base} {pair.revision} {pair.verdicts} {pair.ours} {'; '.join(pair.deciding)}"
        for pair in pairs
        if not pair.same
    ]
    unexplained = sum(not pair.deciding for pair in pairs)
    share = 100 * same / max(len(agreed), 1)
    lines.append(
        f"{same} of {len(agreed)} agreed pairs judged alike ({share:.1f} %); "
        f"{len(pairs) - same} others listed, {unexplained} unexplained"
    )
    return "\n".join(lines) + "\n"
