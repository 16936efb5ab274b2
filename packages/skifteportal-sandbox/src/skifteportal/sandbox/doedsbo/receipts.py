"""Receipts for what is filed in an estate (guide 4.3.3)."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from skifteportal.sandbox.doedsbo.kinds import Kind
from skifteportal.sandbox.store import Estate

__all__ = ["receipt"]

_NEUTER: Final = frozenset(
    {"krav", "tilgodehavende", "aktiv"}
)  # "dit krav", but "din forespørgsel"


def receipt(kind: Kind, estate: Estate) -> Mapping[str, str]:
    """Write the receipt for a registration.

    K1, a claim before the estate is handed over, is the guide's, to the letter and with the space that ends its
    heading. All other codes and texts are assumptions in its style.

    Args:
        kind: What was filed.
        estate: In which estate.
    """
    return _written(kind, estate.name, handed_over=estate.handed_over)


@lru_cache(maxsize=256)  # many claims are filed in an estate
def _written(kind: Kind, name: str, *, handed_over: bool) -> Mapping[str, str]:
    neuter = kind.called in _NEUTER
    its, an, filed = ("dit", "et", "anmeldt") if neuter else ("din", "en", "modtaget")
    you = f"Du har {'anmeldt' if neuter else 'indsendt'} {an} {kind.called} i boet efter {name}."
    if handed_over:
        code, rest = (
            "2",
            f"Boet er udleveret, og boets kontaktperson får besked om {its} {kind.called}.",
        )
    else:
        code = "1"
        rest = (
            f"Når boet udleveres, vil boets kontaktperson få besked om {its} {kind.called}.\n"
            "Du vil modtage en meddelelse via digital post, når boet udleveres."
        )
    return {
        "kode": f"{kind.receipt}{code}",
        "overskrift": f"{its.capitalize()} {kind.called} er nu {filed} ",
        "indhold": f"{you}\n{rest}",
    }
