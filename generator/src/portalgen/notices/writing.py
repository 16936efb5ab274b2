"""Adds a notice to `specs/notices.toml`; what stands there keeps its comments and its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import tomlkit

from portalgen.notices.notices_file import SCHEMA, notices_path, parse_notices

if TYPE_CHECKING:
    from portalgen.checkout import Checkout
    from portalgen.notices.notices_file import Notice

__all__ = ["with_notice"]

_HEAD = """# What the portal has announced of new versions: one table for each notice, written by `portalgen notice add`.
# Days are dates in Denmark; `portalgen notice check` holds them to the portal's policy (guide section 5).
"""


def with_notice(checkout: Checkout, notice: Notice) -> str:
    """Give the file's text with a notice more.

    Args:
        checkout: The checkout; its file need not exist.
        notice: The notice.

    Raises:
        BrokenInput: The file is unusable, or there is a notice of this id or version already.
    """
    path = notices_path(checkout)
    text = path.read_text(encoding="utf-8") if path.exists() else f"{_HEAD}schema = {SCHEMA}\n"
    parse_notices(text)
    added = f"{text.rstrip()}\n\n{_table(notice)}"
    parse_notices(added)
    return added


def _table(notice: Notice) -> str:
    """Write a notice's table; what says nothing is left out."""
    table = tomlkit.table()
    for name, value in attrs.asdict(notice).items():
        if value not in (None, "", False, ()):
            table.add("from" if name == "before" else name, _item(value))
    tables: Any = tomlkit.aot()
    tables.append(table)
    return tomlkit.dumps({"notice": tables})


def _item(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    array: Any = tomlkit.array()
    array.extend(value)
    array.multiline(len(array) > 1)
    return array
