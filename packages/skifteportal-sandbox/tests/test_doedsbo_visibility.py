"""Who sees what is filed in an estate: guide 2.1, and the example of 2.5, with filer A, creditor K and bobestyrer B."""

import pytest
from portal_in_memory import GUIDE_ESTATE, IONE_KOSS, PDF, Api

from skifteportal.sandbox import Settings
from skifteportal.sandbox.doedsbo.kinds import KINDS

CREDITOR = "90000001"
ADMINISTRATOR = "90000005"
STRANGER = "90000003"
KRAV, TILGODEHAVENDE = KINDS[0], KINDS[1]
GOOD = {
    "krav": {"beloeb": 10, "endeligt": False},
    "tilgodehavende": {"beloeb": 10},
    "effektfortegnelse": {"effekter": [{"kategori": "BIL"}]},
    "forespoergsel": {"bekraeftet": True},
    "aktiv": {"beskrivelse": "Bil"},
    "proformaopgoerelse": {"bekraeftet": True, "aktiverIAlt": 5},
}


def company(number):
    return {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": number}}


def path(kind, identifier="", *, estate=IONE_KOSS):
    return f"/doedsbojournaler/{estate}/{kind.collection}{identifier and '/'}{identifier}"


def filed(api, kind=KRAV, **changes):
    reply = api("POST", path(kind), {**GOOD[kind.name], **changes})
    assert reply.status == 201, reply.content
    return reply.json["id"]


def ids(api, kind=KRAV, *, by, query=""):
    reply = api("GET", path(kind) + query, company=by)
    assert int(reply["X-Total-Count"]) == len(reply.json)
    return [one["id"] for one in reply.json]


def handed_over(api, member="bobestyrer"):
    """Let the court hand the estate over to ADMINISTRATOR."""
    form = "BOBESTYRERBO" if member == "bobestyrer" else "PRIVAT_SKIFTE"
    body = {
        "skifteform": form,
        "udleveringsdato": "2026-01-10",
        member: {"part": company(ADMINISTRATOR)},
    }
    api.portal.court("udlever", path={"doedsbojournalId": IONE_KOSS}, body=body)


@pytest.mark.parametrize(("kind", "member"), [(KRAV, "kreditor"), (TILGODEHAVENDE, "debitor")])
def test_who_is_named_as_creditor_or_debtor_sees_it(api, kind, member):
    theirs = filed(api, kind, **{member: company(CREDITOR)})
    filed(api, kind)
    assert ids(api, kind, by=CREDITOR) == [theirs]
    one = api("GET", path(kind, theirs), company=CREDITOR)
    assert one.json == api("GET", path(kind, theirs)).json
    assert one.json["indberetter"] == company("11111111")
    assert ids(api, kind, by=STRANGER) == []
    assert len(ids(api, kind, by="11111111")) == 2


@pytest.mark.parametrize(
    "creditor",
    [
        {"type": "ANDEN", "anden": CREDITOR},
        {"type": "ANDEN", "anden": "A/S", "virksomhed": {"cvrNummer": CREDITOR}},
    ],
)
def test_only_a_company_that_is_named_by_its_number_sees_it(api, creditor):
    theirs = filed(api, kreditor=creditor)
    assert ids(api, by=CREDITOR) == []
    assert api("GET", path(KRAV, theirs), company=CREDITOR).status == 404


def test_a_correction_of_the_creditor_changes_who_sees_it(api):
    theirs = filed(api, kreditor=company(CREDITOR))
    api("PUT", path(KRAV, theirs), {**GOOD["krav"], "kreditor": company(STRANGER)})
    assert (ids(api, by=CREDITOR), ids(api, by=STRANGER)) == ([], [theirs])
    assert api("GET", path(KRAV, theirs), company=CREDITOR).status == 404


def test_a_filer_that_is_the_creditor_itself_sees_it_once(api):
    own = filed(api, kreditor=company("11111111"))
    assert ids(api, by="11111111") == [own]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("member", ["bobestyrer", "kontaktperson"])
def test_who_settles_the_estate_sees_everything_once_it_is_handed_over(api, kind, member):
    one = filed(api, kind)
    assert ids(api, kind, by=ADMINISTRATOR) == []
    assert api("GET", path(kind, one), company=ADMINISTRATOR).status == 404
    handed_over(api, member)
    other = filed(api, kind)
    assert ids(api, kind, by=ADMINISTRATOR) == [one, other]
    assert api("GET", path(kind, one), company=ADMINISTRATOR).json["id"] == one
    assert ids(api, kind, by=STRANGER) == []


def test_a_bobestyrer_of_one_estate_sees_nothing_in_another(api):
    handed_over(api)
    elsewhere = api("POST", path(KRAV, estate=GUIDE_ESTATE), GOOD["krav"]).json["id"]
    assert api("GET", path(KRAV, estate=GUIDE_ESTATE), company=ADMINISTRATOR).json == []
    there = path(KRAV, elsewhere, estate=GUIDE_ESTATE)
    assert api("GET", there, company=ADMINISTRATOR).status == 404


def test_a_list_of_everybodys_is_sorted_and_paged(api):
    for amount in (30, 10, 20):
        filed(api, beloeb=amount)
    handed_over(api)
    reply = api("GET", f"{path(KRAV)}?sort=beloeb&size=2", company=ADMINISTRATOR)
    assert [one["beloeb"] for one in reply.json] == [10, 20]
    assert reply["X-Total-Count"] == "3"


@pytest.mark.parametrize("reader", [CREDITOR, ADMINISTRATOR])
def test_who_sees_it_reads_its_attachments_and_changes_nothing(api, reader):
    one = filed(api, kreditor=company(CREDITOR))
    handed_over(api)
    where = path(KRAV, one)
    attached = api.bilag(where).json["id"]
    assert [found["id"] for found in api("GET", f"{where}/bilag", company=reader).json] == [
        attached
    ]
    assert api("GET", f"{where}/bilag/{attached}", company=reader).content == PDF
    headers = {"Content-Type": "application/pdf", "Content-Disposition": 'filename="a.pdf"'}
    refused = [
        api("PUT", where, GOOD["krav"], company=reader),
        api("DELETE", where, company=reader),
        api("POST", f"{where}/bilag", content=PDF, headers=headers, company=reader),
        api("DELETE", f"{where}/bilag/{attached}", company=reader),
    ]
    assert [(reply.status, reply.json["felt"]) for reply in refused] == [(403, "kravId")] * 4
    assert "Kun den, der har indberettet" in refused[0].json["besked"]
    assert api("GET", f"{where}/bilag/{attached}").status == 200


def test_what_is_deleted_is_seen_by_others_only_if_a_setting_says_so(api, make_portal):
    lenient = Api(make_portal(settings=Settings(deleted_visible=True)))
    for caller, seen in ((api, False), (lenient, True)):
        one = filed(caller, kreditor=company(CREDITOR))
        handed_over(caller)
        caller("DELETE", path(KRAV, one))
        for reader in (CREDITOR, ADMINISTRATOR):
            assert ids(caller, by=reader) == [one] * seen
            assert caller("GET", path(KRAV, one), company=reader).status == (200 if seen else 404)
            assert caller("DELETE", path(KRAV, one), company=reader).status == 404


def test_a_receipt_is_its_filers(make_portal):
    api = Api(make_portal(settings=Settings(receipt_on_read=True)))
    one = filed(api, kreditor=company(CREDITOR))
    assert "kvittering" in api("GET", path(KRAV, one)).json
    assert "kvittering" not in api("GET", path(KRAV, one), company=CREDITOR).json
    assert ["kvittering" in shown for shown in api("GET", path(KRAV), company=CREDITOR).json] == [
        False
    ]
