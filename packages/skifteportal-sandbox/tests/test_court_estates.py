"""The court's acts in estates: what they change for those who look through the API."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal_in_memory import GUIDE_ESTATE, IONE_KOSS

from skifteportal.sandbox import Settings
from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.court import COURT
from skifteportal.sandbox.court.estates_venue import venue_of

LIVING = "7309514074"
ROSKILDE = {"darId": "0a3f50b8-0000-4000-8000-000000000003"}
CONTACT = {"type": "PERSON", "person": {"personId": "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2001"}}
PRIVATE = {
    "skifteform": "PRIVAT_SKIFTE",
    "udleveringsdato": "2026-01-10",
    "kontaktperson": {"part": CONTACT},
}


@pytest.fixture
def court(portal):
    def act(name, body, **path):
        return portal.court(name, path=path, body=body)

    return act


@pytest.fixture
def on(court):
    """Act in one estate."""
    return lambda name, body, estate=IONE_KOSS: court(name, body, doedsbojournalId=estate)


def code_of(act, *arguments):
    with pytest.raises(Fault) as caught:
        act(*arguments)
    return caught.value.code


def estate(api, identifier=IONE_KOSS, **options):
    return api("GET", f"/doedsbojournaler/{identifier}", **options).json


def test_an_estate_is_opened_where_the_deceased_lived_and_found_at_once(court, api):
    sent = {"cprNummer": LIVING, "adresse": ROSKILDE, "sksNummer": "SKS 1-2026"}
    made = court("opretBo", {**sent, "doedsdato": "2026-01-02"})
    assert (made["retskredsId"], made["sksNummer"]) == ("1183", "SKS 1-2026")
    (found,) = api("POST", "/doedsbojournaler", {"cprNummer": LIVING}).json
    assert {**found, "sksNummer": "SKS 1-2026"} == made
    assert found["afdoede"]["navn"] == "Bodil Engholt"
    assert found["afdoede"]["adresse"]["adresselinje"] == "Mølletoften 3"
    assert found["vigtigeDatoer"] == {"doedsdato": "2026-01-02"}


def test_the_address_is_the_registers_unless_given(court, portal):
    guides = "4634875520"
    made = court("opretBo", {"cprNummer": guides, "retskredsId": "1183"})
    assert made["afdoede"]["adresse"]["adresselinje"] == "Ved Ringen 1"
    assert made["afdoede"]["foedselsdato"] == "1923-06-10"
    assert made["vigtigeDatoer"]["doedsdato"] == "2014-12-11"


def test_a_protected_address_stays_protected(court):
    made = court("opretBo", {"cprNummer": "6906443051", "adresse": {"postnummer": "4000"}})
    assert made["afdoede"]["erNavnAdresseBeskyttet"] is True
    assert "adresse" not in made["afdoede"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cprNummer": "6101010000"}, "doedsbo.f42"),
        ({"adresse": {"darId": "unknown"}}, "doedsbo.f6"),
        ({"adresse": {"postnummer": "9999"}}, "doedsbo.f30"),
        ({"retskredsId": "9999"}, "doedsbo.f5"),
        ({"retskredsId": "1174"}, "doedsbo.f31"),
    ],
)
def test_what_cannot_be_opened_is_refused_and_nothing_is_kept(court, api, changes, code):
    assert code_of(court, "opretBo", {"cprNummer": LIVING, "adresse": ROSKILDE, **changes}) == code
    assert api("POST", "/doedsbojournaler", {"cprNummer": LIVING}).json == []


def test_the_venue_is_told_by_darid_or_postcode():
    assert venue_of(ROSKILDE) == "1183"
    assert venue_of({"postnummer": "8900"}) == "1174"
    assert venue_of({}) is None


def test_a_number_belongs_to_one_estate(on):
    assert on("angivSksNummer", {"sksNummer": "SKS 7-2026"})["sksNummer"] == "SKS 7-2026"
    assert on("angivSksNummer", {"sksNummer": "SKS 7-2026"})["sksNummer"] == "SKS 7-2026"
    again = ("angivSksNummer", {"sksNummer": "SKS 7-2026"}, GUIDE_ESTATE)
    assert code_of(on, *again) == "doedsbo.f3"


def test_a_handover_shows_and_is_found_as_a_change(on, api, clock):
    before = estate(api)
    clock.advance(seconds=60)
    made = on("udlever", {**PRIVATE, "bundfradrag": 333100})
    after = estate(api)
    assert (made["bundfradrag"], "bundfradrag" in after) == (333100, False)
    assert after["skifteform"] == {
        "skifteform": "PRIVAT_SKIFTE",
        "udleveringsdato": "2026-01-10",
    }
    assert after["kontaktperson"] == {"part": CONTACT}
    assert after["vigtigeDatoer"]["boUdleveret"] == "2026-01-10"
    query = {
        "doedsbojournalIder": [IONE_KOSS, GUIDE_ESTATE],
        "aendretSiden": before["redigeringstidspunkt"],
    }
    changed = api("POST", "/doedsbojournaler/aendringer", query).json
    assert changed == [after]
    claim = api("POST", f"/doedsbojournaler/{IONE_KOSS}/krav", {"beloeb": 1, "endeligt": True})
    assert claim.json["kvittering"]["kode"] == "K2"


def test_an_administrator_needs_no_contact_person(on):
    made = on(
        "udlever",
        {
            "skifteform": "BOBESTYRERBO",
            "udleveringsdato": "2026-01-10",
            "bobestyrer": {"part": CONTACT},
        },
    )
    assert "kontaktperson" not in made
    assert made["bobestyrer"] == {"part": CONTACT}


def test_the_contact_person_that_esagsskridt_named_will_do(on):
    on("modtagESagsskridt", {"kontaktperson": {"part": CONTACT}})
    made = on("udlever", {"skifteform": "BOUDLAEG", "udleveringsdato": "2026-01-10"})
    assert made["kontaktperson"] == {"part": CONTACT}


def test_a_contact_person_abroad_is_taken_if_all_is_said(on):
    abroad = {
        "type": "UDENLANDSK_PERSON",
        "udenlandskPerson": {
            "navn": "Astrid Berg",
            "foedselsdato": "1960-05-04",
            "adresse": {"adresselinje": "Storgatan 1"},
            "landekode": "SE",
        },
    }
    made = on("modtagESagsskridt", {"kontaktperson": {"part": abroad}})
    assert made["kontaktperson"] == {"part": abroad}
    assert on("modtagESagsskridt", {"bobestyrer": {"part": CONTACT}})["bobestyrer"]


def test_figures_change_after_the_handover_only(on):
    assert code_of(on, "opdaterBobehandling", {"bundfradrag": 1}) == "doedsbo.f8"
    on("udlever", {**PRIVATE, "bundfradrag": 1})
    made = on("opdaterBobehandling", {"bobeholdning": {"beloeb": 5, "afgiftsfri": True}})
    assert (made["bundfradrag"], made["bobeholdning"]["beloeb"]) == (1, 5)


def test_a_person_is_named_by_id_even_if_the_court_names_a_cpr_number(on):
    party = {"type": "PERSON", "person": {"cprNummer": LIVING, "navn": "Bodil Engholt"}}
    made = on("udlever", {**PRIVATE, "kontaktperson": {"part": party}})
    assert set(made["kontaktperson"]["part"]["person"]) == {"personId"}


def test_details_that_are_not_required_may_be_left_out(make_portal):
    portal = make_portal(settings=Settings(handover_requires=()))
    made = portal.court(
        "udlever",
        path={"doedsbojournalId": IONE_KOSS},
        body={"kontaktperson": {"part": CONTACT}},
    )
    assert made["skifteform"] == {"udleveringsdato": "2026-01-15"}


def test_deadlines_run_from_the_notice(on, api, clock):
    path = f"/doedsbojournaler/{IONE_KOSS}/krav"
    provisional = {"beloeb": 1, "endeligt": False}
    assert on("indrykProklama", {})["proklama"] == "2026-01-15"
    made = api("POST", path, provisional).json
    assert made["rettidigt"] is True
    clock.advance(days=56)  # the last day
    assert api("PUT", f"{path}/{made['id']}", {"beloeb": 2, "endeligt": False}).status == 200
    final = api("POST", path, {"beloeb": 1, "endeligt": True}).json
    assert final["rettidigt"] is True
    clock.advance(days=1)
    assert api("POST", path, provisional).json["rettidigt"] is False
    body = {"beloeb": 2, "endeligt": True}
    assert api("PUT", f"{path}/{final['id']}", body).code == "doedsbo.f21"
    assert api("PUT", f"{path}/{made['id']}", provisional).status == 200
    clock.advance(days=56)
    assert api("PUT", f"{path}/{made['id']}", provisional).code == "doedsbo.f22"
    assert on("indrykProklama", {"dato": "2026-05-01"})["proklama"] == "2026-05-01"
    assert api("PUT", f"{path}/{made['id']}", provisional).status == 200


def test_who_settles_an_estate_is_told_to_whose_inquiry_is_approved(on, court, api):
    on("modtagESagsskridt", {"kontaktperson": {"part": CONTACT}})
    assert "kontaktperson" not in estate(api)
    path = f"/doedsbojournaler/{IONE_KOSS}/forespoergsler"
    asked = api("POST", path, {"bekraeftet": True}).json
    where = {"doedsbojournalId": IONE_KOSS, "forespoergselId": asked["id"]}
    refused = court("afgoerForespoergsel", {"status": "AFSLAAET"}, **where)
    assert refused["status"] == "AFSLAAET"
    assert "kontaktperson" not in estate(api)
    court("afgoerForespoergsel", {"status": "GODKENDT"}, **where)
    assert api("GET", f"{path}/{asked['id']}").json["status"] == "GODKENDT"
    assert estate(api)["kontaktperson"] == {"part": CONTACT}
    assert "kontaktperson" not in estate(api, company="90000001")
    told = on("oplysKontaktperson", {"cvrNummer": "90000001"})
    assert estate(api, company="90000001") == told


@pytest.mark.parametrize("identifier", ["a claim", "5b0e4f6e-0000-4000-8000-000000000000"])
def test_only_an_inquiry_of_the_estate_is_decided(court, api, identifier):
    found = api.krav(IONE_KOSS) if identifier == "a claim" else identifier
    with pytest.raises(Fault) as caught:
        court(
            "afgoerForespoergsel",
            {"status": "GODKENDT"},
            doedsbojournalId=IONE_KOSS,
            forespoergselId=found,
        )
    assert caught.value.status == 404


def test_what_came_on_paper_was_in_time_on_the_day_it_came(on, api, clock):
    on("indrykProklama", {})
    clock.advance(days=70)
    paper = {"cvrNummer": "11111111", "beloeb": 5, "endeligt": True}
    early = on("registrerForAnmelder", {**paper, "modtagelsesdato": "2026-03-01"})
    late = on("registrerForAnmelder", {**paper, "modtagelsesdato": "2026-03-20"})
    assert (early["rettidigt"], late["rettidigt"]) == (True, False)
    assert early["kvittering"]["kode"] == "K1"
    listed = api("GET", f"/doedsbojournaler/{IONE_KOSS}/krav").json
    assert [one["id"] for one in listed] == [early["id"], late["id"]]


def test_an_estate_that_is_not_there_is_said(on):
    with pytest.raises(Fault) as caught:
        on("indrykProklama", {}, "5b0e4f6e-0000-4000-8000-000000000000")
    assert (caught.value.status, caught.value.field) == (404, "doedsbojournalId")


@pytest.mark.parametrize(
    ("name", "body", "field"),
    [
        ("opretBo", {}, "cprNummer"),
        ("opretBo", {"cprNummer": "1"}, "cprNummer"),
        ("udlever", {"udleveringsdato": "2026-13-01"}, "udleveringsdato"),
        ("indrykProklama", {"when": "now"}, "when"),
    ],
)
def test_a_body_that_breaks_the_acts_schema_is_refused(on, name, body, field):
    with pytest.raises(Fault) as caught:
        on(name, body)
    assert (caught.value.status, caught.value.code, caught.value.field) == (400, None, field)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just("2026-01-01"),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["part", "type", "person", "beloeb"]), inner, max_size=3)
    ),
    max_leaves=6,
)
ESTATE_ACTS = sorted(name for name, act in COURT.items() if "doedsbojournal" in act.path)


@pytest.mark.parametrize("name", ESTATE_ACTS)
def test_no_body_makes_an_act_stumble(make_portal, name):
    portal = make_portal()
    path = {"doedsbojournalId": IONE_KOSS, "forespoergselId": IONE_KOSS}

    @given(
        body=st.fixed_dictionaries(
            {}, optional=dict.fromkeys(COURT[name].schema["properties"], JSON)
        )
    )
    def run(body):
        with contextlib.suppress(Fault):  # anything else is a failure
            portal.court(name, path=path, body=body)

    run()
