import pytest
from portal_in_memory import OPEN_DEADLINE

CASE_OF_OTHERS = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3002"
PROFILE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3001"
LIQUIDATOR = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2001"
MANAGER = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2003"
PROTECTED = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2004"
DECEASED = "6dc24b2e-0097-4ec4-b7f5-d75edb7547ea"


def person(api, identifier, **options):
    reply = api("GET", f"/personer/{identifier}", **options)
    assert reply.status == 200, reply.content
    return reply.json


def everybody(api):
    """The ids of all that are in the register."""
    with api.portal.transaction() as world:
        return set(world.store.persons)


def test_the_dead_are_shown_as_their_estates_show_them(api):
    assert person(api, DECEASED.upper()) == {
        "personId": DECEASED,
        "navn": "Erlinda Hills",
        "foedselsdato": "1923-06-10",
        "adresse": {
            "darId": "9369a624-757a-4a37-ad06-b7c0d84228bf",
            "adresselinje": "Ved Ringen 1",
            "postnummer": "4000",
            "by": "Roskilde",
            "landekode": "DK",
        },
        "erNavnAdresseBeskyttet": False,
        "doedsdato": "2014-12-11",
    }


def test_a_protected_address_of_the_dead_is_not_shown(api):
    (estate,) = api("POST", "/doedsbojournaler", {"cprNummer": "6906443051"}).json
    shown = person(api, estate["afdoede"]["personId"])
    assert "adresse" not in shown
    assert shown["erNavnAdresseBeskyttet"] is True


def test_nobody_shows_a_cpr_number(api):
    shown = [person(api, one) for one in everybody(api)]
    assert all(not set(one) & {"cpr", "cprNummer"} for one in shown)


def test_a_creditor_sees_the_names_in_its_cases_and_no_more(api):
    assert person(api, MANAGER) == {
        "personId": MANAGER,
        "navn": "Mads Havremark",
        "erNavnAdresseBeskyttet": False,
    }
    assert person(api, PROTECTED) == {"personId": PROTECTED}


def test_without_a_relation_there_is_only_the_id(api):
    assert person(api, MANAGER, company="90000001") == {"personId": MANAGER}
    assert person(api.acting_for(CASE_OF_OTHERS), MANAGER) == {"personId": MANAGER}


def test_a_cases_liquidator_sees_everything(api):
    liquidator = api.acting_for(PROFILE)
    assert person(liquidator, MANAGER)["adresse"]["adresselinje"] == "Kirkestien 18, 1."
    protected = person(liquidator, PROTECTED)
    assert protected["navn"] == "Signe Ulvetand"
    assert protected["erNavnAdresseBeskyttet"] is True


def test_a_liquidator_sees_itself(api):
    assert person(api.acting_for(PROFILE), LIQUIDATOR)["navn"] == "Liv Kvist"


def test_who_filed_or_is_named_in_an_estate_learns_its_contact_persons_name(api):
    estate = api("GET", f"/doedsbojournaler/{OPEN_DEADLINE}").json
    contact = estate["kontaktperson"]["part"]["person"]["personId"]
    assert person(api, contact) == {"personId": contact}
    creditor = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "90000002"}}
    krav = api.krav(OPEN_DEADLINE, kreditor=creditor)
    assert set(person(api, contact)) == {"personId", "navn", "erNavnAdresseBeskyttet"}
    assert person(api, contact, company="90000002") == person(api, contact)
    assert person(api, contact, company="90000001") == {"personId": contact}
    api("DELETE", f"/doedsbojournaler/{OPEN_DEADLINE}/krav/{krav}")
    assert person(api, contact) == {"personId": contact}


@pytest.mark.parametrize("member", ["kontaktperson", "bobestyrer", "afdoede"])
def test_everybody_that_an_estate_names_is_in_the_register(api, member):
    with api.portal.transaction() as world:
        estates = world.store.estates.values()
        parts = [estate.details[member] for estate in estates if member in estate.details]
    ids = {part.get("part", {}).get("person", part).get("personId") for part in parts}
    assert ids
    assert ids <= everybody(api)


def test_somebody_unknown_is_not_found(api):
    reply = api("GET", f"/personer/{PROFILE}")
    assert (reply.status, reply.json["felt"]) == (404, "personId")
    assert api("GET", "/personer/4634875520").status == 400
