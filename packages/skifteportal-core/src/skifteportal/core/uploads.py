"""A client's own check of what it is about to upload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skifteportal.core.catalogue import load_catalogue
from skifteportal.core.errors import InvalidArgument

if TYPE_CHECKING:
    from collections.abc import Callable

    from skifteportal.core.files import FileInput

__all__ = ["checked"]


def checked(file: FileInput, check: Callable[[FileInput], FileInput], catalogue: str) -> FileInput:
    """What a check lets through.

    Args:
        file: What the call was given.
        check: The client's ``check_upload``.
        catalogue: The module with the API's codes: a refused PDF document gets those of the rules it breaks.

    Raises:
        PdfRefused: As the check raised it, with the portal's codes.
    """
    try:
        return check(file)
    except InvalidArgument as error:
        from skifteportal.core.pdf import PdfRefused  # noqa: PLC0415 - not every check is of PDF

        if not isinstance(error, PdfRefused):
            raise
        known = load_catalogue(catalogue).values()
        codes = tuple(
            dict.fromkeys(
                info.code
                for problem in error.problems
                for info in known
                if problem.rule in info.pdf_rules
            )
        )
        if not codes:
            raise
        raise error.of_client(codes) from None
