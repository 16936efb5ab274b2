import pytest
from canaries import canary
from portal_in_memory import GUIDE_CPR, GUIDE_ESTATE, Api

from skifteportal.sandbox import Settings

KRAV = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"
LIVING = canary("7309514074", "CPR number of the living")
UNKNOWN = canary("6101010000", "CPR number of nobody")
NO_SUCH_DAR = "0a3f50b8-0000-4000-8000-00000000000f"


def file(api, **parties):
    return api("POST", KRAV, {"beloeb": 1, "endeligt": True, **parties})


@pytest.mark.parametrize("field", ["kreditor", "paaVegneAf"])
@pytest.mark.parametrize("name", [{}, {"navn": "bodil ENGHOLT"}])
def test_a_cpr_number_becomes_an_id_and_is_never_kept(api, field, name):
    reply = file(api, **{field: {"type": "PERSON", "person": {"cprNummer": LIVING, **name}}})
    party = reply.json[field]
    assert list(party["person"]) == ["personId"]
    assert LIVING not in reply.content.decode()
    again = file(api, **{field: {"type": "PERSON", "person": party["person"]}})
    assert again.json[field] == party


def test_a_receivables_debtor_is_settled_too(api):
    body = {"beloeb": 1, "debitor": {"type": "PERSON", "person": {"cprNummer": GUIDE_CPR}}}
    reply = api("POST", f"/doedsbojournaler/{GUIDE_ESTATE}/tilgodehavender", body)
    assert reply.json["debitor"]["person"] == {"personId": "6dc24b2e-0097-4ec4-b7f5-d75edb7547ea"}


@pytest.mark.parametrize(
    ("person", "code", "field"),
    [
        ({"cprNummer": UNKNOWN}, "doedsbo.f42", "kreditor.person.cprNummer"),
        ({"cprNummer": LIVING, "navn": "Bodil Enghold"}, "doedsbo.f41", "kreditor.person.navn"),
    ],
)
def test_a_person_who_is_not_in_the_register_or_has_another_name_is_refused(
    api, person, code, field
):
    reply = file(api, kreditor={"type": "PERSON", "person": person})
    assert (reply.status, reply.code, reply.json["felt"]) == (400, code, field)


NOBODY = {"personId": "00000000-0000-0000-0000-000000000000"}
UNNAMED = [
    ({"type": "PERSON"}, ""),
    ({"type": "PERSON", "person": {"navn": "x"}}, ""),
    ({"type": "PERSON", "person": NOBODY}, ".person.personId"),
    ({"type": "VIRKSOMHED"}, ""),
    ({"type": "VIRKSOMHED", "person": NOBODY}, ""),
    ({"type": "UDENLANDSK_PERSON", "udenlandskPerson": {"navn": " "}}, ""),
]


@pytest.mark.parametrize("field", ["kreditor", "paaVegneAf"])
@pytest.mark.parametrize(("party", "place"), [*UNNAMED, ({"type": "ANDEN", "person": NOBODY}, "")])
def test_a_party_that_does_not_say_who_it_is_is_refused(api, field, party, place):
    code = "doedsbo.f4" if (party["type"], field) == ("ANDEN", "paaVegneAf") else "doedsbo.f41"
    reply = file(api, **{field: party})
    assert (reply.status, reply.code) == (400, code)
    assert reply.json["felt"] == (f"{field}.anden" if code == "doedsbo.f4" else f"{field}{place}")


def test_a_correction_is_judged_alike(api):
    one = f"{KRAV}/{api.krav()}"
    reply = api("PUT", one, {"beloeb": 1, "endeligt": True, "kreditor": {"type": "PERSON"}})
    assert reply.code == "doedsbo.f41"
    assert "kreditor" not in api("GET", one).json


def test_whether_a_party_must_say_who_it_is_is_a_setting(make_portal):
    lenient = Api(make_portal(settings=Settings(parties_named=False)))
    for party, _ in UNNAMED:
        assert file(lenient, kreditor=party).status == 201


def test_companies_and_others_are_taken_as_they_are(api):
    company = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "30808460"}}
    other = {"type": "ANDEN", "anden": "Dødsboet efter A"}
    reply = file(api, kreditor=company, paaVegneAf=other)
    assert (reply.json["kreditor"], reply.json["paaVegneAf"]) == (company, other)


def test_a_foreigners_address_id_must_be_known(api):
    def foreigner(dar):
        return {
            "type": "UDENLANDSK_PERSON",
            "udenlandskPerson": {"navn": "A", "adresse": {"darId": dar}},
        }

    reply = file(api, kreditor=foreigner(NO_SUCH_DAR))
    assert (reply.code, reply.json["felt"]) == (
        "doedsbo.f6",
        "kreditor.udenlandskPerson.adresse.darId",
    )
    assert NO_SUCH_DAR in reply.json["besked"]
    known = foreigner("0a3f50b8-0000-4000-8000-000000000001")
    assert file(api, kreditor=known).json["kreditor"] == known
