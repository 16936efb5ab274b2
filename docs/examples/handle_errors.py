"""Tell apart what can go wrong when a claim is filed."""

from skifteportal.core import ApiError, OutcomeUnknown, TransportError
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import Krav, KravInput


def file_or_explain(
    portal: DoedsbojournalClient, doedsbojournal_id: str, krav: KravInput
) -> Krav | None:
    """File a claim; print what to do if it can't be filed."""
    try:
        return portal.add_krav(doedsbojournal_id, krav)
    except OutcomeUnknown as error:
        print(f"It may have been filed: compare with get_all_krav first. {error}")
    except TransportError as error:
        print(f"Not filed; try again later. {error}")
    except ApiError as error:
        print(f"Refused with {error.code}: {error.explanation} {error.action} {error.doc_url}")
    return None
