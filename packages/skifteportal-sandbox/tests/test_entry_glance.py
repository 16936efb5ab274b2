"""What is read off a row sorts as what is shown does: for each kind of list, by each member that it can be sorted by."""

import pytest
from portal_in_memory import EXAMPLE_CASE, GUIDE_ESTATE, PDF

from skifteportal.sandbox.clock import nanoseconds

ESTATE = f"/doedsbojournaler/{GUIDE_ESTATE}"
LISTS = {
    f"{ESTATE}/krav": [
        {"beloeb": 2, "endeligt": True, "titel": "b", "opgjortdato": "2026-01-02"},
        {"beloeb": 1.5, "endeligt": False},
        {"beloeb": 10, "endeligt": True, "titel": "a", "beskrivelse": "x"},
    ],
    f"{ESTATE}/tilgodehavender": [
        {"beloeb": 2, "udbetalt": True, "udbetaltdato": "2026-01-02"},
        {"beloeb": 1, "udbetalt": False, "titel": "b"},
    ],
    f"{ESTATE}/effektfortegnelser": [{"bemaerkning": "b"}, {"bemaerkning": "a"}],
    f"{ESTATE}/forespoergsler": [
        {"begrundelse": "b", "bekraeftet": True},
        {"begrundelse": "a", "bekraeftet": True},
    ],
    f"{ESTATE}/aktiver": [{"titel": "b", "vaerdi": 1}, {"titel": "a", "vaerdi": 0.5}],
    f"/kreditor/tvangsoploesningssager/{EXAMPLE_CASE}/krav": [
        {"beloeb": 2, "endeligt": True, "titel": "b"},
        {"beloeb": 1.5, "endeligt": False, "bemaerkning": "x"},
    ],
}


def text(value):
    """What a member is compared by: moments have from seven to nine digits."""
    moment = isinstance(value, str) and value.endswith("Z") and "T" in value
    return nanoseconds(value) if moment else value


def by(member):
    return lambda entry: (member in entry, text(entry.get(member)))


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_sorted_by_each_member_as_it_is_shown(api, clock, path):
    for body in LISTS[path]:
        made = api("POST", path, body)
        assert made.status == 201, made.content
        clock.advance(seconds=0.1)
    headers = {"Content-Type": "application/pdf", "Content-Disposition": 'filename="a.pdf"'}
    if path.startswith("/doedsbo"):
        first = api("GET", path).json[-1]["id"]
        assert api("POST", f"{path}/{first}/bilag", content=PDF, headers=headers).status == 201
    shown = api("GET", path).json
    assert len(shown) >= len(LISTS[path])
    members = {name for entry in shown for name in entry}
    sortable = [name for name in members if api("GET", f"{path}?sort={name}").status == 200]
    assert {"id", "oprettelsestidspunkt", "redigeringstidspunkt", "harBilag"} <= set(sortable)
    for member in sortable:
        for direction, expected in (
            ("ASC", sorted(shown, key=by(member))),
            ("DESC", sorted(shown, key=by(member))[::-1]),
        ):
            found = api("GET", f"{path}?sort={member}&direction={direction}").json
            assert found == expected, (member, direction)


def test_a_liquidator_sorts_what_others_filed_and_its_tasks_by_status(liquidator):
    base = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}"
    report = liquidator("GET", f"{base}/opgaver").json[0]["id"]
    for path, body in (
        ("revisoranmodninger", {"aarsag": "Bilag mangler"}),
        ("redegoerelser", {"opsummering": "Ingen aktiver", "opgaveId": report}),
    ):
        assert liquidator("POST", f"{base}/{path}", body).status == 201
    for path, member in ((f"{base}/krav", "beloeb"), (f"{base}/opgaver", "status")):
        shown = liquidator("GET", path).json
        assert len(shown) > 1
        assert liquidator("GET", f"{path}?sort={member}").json == sorted(shown, key=by(member))
