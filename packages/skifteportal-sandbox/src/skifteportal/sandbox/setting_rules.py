"""What a setting may be: the validators of `Settings`. Each refuses a value that makes no sense, and says what is wanted."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from skifteportal.sandbox.errors import Refused, SettingsError
from skifteportal.sandbox.rate_limit import RateLimit

if TYPE_CHECKING:
    from attrs import Attribute

__all__ = [
    "among",
    "check_distinct",
    "companies",
    "header",
    "limit",
    "name",
    "names",
    "number",
    "or_none",
    "refusal_status",
    "some_of",
    "whole",
]

Rule: TypeAlias = Callable[[Any, "Attribute[Any]", Any], None]
Sensible: TypeAlias = Callable[[Any], bool]

_NAME: Final = re.compile(r"\S+")
_HEADER: Final = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)  # RFC 9110, a token
_COMPANY: Final = re.compile(r"\d{8}", re.ASCII)
_TAKEN: Final = frozenset(
    {
        *("allow", "authorization", "connection", "content-disposition", "content-length"),
        *("content-type", "date", "host", "retry-after", "server", "transfer-encoding"),
        *("www-authenticate", "x-total-count"),
    }
)


def _rule(wanted: str, sensible: Sensible) -> Rule:
    def check(_settings: object, field: "Attribute[Any]", value: Any) -> None:
        if not sensible(value):
            raise SettingsError(f"{field.name}: must be {wanted}, not {value!r}")

    return check


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def whole(least: int, most: int) -> Rule:
    """A whole number.

    Args:
        least: The least one.
        most: The greatest one.
    """
    wanted = f"a whole number from {least} to {most}"
    return _rule(wanted, lambda value: _is_whole(value) and least <= value <= most)


def number(most: float) -> Rule:
    """A number above 0.

    Args:
        most: The greatest one.
    """
    return _rule(
        f"more than 0, at most {most}",
        lambda value: (_is_whole(value) or isinstance(value, float)) and 0 < value <= most,
    )


def or_none(rule: Rule) -> Rule:
    """What a rule takes, or None."""

    def check(settings: object, field: "Attribute[Any]", value: Any) -> None:
        if value is not None:
            rule(settings, field, value)

    return check


def among(*values: Any) -> Rule:
    """One of some values."""
    known = " or ".join(map(repr, values))
    return _rule(known, lambda value: not isinstance(value, bool) and value in values)


refusal_status: Final = _rule(
    "an HTTP status from 400 to 499", lambda value: _is_whole(value) and value in range(400, 500)
)
"""The status of a refusal."""


def _matches(pattern: re.Pattern[str]) -> Sensible:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


name: Final = _rule("a name without blanks", _matches(_NAME))
"""A name: of a member, a claim."""


def _is_free_header(value: object) -> bool:
    return _matches(_HEADER)(value) and str(value).lower() not in _TAKEN


header: Final = _rule("the name of a header that has no other meaning here", _is_free_header)
"""A header's name."""


def _tuple_of(sensible: Sensible) -> Sensible:
    def check(value: object) -> bool:
        return isinstance(value, tuple) and all(map(sensible, cast("tuple[object, ...]", value)))

    return check


def some_of(*values: str) -> Rule:
    """Some of some values, perhaps none."""
    return _rule(f"some of {', '.join(values)}", _tuple_of(lambda one: one in values))


names: Final = _rule("names without blanks", _tuple_of(_matches(_NAME)))
"""Several names."""
companies: Final = _rule("CVR numbers of eight digits", _tuple_of(_matches(_COMPANY)))
"""Several CVR numbers."""


def limit(_settings: object, field: "Attribute[Any]", value: str) -> None:
    """A rate limit, or nothing.

    Raises:
        SettingsError: It is neither.
    """
    if value:
        try:
            RateLimit.read(value)
        except Refused as error:
            raise SettingsError(f"{field.name}: {error.message}") from None


def check_distinct(settings: object, *settings_names: str, taken: frozenset[str]) -> None:
    """Refuse names that stand beside each other and are the same, or that have a meaning already.

    Args:
        settings: The settings.
        *settings_names: Which of them.
        taken: The names that have one.

    Raises:
        SettingsError: One is not its own.
    """
    seen: dict[str, str] = {}
    for setting in settings_names:
        value: str = getattr(settings, setting)
        if value in taken or value in seen:
            also = f"that of {seen[value]}" if value in seen else "taken already"
            raise SettingsError(f"{setting}: must be a name of its own; {value!r} is {also}")
        seen[value] = setting
