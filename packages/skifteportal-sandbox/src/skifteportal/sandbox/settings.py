"""Everything that the portal's guide leaves unsaid, each as a named setting: what the sandbox assumes, and may be told."""

from typing import Final, Literal

import attrs

from skifteportal.sandbox.handover_terms import DETAILS, FORMS
from skifteportal.sandbox.setting_rules import (
    among,
    check_distinct,
    companies,
    header,
    limit,
    name,
    names,
    number,
    or_none,
    refusal_status,
    some_of,
    whole,
)

__all__ = ["Settings"]

_CENTURY_IN_WEEKS: Final = 5_200
_CENTURY_IN_DAYS: Final = 36_500
_DAY_IN_SECONDS: Final = 86_400
_DECADE_IN_SECONDS: Final = 315_360_000
_MOST: Final = 1_000_000
_TERABYTE: Final = 2**40
_ERROR_MEMBERS: Final = frozenset({"tidspunkt", "status", "sporingsId"})
_TOKEN_CLAIMS: Final = frozenset(
    {"act", "aud", "azp", "exp", "iat", "iss", "jti", "scope", "sid", "sub", "typ"}
)


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
        parties_named: Whether a party in what is filed (kreditor, debitor, paaVegneAf, tredjepart) must say who it is, by its
            type's own member, and a person by an id that is known: otherwise doedsbo.f41, and in a dissolution
            `schema_status` without a code.
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

    first_page: int | None = attrs.field(default=None, validator=or_none(whole(0, _MOST)))
    default_page_size: int = attrs.field(default=20, validator=whole(1, _MOST))
    max_page_size: int = attrs.field(default=1000, validator=whole(1, _MOST))
    created_status: int = attrs.field(default=201, validator=among(200, 201))
    deleted_status: int = attrs.field(default=204, validator=among(200, 204))
    schema_status: int = attrs.field(default=400, validator=refusal_status)
    business_status: int = attrs.field(default=400, validator=refusal_status)
    code_member: str = attrs.field(default="fejlkode", validator=name)
    message_member: str = attrs.field(default="besked", validator=name)
    field_member: str = attrs.field(default="felt", validator=name)
    request_id_header: str = attrs.field(default="X-Request-Id", validator=header)
    deleted_visible: bool = False
    filing_changes_estate: bool = False
    receipt_on_read: bool = False
    delete_follows_deadlines: bool = False
    attachments_follow_deadlines: bool = False
    parties_named: bool = True
    deadline_weeks: int = attrs.field(default=8, validator=whole(0, _CENTURY_IN_WEEKS))
    provisional_weeks: int = attrs.field(default=8, validator=whole(0, _CENTURY_IN_WEEKS))
    darid_known: bool = False
    handover_requires: tuple[str, ...] = attrs.field(
        default=("skifteform", "udleveringsdato"), validator=some_of(*DETAILS)
    )
    forms_without_bobeholdning: tuple[str, ...] = attrs.field(
        default=("USKIFTET_BO",), validator=some_of(*FORMS)
    )
    forms_without_bundfradrag: tuple[str, ...] = attrs.field(
        default=("USKIFTET_BO", "BOUDLAEG"), validator=some_of(*FORMS)
    )
    forms_without_skaeringsdato: tuple[str, ...] = attrs.field(
        default=("USKIFTET_BO", "BOUDLAEG", "AEGTEFAELLEUDLAEG"), validator=some_of(*FORMS)
    )
    forms_without_tillaegsboafgift: tuple[str, ...] = attrs.field(
        default=(
            "USKIFTET_BO",
            "BOUDLAEG",
            "AEGTEFAELLEUDLAEG",
        ),
        validator=some_of(*FORMS),
    )
    forms_never_duty_free: tuple[str, ...] = attrs.field(
        default=("FORENKLET_PRIVAT_SKIFTE", "BOBESTYRERBO"), validator=some_of(*FORMS)
    )
    max_attachments: int = attrs.field(default=20, validator=whole(0, _MOST))
    max_attachment_bytes: int = attrs.field(default=10 * 1024 * 1024, validator=whole(1, _TERABYTE))
    documents_scanned: bool = True
    pdf_owner_password: bool = False
    pdf_full_page_links: Literal["any", "invisible"] = attrs.field(
        default="any", validator=among("any", "invisible")
    )
    pdf_full_page_share: float = attrs.field(default=0.8, validator=number(1))
    pdf_max_objects: int = attrs.field(default=1_000_000, validator=whole(1, _TERABYTE))
    pdf_scan_seconds: float = attrs.field(default=10, validator=number(_DAY_IN_SECONDS))
    pdf_scan_bytes: int = attrs.field(default=800 * 1024 * 1024, validator=whole(1, _TERABYTE))
    referred_status: int = attrs.field(default=409, validator=refusal_status)
    relation_status: int = attrs.field(default=403, validator=refusal_status)
    conflict_status: int = attrs.field(default=409, validator=refusal_status)
    zero_claim_companies: tuple[str, ...] = attrs.field(default=("19552101",), validator=companies)
    decided_bars_requests: bool = True
    appeals_in_closed_case: bool = True
    appeal_days: int = attrs.field(default=14, validator=whole(0, _CENTURY_IN_DAYS))
    late_appeals: bool = True
    messages_in_closed_case: bool = True
    rate_limit: str = attrs.field(default="", validator=limit)
    max_body_bytes: int = attrs.field(default=32 * 1024 * 1024, validator=whole(1, _TERABYTE))
    token_seconds: int = attrs.field(default=300, validator=whole(1, _DECADE_IN_SECONDS))
    token_audience: str = attrs.field(default="skifteportal", validator=name)
    company_claim: str = attrs.field(default="cvr", validator=name)
    kind_claim: str = attrs.field(default="tokentype", validator=name)
    certificate_claim: str = attrs.field(default="certifikat", validator=name)
    profile_claim: str = attrs.field(default="adgangsprofil", validator=name)
    person_claim: str = attrs.field(default="person", validator=name)
    scopes: tuple[str, ...] = attrs.field(default=("openid", "Openid"), validator=names)
    scope_required: bool = True
    key_areas: tuple[str, ...] = attrs.field(
        default=("doedsbo", "tvangsoploesning"), validator=some_of("doedsbo", "tvangsoploesning")
    )
    area_status: int = attrs.field(default=403, validator=refusal_status)
    registered_companies_only: bool = True
    assertion_audiences: tuple[str, ...] = attrs.field(default=(), validator=names)
    assertion_leeway_seconds: int = attrs.field(default=15, validator=whole(0, _DECADE_IN_SECONDS))
    assertion_used_once: bool = True
    ties_needed: bool = False
    unknown_profile_status: int = attrs.field(default=400, validator=refusal_status)
    not_participant_status: int = attrs.field(default=403, validator=refusal_status)

    def __attrs_post_init__(self) -> None:
        members = ("code_member", "message_member", "field_member")
        check_distinct(self, *members, taken=_ERROR_MEMBERS)
        claims = ("company", "kind", "certificate", "profile", "person")
        check_distinct(self, *(f"{claim}_claim" for claim in claims), taken=_TOKEN_CLAIMS)
