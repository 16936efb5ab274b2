"""Which handler carries out which operation of the three specifications on dissolution cases."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from skifteportal.sandbox.call import Handler, Handlers
from skifteportal.sandbox.dissolution import acts, kinds, records
from skifteportal.sandbox.dissolution.kinds import Kind

__all__ = ["CREDITOR", "GENERAL", "LIQUIDATOR"]

_VERBS: Final = {
    "list": ("getAll{}", records.get_all),
    "get": ("get{}", records.get),
    "update": ("update{}", records.update),
    "delete": ("delete{}", records.delete),
    "task": ("get{}ForOpgave", records.for_task),
}


def _of_kind(kind: Kind) -> Iterator[tuple[str, Handler]]:
    for verb in kind.does:
        name, run = _VERBS[verb]
        yield name.format(kind.suffix), Handler(run=partial(run, kind))
    if kind.create:
        yield kind.create, Handler(run=partial(records.create, kind))


def _of_kinds(table: Iterable[Kind]) -> dict[str, Handler]:
    return {name: handler for kind in table for name, handler in _of_kind(kind)}


GENERAL: Final[Handlers] = {
    "getSag": Handler(run=acts.get_case),
    "getSagensGang": Handler(run=acts.case_history),
    "getSagsdokumentFil": Handler(run=acts.case_document),
    **_of_kinds(kinds.GENERAL),
}

CREDITOR: Final[Handlers] = _of_kinds(kinds.CREDITORS)

LIQUIDATOR: Final[Handlers] = {
    **{
        f"getBilagFor{kind.suffix}": Handler(run=partial(acts.attachment_of, kind))
        for kind in kinds.LIQUIDATORS[:2]
    },
    "getAllLikvidator": Handler(run=acts.get_liquidators),
    "anmodErklaering": Handler(run=acts.request_declarations),
    "fratraedLikvidator": Handler(run=acts.resign),
    **_of_kinds(kinds.LIQUIDATORS),
}
