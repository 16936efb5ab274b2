"""The rules by name, what of them is open, and a broken rule."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

import attrs
from typing_extensions import override

from skifteportal.core.errors import InvalidArgument

__all__ = ["DEFAULT_RULES", "PdfProblem", "PdfRule", "PdfRules", "check_count"]


class PdfRule(StrEnum):
    """Why the portal would refuse a document. Problems are listed in this order.

    Guide 4.3.5 unless another source is named. The portal's error codes are the client's catalogue's matter.
    """

    TOO_LARGE = "too_large"
    """More bytes than the limit (guide 4.3.4)."""
    NOT_A_PDF = "not_a_pdf"
    """No header, no end mark, no page, or too broken to be read."""
    TOO_COMPLEX = "too_complex"
    """It can't be looked through within the limits on memory and time, or hides a part of itself."""
    PASSWORD = "password"  # noqa: S105 - the name of a rule
    """It is encrypted (guide 4.3.6, doedsbo.f29)."""
    JAVASCRIPT = "javascript"
    """JavaScript in any form, also where nothing refers to it; and XFA forms, which hold scripts."""
    ATTACHED_FILE = "attached_file"
    """A file within the document. E-invoices in PDF/A-3 (Factur-X, ZUGFeRD) have one."""
    FORM_ACTION = "form_action"
    """A form that sends, fetches or resets its content."""
    AUTOMATIC_LINK = "automatic_link"
    """A link that needs no click, one that starts a program, or content that lies outside of the document."""
    FULL_PAGE_LINK = "full_page_link"
    """Links out of the document that cover most of a page."""


def check_count(_instance: Any, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validator: a whole number, more than 0."""
    if not isinstance(value, int) or value <= 0:
        raise InvalidArgument(
            f"{attribute.name} must be a whole number, more than 0.", argument=attribute.name
        )


def _check_share(_instance: Any, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, (int, float)) or not 0 < value <= 1:
        raise InvalidArgument(
            f"{attribute.name} must be a share of the page: more than 0, at most 1.",
            argument=attribute.name,
        )


def _check_links(_instance: Any, attribute: attrs.Attribute[Any], value: object) -> None:
    if value not in {"any", "invisible"}:
        raise InvalidArgument(
            f'{attribute.name} must be "any" or "invisible".', argument=attribute.name
        )


@attrs.frozen(kw_only=True)
class PdfRules:
    """What the portal's words leave open (guide 4.3.4 to 4.3.6). The defaults are assumptions, on the strict side.

    Attributes:
        max_bytes: The largest document. The portal's limit is not public: 10 MiB.
        owner_password: Whether a document that opens without a password, but is encrypted so as to forbid printing or
            changing, is let through. No, unless set.
        full_page_share: The share of a page's visible area from which links are full-page ones. 0.8.
        full_page_links: Which of them are refused: ``any``, or ``invisible`` for those without a border that shows.
            The guide says "usynlige"; a scanner that can't tell refuses any.
        max_objects: Dictionaries and arrays that are looked at before a document is too complex.
    """

    max_bytes: int = attrs.field(default=10 * 1024 * 1024, validator=check_count)
    owner_password: bool = False
    full_page_share: float = attrs.field(default=0.8, validator=_check_share)
    full_page_links: Literal["any", "invisible"] = attrs.field(
        default="any", validator=_check_links
    )
    max_objects: int = attrs.field(default=1_000_000, validator=check_count)


DEFAULT_RULES = PdfRules()


@attrs.frozen
class PdfProblem:
    """A rule that a document breaks.

    Attributes:
        rule: Which.
        place: What was found where, such as ``JavaScript in /OpenAction, object 4``. It holds nothing of the
            document's own content.
    """

    rule: PdfRule
    place: str

    @override
    def __str__(self) -> str:
        return f"{self.rule}: {self.place}"
