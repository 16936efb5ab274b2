"""Who settles an estate is told to whose inquiry is approved, as long as it is."""

import pytest
from portal_in_memory import IONE_KOSS

CONTACT = {"type": "PERSON", "person": {"personId": "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2001"}}
ESTATE = f"/doedsbojournaler/{IONE_KOSS}"
INQUIRIES = f"{ESTATE}/forespoergsler"


@pytest.fixture
def court(portal):
    """The court in the estate, for which eSagsskridt has named a contact person."""

    def act(name, body, **path):
        return portal.court(name, path={"doedsbojournalId": IONE_KOSS, **path}, body=body)

    act("modtagESagsskridt", {"kontaktperson": {"part": CONTACT}})
    return act


@pytest.fixture
def ask(api):
    """File an inquiry, and return its id."""
    return lambda: api("POST", INQUIRIES, {"bekraeftet": True}).json["id"]


def told(api, **options):
    return "kontaktperson" in api("GET", ESTATE, **options).json


@pytest.mark.parametrize("status", ["AFSLAAET", "UBEHANDLET"])
def test_an_approval_that_is_withdrawn_tells_no_longer(api, court, ask, status):
    inquiry = ask()
    court("afgoerForespoergsel", {"status": "GODKENDT"}, forespoergselId=inquiry)
    assert told(api)
    assert not told(api, company="90000001")
    court("afgoerForespoergsel", {"status": status}, forespoergselId=inquiry)
    assert not told(api)


def test_another_inquiry_that_is_approved_is_enough(api, court, ask):
    inquiries = [ask(), ask()]
    for inquiry in inquiries:
        court("afgoerForespoergsel", {"status": "GODKENDT"}, forespoergselId=inquiry)
    court("afgoerForespoergsel", {"status": "AFSLAAET"}, forespoergselId=inquiries[0])
    assert told(api)
    assert api("DELETE", f"{INQUIRIES}/{inquiries[1]}").status == 204
    assert not told(api)


def test_whom_the_court_told_without_an_inquiry_stays_told(api, court, ask):
    court("oplysKontaktperson", {"cvrNummer": "11111111"})
    inquiry = ask()
    for status in ("GODKENDT", "AFSLAAET"):
        court("afgoerForespoergsel", {"status": status}, forespoergselId=inquiry)
        assert told(api)


def test_what_is_told_or_told_no_longer_is_found_as_a_change(api, court, ask, clock):
    def found(since):
        body = {"doedsbojournalIder": [IONE_KOSS], "aendretSiden": since}
        return len(api("POST", "/doedsbojournaler/aendringer", body).json)

    inquiry = ask()
    for status, changes in (("AFSLAAET", 0), ("GODKENDT", 1), ("GODKENDT", 0), ("AFSLAAET", 1)):
        before = api("GET", ESTATE).json["redigeringstidspunkt"]
        clock.advance(seconds=1)
        court("afgoerForespoergsel", {"status": status}, forespoergselId=inquiry)
        assert found(before) == changes
