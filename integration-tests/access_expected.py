"""What each caller is to get from each operation, by the integration guide: rules, and the operations that differ from them."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["WHO", "expected"]

WHO: Final = (
    *("no token", "expired", "wrong signer", "wrong kind", "wrong case area"),
    *("stranger", "former liquidator"),
)
NO_SUCH: Final = "-"
"""There is no such caller: the API takes both kinds of token, or serves both case areas."""

# Who has no relation to the case (2.6, 4.4): first that fits.
WITHOUT_RELATION: Final = (
    (r"getAllBilagFor.*|addBilagFor.*", "404"),  # below a registration that is not the caller's
    (r"getAll.*|getSagensGang|hentSager", "200 []"),  # nothing to see
    (r"get.*|update.*|delete.*|addHenvendelse", "404"),  # what is not seen is not there
    (r".*", "403"),  # a refused write
)
# Where the guide gives something else, and why.
STRANGERS: Final = {
    "doedsbojournal": (
        (r"searchBo|findChangedSince|getBo", "200", "all API users may look estates up (4.3.1)"),
        (r"add(?!Bilag).*", "201", "whoever has a claim files it (2.5)"),
    ),
    "tvangsoploesning-dirigent": (
        (r"getSag", "200", "the public part of a case; its lists are empty (4.4)"),
        (r"addKaeremaal", "400", "refused with a code: no part of the case (4.4.4)"),
    ),
    "tvangsoploesning-dirigent-kreditor": (
        (r"add.*", "201", "whoever has a claim files it (4.4.2)"),
    ),
    "henvendelse-dirigent": (
        (
            r"(get|add)Henvendelse.*",
            "400",
            "refused with a code: sag.henvendelse.traad.findes.ikke",
        ),
    ),
    "sagslager": ((r"soegSager", "200", "all API users may look cases up (4.5.1)"),),
    "dokument-lager-ekstern": ((r"addV2", "201", "a document is its uploader's (4.5.7)"),),
    "person": ((r"getPerson", "200", "with less detail (4.5.2)"),),
    "virksomhed": ((r".*", "200", "a register (4.5.4)"),),
    "adresse": ((r".*", "200", "a register (4.5.5)"),),
}
FORMER: Final = {
    **STRANGERS,
    "tvangsoploesning-dirigent": (
        *STRANGERS["tvangsoploesning-dirigent"],
        (r"udfyldErklaering", "400", "refused with a code: nobody asked for it (4.4.4)"),
    ),
    "tvangsoploesning-dirigent-likvidator": (
        (r"getAllKrav|getKrav|getAllLikvidator", "200", "what was there in its time (4.4)"),
    ),
    "henvendelse": ((r"getAllHenvendelseTraad", "200", "its own threads, of all its cases"),),
    "sagslager": (
        *STRANGERS["sagslager"],
        (r"hentSager", "200", "its cases, also the one that was handed on (4.5.1)"),
    ),
}


def expected(api: str, operation: str, *, token: str, area: bool, former: bool) -> dict[str, str]:
    """What each caller is to get.

    Args:
        api: The API.
        operation: The operationId.
        token: The kind of token that the API takes: ``direct``, ``delegated``, ``either`` or ``open``.
        area: Whether the API belongs to one case area.
        former: Whether there can be a former liquidator: it has a delegated token.
    """
    if token == "open":  # courts are open to all (4.5.6)
        return dict.fromkeys(WHO, "200")
    return {
        "no token": "401",
        "expired": "401",
        "wrong signer": "401",
        "wrong kind": NO_SUCH if token == "either" else "403",
        "wrong case area": "403" if area else NO_SUCH,
        "stranger": _related(STRANGERS, api, operation),
        "former liquidator": _related(FORMER, api, operation) if former else NO_SUCH,
    }


def _related(
    differing: dict[str, tuple[tuple[str, str, str], ...]], api: str, operation: str
) -> str:
    rules = [(pattern, answer) for pattern, answer, _ in differing.get(api, ())]
    return next(
        answer
        for pattern, answer in (*rules, *WITHOUT_RELATION)
        if re.fullmatch(pattern, operation)
    )
