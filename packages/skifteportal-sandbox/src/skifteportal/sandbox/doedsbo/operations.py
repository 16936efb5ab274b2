"""Which handler carries out which operation of the dødsbojournal specification."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from skifteportal.sandbox.call import Handler, Handlers
from skifteportal.sandbox.doedsbo import attachments, estates, registrations
from skifteportal.sandbox.doedsbo.kinds import KINDS, Kind
from skifteportal.sandbox.pdf_rules import check_pdf

__all__ = ["HANDLERS"]


def _of_kind(kind: Kind) -> Iterator[tuple[str, Handler]]:
    suffix = kind.operation_suffix
    yield (
        f"add{suffix}",
        Handler(run=partial(registrations.add, kind), early=partial(registrations.check_new, kind)),
    )
    yield f"getAll{suffix}", Handler(run=partial(registrations.get_all, kind))
    yield f"get{suffix}", Handler(run=partial(registrations.get, kind))
    if not kind.final:
        check = partial(registrations.check_update, kind)
        yield f"update{suffix}", Handler(run=partial(registrations.update, kind), early=check)
        yield f"delete{suffix}", Handler(run=partial(registrations.delete, kind))
    admit = partial(attachments.admit, kind)
    upload = Handler(run=partial(attachments.add, kind), admit=admit, scan=check_pdf)
    yield f"addBilagFor{suffix}", upload
    yield f"getAllBilagFor{suffix}", Handler(run=partial(attachments.get_all, kind))
    yield f"getBilagFor{suffix}", Handler(run=partial(attachments.get, kind))
    yield f"deleteBilagFor{suffix}", Handler(run=partial(attachments.delete, kind))


HANDLERS: Final[Handlers] = {
    "searchBo": Handler(run=estates.search, early=estates.check_search),
    "findChangedSince": Handler(run=estates.find_changed),
    "getBo": Handler(run=estates.get_estate),
    **{name: handler for kind in KINDS for name, handler in _of_kind(kind)},
}
