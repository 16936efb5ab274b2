from skifteportal.sandbox.store import Client, Person, Registration, Store


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


def test_registrations_are_found_by_kind_estate_and_filer_in_the_order_filed():
    store = Store()
    for one in (
        registration(3),
        registration(1),
        registration(2, kind="tilgodehavende"),
        registration(4, estate="f"),
        registration(5, company="90000001"),
    ):
        store.registrations[one.id] = one
    found = store.registrations_of("krav", estate="e", company="11111111")
    assert [one.id for one in found] == ["3", "1"]


def test_two_stores_share_nothing():
    Store().companies.add("11111111")
    assert Store().companies == set()


def test_reprs_show_nothing_personal_and_no_secret():
    assert repr(Client(id="c", secret="hidden")) == "Client(id='c')"
    assert repr(Person(id="p", cpr="hidden", name="hidden")) == "Person(id='p')"
    assert "hidden" not in repr(registration("hidden"))
