import re

from skifteportal import specs
from skifteportal.sandbox.case_store import CLOSED, document_ids
from skifteportal.sandbox.clock import ManualClock
from skifteportal.sandbox.examples import EXAMPLES
from skifteportal.sandbox.registers.data import registers
from skifteportal.sandbox.seed import companies, seeded
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_CASE, EXAMPLE_PROFILE

STORE = seeded([], clock=ManualClock())


def test_there_is_a_case_at_every_stage():
    stages = [(case.status, len(list(case.of_kind("likvidator")))) for case in STORE.cases.values()]
    assert stages[:4] == [
        ("UNDER_BEHANDLING", 1),
        ("MODTAGET", 0),
        ("OPLOEST", 1),
        ("UNDER_BEHANDLING", 2),
    ]
    assert len(stages) == 124
    assert {status for status, _ in stages[4:]} == {"MODTAGET", "UNDER_BEHANDLING", *CLOSED}


def test_the_closed_statuses_are_the_specifications_last_four():
    schema = specs.spec("tvangsoploesning-dirigent")["components"]["schemas"]["sagStatus"]
    assert set(schema["enum"][2:]) == CLOSED


def test_everything_that_is_named_is_there():
    for case in STORE.cases.values():
        assert case.company in registers().companies
        assert case.district in registers().districts
        assert case.office in registers().offices_of[case.district]
        for record in case.records.values():
            assert record.case == case.id
            assert set(document_ids(record.data)) <= set(STORE.documents)
            task = record.data.get("opgaveId")
            assert task is None or case.records[task].kind == "opgave"
            for member in ("part", "modtager"):
                person = record.data.get(member, {}).get("person")
                assert person is None or person["personId"] in STORE.persons
    for profile in STORE.profiles.values():
        assert profile.person in STORE.persons
        assert profile.company in registers().companies


def test_the_example_certificates_company_acts_for_the_example_cases_liquidator():
    serial = companies()[0].company.serial_number
    assert serial in STORE.profiles[EXAMPLE_PROFILE].participants
    assert "fratraadt" not in STORE.cases[EXAMPLE_CASE].records[EXAMPLE_PROFILE].data


def test_the_examples_are_in_the_seed():
    assert EXAMPLES["EXAMPLE_CPR"] in STORE.people
    assert EXAMPLES["EXAMPLE_PERSON"] in STORE.persons
    assert EXAMPLES["EXAMPLE_SAG"] in STORE.cases
    assert STORE.cases[EXAMPLES["EXAMPLE_SAG"]].company == EXAMPLES["EXAMPLE_CVR"]
    assert EXAMPLES["EXAMPLE_PROFILE"] in STORE.profiles
    assert STORE.persons[EXAMPLES["EXAMPLE_PERSON"]].address["darId"] == EXAMPLES["EXAMPLE_DAR"]


def test_the_same_day_gives_the_same_cases_that_share_nothing_that_changes():
    again = seeded([], clock=ManualClock())
    one, other = STORE.cases[EXAMPLE_CASE], again.cases[EXAMPLE_CASE]
    assert one.records.keys() == other.records.keys()
    assert one.records is not other.records
    assert [record.data for record in one.records.values()] == [
        record.data for record in other.records.values()
    ]
    for identifier, record in one.records.items():
        assert record is not other.records[identifier]


def test_days_are_reckoned_from_today():
    clock = ManualClock()
    clock.advance(days=10)
    later = seeded([], clock=clock).cases[EXAMPLE_CASE]
    assert (later.received - STORE.cases[EXAMPLE_CASE].received).days == 10
    assert re.fullmatch(r"SKS 147/\d{4}", later.number)


def test_reprs_show_nothing_personal():
    shown = [*STORE.cases.values(), *STORE.profiles.values(), *STORE.documents.values()]
    shown += list(STORE.cases[EXAMPLE_CASE].records.values())
    text = "".join(repr(one) for one in shown)
    assert not any(word in text for word in ("Kvist", "Havremark", "pdf"))
