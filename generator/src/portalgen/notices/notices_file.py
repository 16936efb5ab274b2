"""Reads `specs/notices.toml`: what the portal has announced of new versions, one table for each notice.

schema = 1

[[notice]]
id = "doedsbojournal-1.4.0"
api = "doedsbojournal"
from = "1.3.0"
version = "1.4.0"
claimed = "minor"
announced = 2026-11-02
test = 2026-11-09
production = 2026-12-01
source = "mail to the contact person, 2 November 2026"
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, get_args

import attrs

from portalgen.problems import BrokenInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from portalgen.checkout import Checkout

__all__ = ["SCHEMA", "Claim", "Notice", "Notices", "notices_path", "parse_notices"]

SCHEMA = 1
Claim = Literal["major", "minor", "patch"]
_Version: TypeAlias = tuple[int, int, int]
_VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")
_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")
_FILE = "specs/notices.toml"


@attrs.frozen(kw_only=True)
class Notice:
    """A new version of an API, as the portal announced it.

    Attributes:
        id: Its name among the notices, `doedsbojournal-1.4.0`; part of a calendar entry's UID, so it stays.
        api: The API's folder in `specs/`.
        before: The version that it follows (`from` in the file).
        version: The version that it announces.
        claimed: What the portal calls the change: `major`, `minor` or `patch`.
        announced: The day of the announcement, in Danish time; None if it was not announced.
        test: The day from which it is in the test environment; None if it isn't known.
        production: The day of its release to production; None if it isn't known.
        emergency: Why it is exempt from the deadlines (guide section 5.4); empty if it isn't.
        source: Where it was read.
        made_up: Whether it is ours, to show and to test with.
        operations: operationIds that are new in it.
        fields: Fields that are new in it, `schema.field` with their names in JSON.
    """

    id: str
    api: str
    before: str
    version: str
    claimed: Claim
    announced: date | None = None
    test: date | None = None
    production: date | None = None
    emergency: str = ""
    source: str = ""
    made_up: bool = False
    operations: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[_Version, _Version]:
        """Both versions as numbers, for comparing: before, after."""
        return _numbers(self.before), _numbers(self.version)

    def in_production(self, today: date) -> bool:
        """Tell whether it is in production on a day; a day that isn't known has not come."""
        return self.production is not None and self.production <= today

    def in_test(self, today: date) -> bool:
        """Tell whether it is in the test environment on a day; what is in production is there too."""
        return (self.test is not None and self.test <= today) or self.in_production(today)


@attrs.frozen(kw_only=True)
class Notices:
    """All notices, in the file's order."""

    notices: tuple[Notice, ...] = ()

    @classmethod
    def load(cls, checkout: Checkout) -> Notices:
        """Read the notices of a checkout; one without the file has none.

        Raises:
            BrokenInput: The file is no TOML, of another schema, or a notice is not as it should be.
        """
        try:
            text = notices_path(checkout).read_text(encoding="utf-8")
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError) as error:
            raise BrokenInput(f"{_FILE} can't be read: {error}") from error
        return parse_notices(text)

    def of(self, api: str) -> tuple[Notice, ...]:
        """Give the notices of an API, the oldest version first."""
        found = (one for one in self.notices if one.api == api)
        return tuple(sorted(found, key=lambda one: one.numbers[1]))

    def find(self, api: str, version: str) -> Notice | None:
        """Find the notice of a version of an API."""
        return next((one for one in self.of(api) if one.version == version), None)


def notices_path(checkout: Checkout) -> Path:
    """Say where a checkout's notices stand."""
    return checkout.root / "specs" / "notices.toml"


def parse_notices(text: str) -> Notices:
    """Read the notices from the file's text.

    Raises:
        BrokenInput: It is no TOML, of another schema, or a notice is not as it should be.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenInput(f"{_FILE} is no TOML: {error}") from error
    if document.get("schema") != SCHEMA or document["schema"] is True:
        raise BrokenInput(
            f"{_FILE} has schema {document.get('schema')!r}; this portalgen reads schema {SCHEMA}"
        )
    if unknown := sorted(document.keys() - {"schema", "notice"}):
        raise BrokenInput(f"{_FILE}: {unknown[0]!r} is unknown; there are schema and [[notice]]")
    found = document.get("notice", [])
    if not isinstance(found, list) or not all(
        isinstance(one, dict) for one in cast("list[object]", found)
    ):
        raise BrokenInput(f"{_FILE}: notice must be tables, each headed [[notice]]")
    return Notices(notices=_distinct(cast("list[dict[str, Any]]", found)))


def _distinct(tables: list[dict[str, Any]]) -> tuple[Notice, ...]:
    """Read the tables; no two have one id, or announce the same version."""
    found: dict[str, Notice] = {}
    versions: dict[tuple[str, str], str] = {}
    for number, table in enumerate(tables, start=1):
        notice = _notice(_Table(_place(number, table), table))
        place = _place(number, table)
        if notice.id in found:
            raise BrokenInput(f"{place}: another notice has this id; ids are kept apart")
        if other := versions.get((notice.api, notice.version)):
            raise BrokenInput(
                f"{place}: {other} announces {notice.api} {notice.version} already; change that one"
            )
        found[notice.id] = notice
        versions[notice.api, notice.version] = notice.id
    return tuple(found.values())


def _place(number: int, table: Mapping[str, Any]) -> str:
    name = table.get("id")
    return f"{_FILE}, [[notice]] {number}" + (f" ({name})" if isinstance(name, str) else "")


def _notice(table: _Table) -> Notice:
    if unknown := sorted(table.values.keys() - _KEYS):
        raise BrokenInput(
            f"{table.place}: {unknown[0]!r} is unknown; a notice has {', '.join(sorted(_KEYS))}"
        )
    notice = Notice(
        id=table.matching("id", _ID, "id: lower-case letters, digits, points and hyphens"),
        api=table.text("api"),
        before=table.matching("from", _VERSION, "version (1.3.0)"),
        version=table.matching("version", _VERSION, "version (1.4.0)"),
        claimed=cast("Claim", table.choice("claimed", get_args(Claim))),
        announced=table.day("announced"),
        test=table.day("test"),
        production=table.day("production"),
        emergency=table.text("emergency", ""),
        source=table.text("source"),
        made_up=table.yes_or_no("made_up"),
        operations=table.texts("operations"),
        fields=table.texts("fields"),
    )
    if not notice.source.strip():
        raise BrokenInput(f"{table.place}: source is empty; say where the notice was read")
    _in_order(notice, table.place)
    return notice


def _in_order(notice: Notice, place: str) -> None:
    """Refuse a release before what comes before it; only an emergency is announced, or tested, afterwards.

    Too few days in between are no matter of this file: the policy shows them.
    """
    days = {"announced": notice.announced, "test": notice.test}
    for name, day in days.items():
        if day and notice.production and notice.production < day and not notice.emergency:
            raise BrokenInput(
                f"{place}: production is {notice.production}, which is before {name}, {day}; mend the days, "
                f"leave {name} out if there was none before the release, or say in emergency why it came afterwards"
            )


_KEYS = {one.name for one in attrs.fields(Notice)} - {"before"} | {"from"}


@attrs.frozen
class _Table:
    """A notice's table that says where it stands when something in it is wrong."""

    place: str
    values: Mapping[str, Any]

    def text(self, key: str, default: str | None = None) -> str:
        found = self.values.get(key, default)
        if not isinstance(found, str):
            raise self._wrong(key, found, "a string")
        return found

    def matching(self, key: str, pattern: re.Pattern[str], meaning: str) -> str:
        found = self.text(key)
        if not pattern.fullmatch(found):
            raise BrokenInput(f"{self.place}: {key} is {found!r}, which is no {meaning}")
        return found

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        found = self.text(key)
        if found not in choices:
            raise BrokenInput(
                f"{self.place}: {key} is {found!r}; it must be one of {', '.join(choices)}"
            )
        return found

    def day(self, key: str) -> date | None:
        found = self.values.get(key)
        # A datetime is a date to Python; a deadline is counted in whole days.
        if found is None or (isinstance(found, date) and not isinstance(found, datetime)):
            return found
        raise self._wrong(key, found, "a date without time and quotes (2026-11-23)")

    def yes_or_no(self, key: str) -> bool:
        found = self.values.get(key, False)
        if not isinstance(found, bool):
            raise self._wrong(key, found, "true or false")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        found: object = self.values.get(key, [])
        texts = cast("list[object]", found) if isinstance(found, list) else [None]
        if not all(isinstance(one, str) for one in texts):
            raise self._wrong(key, self.values[key], "a list of strings")
        return tuple(cast("list[str]", texts))

    def _wrong(self, key: str, found: object, meaning: str) -> BrokenInput:
        problem = "is missing" if found is None else f"must be {meaning}, not {found!r}"
        return BrokenInput(f"{self.place}: {key} {problem}")


def _numbers(version: str) -> _Version:
    major, minor, patch = (int(number) for number in version.split("."))
    return major, minor, patch
