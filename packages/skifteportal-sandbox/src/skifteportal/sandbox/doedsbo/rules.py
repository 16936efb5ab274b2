"""Business rules on what is filed in an estate, each with the portal's own code (guide 4.3.6).

They judge the body before the schema does, so nothing in it may be taken for granted: every rule passes over
what has the wrong type.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias, cast

import attrs

from skifteportal.sandbox.answers import json_object

__all__ = [
    "Breach",
    "Rule",
    "inquiry_confirmed",
    "inventory_has_content",
    "inventory_without_repeats",
    "notified_party_named",
    "payout_date_fits",
    "payout_not_in_future",
    "received_before",
    "search_terms",
    "stated_not_in_future",
    "statement_confirmed",
]


@attrs.frozen(kw_only=True)
class Breach:
    """A broken rule.

    Attributes:
        code: The portal's code.
        field: The field it is about.
        holes: What stands in the holes of the code's text.
    """

    code: str
    field: str
    holes: tuple[str, ...] = attrs.field(default=(), repr=False)


Rule: TypeAlias = Callable[[Mapping[str, Any], date], Breach | None]


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _members(value: object) -> Mapping[str, Any]:
    return json_object(value) or {}


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _empty(value: object) -> bool:
    """Whether nothing is said: a blank, or an object of nothing but blanks."""
    members = json_object(value)
    return _blank(value) if members is None else all(map(_blank, members.values()))


def search_terms(body: Mapping[str, Any], _today: date) -> Breach | None:
    """f1, f2: a search goes by CPR number alone, or by name and address; what is blank is not given."""
    given = {name for name in ("cprNummer", "navn", "adresse") if not _empty(body.get(name))}
    if given > {"cprNummer"}:
        return Breach(code="doedsbo.f1", field="cprNummer")
    if given not in ({"cprNummer"}, {"navn", "adresse"}):
        return Breach(code="doedsbo.f2", field="cprNummer")
    return None


def notified_party_named(body: Mapping[str, Any], _today: date) -> Breach | None:
    """f4: a party described in words must not be empty."""
    party = _members(body.get("paaVegneAf"))
    if party.get("type") == "ANDEN" and _blank(party.get("anden")):
        return Breach(code="doedsbo.f4", field="paaVegneAf.anden")
    return None


def payout_date_fits(body: Mapping[str, Any], _today: date) -> Breach | None:
    """f14, f15: the day of payout is given if, and only if, the amount has been paid out."""
    given = body.get("udbetaltdato") is not None
    if body.get("udbetalt") is True and not given:
        return Breach(code="doedsbo.f14", field="udbetaltdato")
    if body.get("udbetalt") is False and given:
        return Breach(code="doedsbo.f15", field="udbetaltdato")
    return None


def payout_not_in_future(body: Mapping[str, Any], today: date) -> Breach | None:
    """f16: the day of payout is today or earlier."""
    day = _day(body.get("udbetaltdato"))
    return (
        Breach(code="doedsbo.f16", field="udbetaltdato")
        if day is not None and day > today
        else None
    )


def stated_not_in_future(body: Mapping[str, Any], today: date) -> Breach | None:
    """f17: the amount is stated as of today or earlier."""
    day = _day(body.get("opgjortdato"))
    return (
        Breach(code="doedsbo.f17", field="opgjortdato") if day is not None and day > today else None
    )


def inventory_without_repeats(body: Mapping[str, Any], _today: date) -> Breach | None:
    """f20: each category stands once in an inventory."""
    sent = body.get("effekter")
    items = cast("list[object]", sent) if isinstance(sent, list) else []
    categories = [_members(item).get("kategori") for item in items]
    counted = Counter(category for category in categories if isinstance(category, str))
    repeated = [category for category, times in counted.items() if times > 1]
    return (
        Breach(code="doedsbo.f20", field="effekter", holes=(", ".join(repeated),))
        if repeated
        else None
    )


def inquiry_confirmed(body: Mapping[str, Any], _today: date) -> Breach | None:
    """f37: an inquiry (forespørgsel) is only made with a confirmation."""
    return _confirmed(body, "doedsbo.f37")


def statement_confirmed(body: Mapping[str, Any], _today: date) -> Breach | None:
    """f35: a pro forma statement (proformaopgørelse) is only made with a confirmation."""
    return _confirmed(body, "doedsbo.f35")


def _confirmed(body: Mapping[str, Any], code: str) -> Breach | None:
    return None if body.get("bekraeftet") is True else Breach(code=code, field="bekraeftet")


def received_before(body: Mapping[str, Any], entered: date) -> Breach | None:
    """f38: what the court received on paper was received before the day on which it was entered."""
    day = _day(body.get("modtagelsesdato"))
    return (
        Breach(code="doedsbo.f38", field="modtagelsesdato")
        if day is not None and day >= entered
        else None
    )


def inventory_has_content(body: Mapping[str, Any], _today: date) -> Breach | None:
    """f39: an inventory holds an item or a remark."""
    if not body.get("effekter") and _blank(body.get("bemaerkning")):
        return Breach(code="doedsbo.f39", field="effekter")
    return None
