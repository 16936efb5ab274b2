"""What becomes of our corrections when the file that they correct is replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import yaml

from portalgen.overlay import Overlay
from portalgen.problems import BrokenInput
from portalgen.yaml_file import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.overlay import Action, Idle

__all__ = ["Corrected", "correct"]


@attrs.frozen(kw_only=True)
class Corrected:
    """A document with the corrections that still do something.

    Attributes:
        document: The document.
        overlay: What `overlay.yaml` should hold now; None if there should be none.
        kept: The corrections that still apply.
        dropped: Those that do nothing any more, and why.
    """

    document: Mapping[str, Any] = attrs.field(repr=False)
    overlay: bytes | None = attrs.field(default=None, repr=False)
    kept: tuple[Action, ...] = ()
    dropped: tuple[Idle, ...] = ()


def correct(document: Mapping[str, Any], overlay: bytes | None, *, file: str) -> Corrected:
    """Apply an API's corrections to a new document, and leave out those that do nothing.

    Args:
        document: The document as received.
        overlay: The bytes of `overlay.yaml`; None if there is none.
        file: What to call it in an error.

    Raises:
        BrokenInput: The overlay can't be read.
    """
    if overlay is None:
        return Corrected(document=document)
    read = Overlay.parse(overlay, file=file)
    corrected, idle = read.apply(document)
    dropped = {one.action.number for one in idle}
    kept = tuple(one for one in read.actions if one.number not in dropped)
    return Corrected(
        document=corrected,
        overlay=_without(overlay, dropped, file) if kept else None,
        kept=kept,
        dropped=idle,
    )


def _without(overlay: bytes, dropped: set[int], file: str) -> bytes:
    """Take actions out of an overlay: by lines, so that comments stay, or else by writing it anew."""
    if not dropped:
        return overlay
    data = parse_yaml(overlay, file=file)
    actions = [one for number, one in enumerate(data["actions"], 1) if number not in dropped]
    expected = data | {"actions": actions}
    by_lines = _without_lines(overlay.decode("utf-8-sig"), dropped)
    try:
        if parse_yaml(by_lines, file=file) == expected:
            return by_lines
    except BrokenInput:
        pass  # actions in one line
    return yaml.safe_dump(expected, allow_unicode=True, sort_keys=False).encode()


def _without_lines(text: str, dropped: set[int]) -> bytes:
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    items = next(value for key, value in node.value if key.value == "actions").value
    starts = [item.start_mark.line for item in items]
    ends = [*starts[1:], items[-1].end_mark.line]
    gone = {
        line
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
        if number in dropped
        for line in range(start, end)
    }
    lines = text.splitlines(keepends=True)
    return "".join(line for number, line in enumerate(lines) if number not in gone).encode()
