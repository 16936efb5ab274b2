"""Everything that the portal's guide leaves unsaid, each as a named setting: what the sandbox assumes, and may be told."""

from typing import Any, Literal

import attrs

from skifteportal.sandbox.errors import Refused
from skifteportal.sandbox.rate_limit import RateLimit

__all__ = ["Settings"]


def _positive(_settings: object, field: "attrs.Attribute[Any]", value: float) -> None:
    if value <= 0:
        raise ValueError(f"{field.name}: must be more than 0")


def _share(_settings: object, field: "attrs.Attribute[Any]", value: float) -> None:
    if not 0 < value <= 1:
        raise ValueError(f"{field.name}: must be more than 0, at most 1")


def _limit(_settings: object, field: "attrs.Attribute[Any]", value: str) -> None:
    if value:
        try:
            RateLimit.read(value)
        except Refused as error:
            raise ValueError(f"{field.name}: {error.message}") from None


@attrs.frozen(kw_only=True)
class Settings:
    """What the sandbox assumes where the guide is silent. Only the settings marked *(guide)* are given by it.

    Attributes:
        first_page: The number of a list's first page; None: as `specs/portal.toml` has it.
        default_page_size: Entries on a page where the caller names no size.
        max_page_size: Most entries on a page; a greater size is cut down to it.
        created_status: Status of a POST that created something.
        deleted_status: Status of a DELETE: 204 without a body.
        schema_status: Status of a request that breaks the specification.
        business_status: Status of a request that breaks a rule with a code of its own (doedsbo.f1 …).
        code_member: Member of the error body that carries the code.
        message_member: Member of the error body that carries the text.
        field_member: Member of the error body that names the field.
        request_id_header: Header that names a request; the caller's own value is given back.
        deleted_visible: Whether a deleted registration can still be read, with `slettet` true.
        filing_changes_estate: Whether a registration also changes its estate's `redigeringstidspunkt`, which
            findChangedSince looks at.
        receipt_on_read: Whether GET gives the receipt too, not only the answer to POST.
        delete_follows_deadlines: Whether the deadlines of f21, f22 and f23 also bar DELETE.
        attachments_follow_deadlines: Whether the deadlines of f21, f22 and f23 also bar adding and deleting attachments.
        deadline_weeks: Weeks from the notice (proklama) until claims are cut off (dødsboskifteloven § 81).
        provisional_weeks: Further weeks in which a provisional claim may be updated (§ 82).
        darid_known: Whether any address id is taken as known; otherwise only those of the seed, else doedsbo.f6.
        handover_requires: What the court must say when it hands an estate over: doedsbo.f28.
        forms_without_bobeholdning: Forms of administration that have no net estate: doedsbo.f9.
        forms_without_bundfradrag: Those that have no basic allowance: doedsbo.f10.
        forms_without_skaeringsdato: Those that have no cut-off date: doedsbo.f11.
        forms_without_tillaegsboafgift: Those without additional estate duty: doedsbo.f12.
        forms_never_duty_free: Those whose net estate cannot be free of duty: doedsbo.f33.
        max_attachments: Attachments to one registration (guide 4.3.4): doedsbo.f19.
        max_attachment_bytes: Size of one attachment: doedsbo.f18.
        documents_scanned: Whether the document store has the rules for PDF files of attachments, and their codes.
        pdf_owner_password: Whether a PDF file that opens without a password, but forbids printing or changing, is
            taken; otherwise doedsbo.f29.
        pdf_full_page_links: Which links over a whole page are refused: `any`, or `invisible` ones only (guide 4.3.5
            says "usynlige").
        pdf_full_page_share: The share of a page from which links cover the whole of it.
        pdf_max_objects: Objects that are looked at before a PDF file is too complex: doedsbo.f24.
        pdf_scan_seconds: Seconds for looking through a PDF file; longer is too complex.
        pdf_scan_bytes: Bytes of memory for it; more is too complex.
        referred_status: Status of a DELETE of a document that something refers to.
        relation_status: Status of a write in a case that the caller has no part in, and of a change to what another
            filed in an estate and the caller only sees.
        conflict_status: Status of what is done to a request that the court has dealt with, where no code says so.
        zero_claim_companies: CVR numbers that may file a claim of 0 in a dissolution: those of Gældsstyrelsen.
        decided_bars_requests: Whether no auditor or further liquidator can be asked for while the court's decision on
            an earlier request waits to be published.
        appeals_in_closed_case: Whether a decision may be appealed when the case is over; it may be the closing one.
        appeal_days: Days from a decision's publishing in which it may be appealed (retsplejeloven § 394), where it names no day.
        late_appeals: Whether an appeal is taken after its deadline (kærefrist): the High Court judges that.
        messages_in_closed_case: Whether messages to the court are taken when the case is over; otherwise
            sag.allerede.afsluttet.
        rate_limit: How many calls of one operation a client id may make: `500/s`, `20/min`, `1000/h`; empty for no
            limit. A window begins with its first call (guide 2.2 names the limit, but no numbers). Login and
            exchange are not counted.
        max_body_bytes: Size of any request's body; more is refused with 413 before it is read.
        token_seconds: How long a token lasts (guide 3.1.3).
        token_audience: The token's `aud`.
        company_claim: The token's claim that carries the company's CVR number.
        kind_claim: The token's claim that says how it was got: `direct` or `delegated`.
        certificate_claim: The token's claim that carries the SERIALNUMBER of the certificate's subject.
        profile_claim: A delegated token's claim that carries the profile's id.
        person_claim: A delegated token's claim that carries the id of the profile's owner.
        scopes: Scopes that the login knows: the guide prints both spellings.
        scope_required: Whether a token request without a scope is refused (guide 3.1.1 lists it).
        key_areas: Case areas of an API key that names none; the portal issues keys per area (guide 1), the sandbox's
            own serves both.
        area_status: Status of a call with a key of another case area.
        registered_companies_only: Whether a certificate's company must be registered with the portal.
        assertion_audiences: What an assertion's `aud` may be, beside the login's host (guide 3.1.2), realm and token
            endpoint.
        assertion_leeway_seconds: By how much the clocks of portal and signer may differ.
        assertion_used_once: Whether an assertion must have a `jti`, and is refused the second time.
        ties_needed: Whether a participant acts only in those cases of the profile that its owner tied it to (guide 2.6);
            otherwise one that is tied to none acts in all of them.
        unknown_profile_status: Status of an exchange for a profile that is not there.
        not_participant_status: Status of an exchange by a certificate that is no participant of the profile.
    """

    first_page: int | None = None
    default_page_size: int = 20
    max_page_size: int = 1000
    created_status: int = 201
    deleted_status: int = 204
    schema_status: int = 400
    business_status: int = 400
    code_member: str = "fejlkode"
    message_member: str = "besked"
    field_member: str = "felt"
    request_id_header: str = "X-Request-Id"
    deleted_visible: bool = False
    filing_changes_estate: bool = False
    receipt_on_read: bool = False
    delete_follows_deadlines: bool = False
    attachments_follow_deadlines: bool = False
    deadline_weeks: int = 8
    provisional_weeks: int = 8
    darid_known: bool = False
    handover_requires: tuple[str, ...] = ("skifteform", "udleveringsdato")
    forms_without_bobeholdning: tuple[str, ...] = ("USKIFTET_BO",)
    forms_without_bundfradrag: tuple[str, ...] = ("USKIFTET_BO", "BOUDLAEG")
    forms_without_skaeringsdato: tuple[str, ...] = ("USKIFTET_BO", "BOUDLAEG", "AEGTEFAELLEUDLAEG")
    forms_without_tillaegsboafgift: tuple[str, ...] = (
        "USKIFTET_BO",
        "BOUDLAEG",
        "AEGTEFAELLEUDLAEG",
    )
    forms_never_duty_free: tuple[str, ...] = ("FORENKLET_PRIVAT_SKIFTE", "BOBESTYRERBO")
    max_attachments: int = 20
    max_attachment_bytes: int = 10 * 1024 * 1024
    documents_scanned: bool = True
    pdf_owner_password: bool = False
    pdf_full_page_links: Literal["any", "invisible"] = "any"
    pdf_full_page_share: float = attrs.field(default=0.8, validator=_share)
    pdf_max_objects: int = attrs.field(default=1_000_000, validator=_positive)
    pdf_scan_seconds: float = attrs.field(default=10, validator=_positive)
    pdf_scan_bytes: int = attrs.field(default=800 * 1024 * 1024, validator=_positive)
    referred_status: int = 409
    relation_status: int = 403
    conflict_status: int = 409
    zero_claim_companies: tuple[str, ...] = ("19552101",)
    decided_bars_requests: bool = True
    appeals_in_closed_case: bool = True
    appeal_days: int = 14
    late_appeals: bool = True
    messages_in_closed_case: bool = True
    rate_limit: str = attrs.field(default="", validator=_limit)
    max_body_bytes: int = 32 * 1024 * 1024
    token_seconds: int = 300
    token_audience: str = "skifteportal"  # noqa: S105 - a name
    company_claim: str = "cvr"
    kind_claim: str = "tokentype"
    certificate_claim: str = "certifikat"
    profile_claim: str = "adgangsprofil"
    person_claim: str = "person"
    scopes: tuple[str, ...] = ("openid", "Openid")
    scope_required: bool = True
    key_areas: tuple[str, ...] = ("doedsbo", "tvangsoploesning")
    area_status: int = 403
    registered_companies_only: bool = True
    assertion_audiences: tuple[str, ...] = ()
    assertion_leeway_seconds: int = 15
    assertion_used_once: bool = True
    ties_needed: bool = False
    unknown_profile_status: int = 400
    not_participant_status: int = 403
