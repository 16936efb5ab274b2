import pytest

from skifteportal.sandbox.store import Attachment, Client, Person, Registration, Store


def registration(number, *, kind="krav", estate="e", company="11111111"):
    return Registration(
        id=str(number),
        kind=kind,
        estate=estate,
        company=company,
        data={},
        derived={},
        receipt={},
        created=0,
        changed=0,
    )


def filed(store, **options):
    return [
        one.id for one in store.registrations_of("krav", estate="e", company="11111111", **options)
    ]


@pytest.fixture
def store():
    store = Store()
    for one in (
        registration(3),
        registration(1),
        registration(2, kind="tilgodehavende"),
        registration(4, estate="f"),
        registration(5, company="90000001"),
    ):
        store.registrations[one.id] = one
    store.commit()
    return store


def test_registrations_are_found_by_kind_estate_and_filer_in_the_order_filed(store):
    assert filed(store) == ["3", "1"]
    assert filed(store, deleted=False) == ["3", "1"]
    assert [one.id for one in store.registrations_of("krav", estate="e")] == ["3", "1", "5"]


@pytest.mark.parametrize(
    ("estate", "kind", "company", "has"),
    [
        ("e", "krav", "90000001", True),
        ("e", "krav", "90000002", True),
        ("e", "aktiv", "90000001", False),
        ("f", "krav", "90000001", False),
    ],
)
def test_who_filed_or_is_named_has_a_part_in_the_estate(store, estate, kind, company, has):
    named = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "90000002"}}
    store.registrations["1"].data = {"kreditor": named}
    assert store.has_part_in(estate, ["tilgodehavende", kind], company=company) is has
    store.registrations["1"].deleted = store.registrations["5"].deleted = True
    assert not store.has_part_in(estate, ["tilgodehavende", kind], company=company)


def test_what_is_changed_in_place_is_kept_and_found_accordingly(store):
    store.registrations["3"].deleted = True
    assert (filed(store), filed(store, deleted=False)) == (["3", "1"], ["1"])
    store.commit()
    assert store.registrations["3"].deleted
    store.registrations["3"].deleted = False
    store.commit()
    assert filed(store, deleted=False) == ["3", "1"]


def test_what_is_not_kept_was_never_there(store):
    store.registrations["1"].deleted = True
    store.registrations["9"] = registration(9)
    del store.registrations["3"]
    store.meta["clock"] = "1"
    assert filed(store) == ["1", "9"]
    store.rollback()
    assert filed(store, deleted=False) == ["3", "1"]
    assert dict(store.meta) == {}


def test_files_are_kept_beside_and_read_when_asked_for(store):
    store.registrations["1"].attachments["a"] = Attachment(id="a", name="a.pdf", content=b"%PDF")
    store.commit()
    assert store.registrations["1"].attachments["a"].content == b"%PDF"
    del store.registrations["1"].attachments["a"]
    store.commit()
    assert store.registrations["1"].attachments == {}
    assert store.database.connection.execute("SELECT * FROM file").fetchall() == []


def test_what_is_deleted_takes_its_files_along(store):
    store.registrations["1"].attachments["a"] = Attachment(id="a", name="a.pdf", content=b"%PDF")
    store.commit()
    del store.registrations["1"]
    assert "1" not in store.registrations
    with pytest.raises(KeyError):
        del store.registrations["1"]
    store.commit()
    assert store.database.connection.execute("SELECT * FROM file").fetchall() == []


def test_people_are_found_by_number_and_replaced_by_id():
    store = Store()
    store.add_people([Person(id="p", cpr="1", name="A"), Person(id="q", name="B")])
    store.add_people([Person(id="p", cpr="1", name="C")])
    assert (store.people["1"].name, len(store.persons), list(store.people)) == ("C", 2, ["1"])
    assert len(store.people) == 1
    assert store.people.get("2") is None


def test_notes_are_a_dict():
    store = Store()
    store.meta["a"] = "1"
    store.meta["a"] = "2"
    assert (store.meta["a"], len(store.meta), list(store.meta)) == ("2", 1, ["a"])
    store.meta["a"] = ""
    del store.meta["a"]
    assert dict(store.meta) == {}
    with pytest.raises(KeyError):
        store.meta["a"]
    with pytest.raises(KeyError):
        del store.meta["a"]


def test_two_stores_share_nothing():
    Store().companies.add("11111111")
    assert Store().companies == set()


def test_names_are_a_set():
    store = Store()
    store.companies |= {"2", "1"}
    store.companies.add("2")
    store.companies.discard("3")
    assert (sorted(store.companies), len(store.companies)) == (["1", "2"], 2)
    store.companies.remove("1")
    assert store.companies == {"2"}


def test_reprs_show_nothing_personal_and_no_secret():
    assert "hidden" not in repr(Client(id="c", secret="hidden"))
    assert repr(Person(id="p", cpr="hidden", name="hidden")) == "Person(id='p')"
    assert "hidden" not in repr(registration("hidden"))
