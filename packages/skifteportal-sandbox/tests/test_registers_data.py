import re
from collections import Counter

from skifteportal.sandbox.registers.data import address_line, registers, short_address
from skifteportal.sandbox.seed_estates import seed_data

REGISTERS = registers()


def test_there_are_24_districts_with_an_office_each_and_the_maritime_court():
    assert len(REGISTERS.districts) == 24
    assert Counter(office["type"] for office in REGISTERS.offices.values()) == {
        "BYRET": 24,
        "SOE_OG_HANDELSRET": 1,
    }
    assert all(
        district["embedeId"] in REGISTERS.offices for district in REGISTERS.districts.values()
    )


def test_copenhagen_and_its_neighbours_have_the_maritime_courts_office_too():
    maritime = next(
        office["id"]
        for office in REGISTERS.offices.values()
        if office["type"] == "SOE_OG_HANDELSRET"
    )
    having = {
        REGISTERS.districts[district]["navn"]
        for district, offices in REGISTERS.offices_of.items()
        if maritime in offices
    }
    assert having == {
        "Københavns Byret",
        "Retten på Frederiksberg",
        "Retten i Glostrup",
        "Retten i Lyngby",
    }


def test_every_address_that_is_named_is_in_the_register_of_addresses():
    named = [
        entry["adresse"] for entry in (*REGISTERS.offices.values(), *REGISTERS.companies.values())
    ]
    assert all(short_address(REGISTERS.addresses[one["darId"]]) == one for one in named)


def test_a_postcode_is_always_the_same_town():
    towns = {}
    for entry in (*REGISTERS.addresses.values(), *seed_data()["towns"]):
        towns.setdefault(entry["postnummer"], set()).add(entry["by"])
    assert {postcode: names for postcode, names in towns.items() if len(names) > 1} == {}


def test_no_made_up_company_can_be_a_real_one():
    """Real CVR numbers are divisible by 11, weighed 2 7 6 5 4 3 2 1."""
    weights = (2, 7, 6, 5, 4, 3, 2, 1)
    real = {
        entry["navn"]
        for cvr, entry in REGISTERS.companies.items()
        if sum(int(digit) * weight for digit, weight in zip(cvr, weights, strict=True)) % 11 == 0
    }
    assert real == {"Gældsstyrelsen"}  # the authority, which alone may file claims of 0


def test_mail_and_web_addresses_lead_nowhere():
    for office in REGISTERS.offices.values():
        assert re.fullmatch(r"skifteretten@[a-z0-9-]+\.example", office["email"])
        assert re.fullmatch(r"https://[a-z0-9-]+\.example/", office["hjemmeside"])


def test_an_address_is_written_as_on_a_letter():
    entry = {"vejnavn": "Bøgebakken", "husnummer": "12B"}
    assert address_line(entry) == "Bøgebakken 12B"
    assert address_line({**entry, "etage": "2"}) == "Bøgebakken 12B, 2."
    assert address_line({**entry, "etage": "2", "doer": "tv"}) == "Bøgebakken 12B, 2. tv"
    shown = [entry["adressebetegnelse"] for entry in REGISTERS.addresses.values()]
    assert "Bøgebakken 12B, 2. tv, 4000 Roskilde" in shown
    assert "Havnegade 7, Hasle Bakker, 8900 Randers C" in shown
