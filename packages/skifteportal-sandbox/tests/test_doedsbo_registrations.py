import pytest
from portal_in_memory import ALL_OVER, CLAIMS_OVER, GUIDE_ESTATE, IONE_KOSS, OPEN_DEADLINE, Api

from skifteportal.sandbox import Settings
from skifteportal.sandbox.doedsbo.kinds import KINDS

GOOD = {
    "krav": {"beloeb": 842, "endeligt": True, "titel": "Varme"},
    "tilgodehavende": {"beloeb": 842, "udbetalt": True, "udbetaltdato": "2025-12-31"},
    "effektfortegnelse": {
        "effekter": [{"kategori": "INDBO", "beskrivelse": "Chatol", "vaerdi": 2500}]
    },
    "forespoergsel": {"begrundelse": "Lejemål", "bekraeftet": True},
    "aktiv": {"titel": "Indestående", "vaerdi": 18250},
    "proformaopgoerelse": {"opgoerelsesdato": "2025-12-31", "aktiverIAlt": 5, "bekraeftet": True},
}
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def path(kind, estate=GUIDE_ESTATE):
    return f"/doedsbojournaler/{estate}/{kind.collection}"


def test_the_guides_claim_comes_back_field_for_field_with_its_receipt(api):
    body = b'{"beloeb":123,"endeligt":false,"opgjortdato":"2022-04-29"}'
    reply = api("POST", f"/doedsbojournaler/{IONE_KOSS}/krav", content=body)
    assert reply.status == 201
    krav = reply.json
    assert list(krav)[:3] == ["id", "oprettelsestidspunkt", "redigeringstidspunkt"]
    assert {name: krav[name] for name in list(krav)[3:]} == {
        "indberetter": {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "11111111"}},
        "beloeb": 123,
        "endeligt": False,
        "opgjortdato": "2022-04-29",
        "rettidigt": True,
        "harBilag": False,
        "kvittering": {
            "kode": "K1",
            "overskrift": "Dit krav er nu anmeldt ",
            "indhold": "Du har anmeldt et krav i boet efter Ione Koss.\nNår boet udleveres, vil boets kontaktperson "
            "få besked om dit krav.\nDu vil modtage en meddelelse via digital post, når boet udleveres.",
        },
        "slettet": False,
    }


@pytest.mark.parametrize("amount", ["123", "123.10", "0.30", "99999999999999999999.99", "1.0"])
def test_amounts_come_back_digit_for_digit(api, amount):
    body = f'{{"beloeb":{amount},"endeligt":false}}'.encode()
    reply = api("POST", f"/doedsbojournaler/{GUIDE_ESTATE}/krav", content=body)
    assert f'"beloeb":{amount},'.encode() in reply.content


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.final], ids=lambda k: k.name)
def test_every_kind_is_made_listed_read_corrected_and_deleted(api, kind, clock):
    body = GOOD[kind.name]
    made = api("POST", path(kind), body)
    assert made.status == 201
    assert made.json.items() >= body.items()
    assert made.json["kvittering"]["kode"] == f"{kind.receipt}2"
    one = f"{path(kind)}/{made.json['id']}"
    without = {name: value for name, value in made.json.items() if name != "kvittering"}
    assert api("GET", path(kind)).json == [without]
    assert api("GET", one).json == without

    clock.advance(seconds=1)
    correction = {**body, "paaVegneAf": {"type": "ANDEN", "anden": "Dødsboet efter A"}}
    corrected = api("PUT", one, correction)
    assert corrected.status == 200
    assert corrected.json.items() >= correction.items()
    assert corrected.json["oprettelsestidspunkt"] == made.json["oprettelsestidspunkt"]
    assert corrected.json["redigeringstidspunkt"] > made.json["redigeringstidspunkt"]
    assert api("GET", one).json == corrected.json

    gone = api("DELETE", one)
    assert (gone.status, gone.content) == (204, b"")
    assert api("GET", path(kind)).json == []
    for method, sent in (("GET", None), ("PUT", body), ("DELETE", None)):
        reply = api(method, one, sent)
        assert (reply.status, reply.json["felt"]) == (404, kind.parameter)


@EVERY_KIND
def test_nobody_sees_what_another_company_filed(api, kind):
    made = api("POST", path(kind), GOOD[kind.name])
    one = f"{path(kind)}/{made.json['id']}"
    other = {"company": "90000001"}
    assert api("GET", path(kind), **other).json == []
    assert api("GET", path(kind), **other)["X-Total-Count"] == "0"
    assert api("GET", one, **other).status == 404
    if not kind.final:
        assert api("PUT", one, GOOD[kind.name], **other).status == 404
        assert api("DELETE", one, **other).status == 404
    assert api("GET", f"{one}/bilag", **other).status == 404
    assert api("GET", one).status == 200


@EVERY_KIND
def test_a_registration_belongs_to_its_estate_and_kind(api, kind):
    made = api("POST", path(kind), GOOD[kind.name]).json["id"]
    assert api("GET", f"{path(kind, IONE_KOSS)}/{made}").status == 404
    other = KINDS[KINDS.index(kind) - 1]
    assert api("GET", f"{path(other)}/{made}").status == 404
    assert api("GET", path(kind, IONE_KOSS)).json == []


@EVERY_KIND
def test_there_is_nothing_in_an_estate_that_is_not_there(api, kind):
    missing = path(kind, "00000000-0000-4000-8000-000000000000")
    assert api("GET", missing).status == 404
    assert api("POST", missing, GOOD[kind.name]).status == 404


def test_members_that_the_specification_does_not_know_are_not_kept(api):
    made = api(
        "POST", path(KINDS[0]), {**GOOD["krav"], "rettidigt": False, "slettet": True, "ukendt": 1}
    ).json
    assert (made["rettidigt"], made["slettet"], "ukendt" in made) == (True, False, False)


def test_a_correction_replaces_the_whole(api):
    one = f"{path(KINDS[0])}/{api.krav(titel='Varme')}"
    assert "titel" not in api("PUT", one, {"beloeb": 1, "endeligt": False}).json


BREACHES = [
    ("krav", {"paaVegneAf": {"type": "ANDEN", "anden": ""}}, "f4", "paaVegneAf.anden"),
    ("krav", {"opgjortdato": "2026-01-16"}, "f17", "opgjortdato"),
    ("krav", {"modtagelsesdato": "2026-01-15"}, "f38", "modtagelsesdato"),
    ("tilgodehavende", {"udbetaltdato": None}, "f14", "udbetaltdato"),
    ("tilgodehavende", {"udbetalt": False}, "f15", "udbetaltdato"),
    ("tilgodehavende", {"udbetaltdato": "2026-01-16"}, "f16", "udbetaltdato"),
    ("tilgodehavende", {"opgjortdato": "2026-01-16"}, "f17", "opgjortdato"),
    ("effektfortegnelse", {"effekter": []}, "f39", "effekter"),
    ("effektfortegnelse", {"effekter": [{"kategori": "A"}, {"kategori": "A"}]}, "f20", "effekter"),
    ("forespoergsel", {"paaVegneAf": {"type": "ANDEN"}}, "f4", "paaVegneAf.anden"),
    ("aktiv", {"paaVegneAf": {"type": "ANDEN"}}, "f4", "paaVegneAf.anden"),
]


@pytest.mark.parametrize(("name", "change", "code", "field"), BREACHES)
def test_a_broken_rule_gets_its_code_when_made_and_when_corrected(api, name, change, code, field):
    kind = next(kind for kind in KINDS if kind.name == name)
    one = f"{path(kind)}/{api('POST', path(kind), GOOD[name]).json['id']}"
    for method, where in (("POST", path(kind)), ("PUT", one)):
        reply = api(method, where, {**GOOD[name], **change})
        assert (reply.status, reply.code, reply.json["felt"]) == (400, f"doedsbo.{code}", field)


def test_a_pro_forma_statement_is_confirmed_and_stands_as_it_was_made(api):
    kind = KINDS[5]
    assert api("POST", path(kind), {"aktiverIAlt": 5}).code == "doedsbo.f35"
    made = api("POST", path(kind), GOOD[kind.name])
    assert (made.status, made.json["kvittering"]["kode"]) == (201, "P2")
    assert "slettet" not in made.json
    one = f"{path(kind)}/{made.json['id']}"
    assert api("GET", one).json["bekraeftet"] is True
    assert [api(method, one, GOOD[kind.name]).status for method in ("PUT", "DELETE")] == [405, 405]


@pytest.mark.parametrize(
    ("received", "code"),
    [("2026-01-14", None), ("2026-01-15", "doedsbo.f38"), ("2026-01-18", "doedsbo.f38")],
)
@pytest.mark.parametrize("kind", KINDS[:2], ids=lambda kind: kind.name)
def test_a_correction_is_of_what_was_received_before_it_was_entered(
    api, clock, kind, received, code
):
    clock.advance(seconds=-12.5 * 3600)  # half past midnight in Denmark, the day before in UTC
    one = f"{path(kind)}/{api('POST', path(kind), GOOD[kind.name]).json['id']}"
    clock.advance(days=5)
    reply = api("PUT", one, {**GOOD[kind.name], "modtagelsesdato": received})
    assert reply.json.get("fejlkode") == code
    assert reply.status == (200 if code is None else 400)


def test_the_portals_rules_answer_before_the_schema(api):
    reply = api("POST", path(KINDS[0]), {"beloeb": "x", "opgjortdato": "2999-01-01"})
    assert reply.code == "doedsbo.f17"
    assert api("POST", path(KINDS[0]), {"beloeb": "x"}).code is None
    assert api("POST", path(KINDS[0]), content=b"[]").status == 400


def test_a_request_is_confirmed_when_made_and_need_not_be_when_corrected(api):
    kind = KINDS[3]
    assert api("POST", path(kind), {"begrundelse": "x"}).code == "doedsbo.f37"
    one = f"{path(kind)}/{api('POST', path(kind), GOOD['forespoergsel']).json['id']}"
    assert api("PUT", one, {"begrundelse": "y"}).json["status"] == "UBEHANDLET"


@pytest.mark.parametrize(
    ("estate", "final", "timely", "correction"),
    [
        (GUIDE_ESTATE, True, True, None),
        (OPEN_DEADLINE, True, True, None),
        (CLAIMS_OVER, True, False, "doedsbo.f21"),
        (CLAIMS_OVER, False, False, None),
        (ALL_OVER, True, False, "doedsbo.f21"),
        (ALL_OVER, False, False, "doedsbo.f22"),
    ],
)
def test_claims_stand_fast_after_their_deadlines(api, estate, final, timely, correction):
    made = api("POST", path(KINDS[0], estate), {"beloeb": 1, "endeligt": final}).json
    assert made["rettidigt"] is timely
    reply = api("PUT", f"{path(KINDS[0], estate)}/{made['id']}", {"beloeb": 2, "endeligt": True})
    assert (reply.status, reply.json.get("fejlkode")) == (
        (200, None) if correction is None else (400, correction)
    )


@pytest.mark.parametrize(("estate", "code"), [(OPEN_DEADLINE, None), (CLAIMS_OVER, "doedsbo.f23")])
def test_receivables_stand_fast_after_the_deadline(api, estate, code):
    made = api("POST", path(KINDS[1], estate), {"beloeb": 1}).json
    reply = api("PUT", f"{path(KINDS[1], estate)}/{made['id']}", {"beloeb": 2})
    assert reply.json.get("fejlkode") == code


def test_a_deadline_passes_with_the_clock(api, clock):
    made = api("POST", path(KINDS[0], OPEN_DEADLINE), GOOD["krav"]).json
    one = f"{path(KINDS[0], OPEN_DEADLINE)}/{made['id']}"
    clock.advance(days=7 * 8 - 7)
    assert api("PUT", one, GOOD["krav"]).status == 200
    clock.advance(days=1)
    assert api("PUT", one, GOOD["krav"]).code == "doedsbo.f21"
    assert api("DELETE", one).status == 204


def test_whether_the_deadlines_bar_deletion_is_a_setting(make_portal):
    api = Api(make_portal(settings=Settings(delete_follows_deadlines=True)))
    made = api.krav(CLAIMS_OVER, endeligt=True)
    assert api("DELETE", f"{path(KINDS[0], CLAIMS_OVER)}/{made}").code == "doedsbo.f21"
    assert api("DELETE", f"{path(KINDS[0])}/{api.krav()}").status == 204


def test_statuses_receipts_and_what_is_deleted_are_settings(make_portal):
    settings = Settings(
        created_status=200, deleted_status=200, deleted_visible=True, receipt_on_read=True
    )
    api = Api(make_portal(settings=settings))
    made = api("POST", path(KINDS[0]), GOOD["krav"])
    one = f"{path(KINDS[0])}/{made.json['id']}"
    assert made.status == 200
    assert api("GET", one).json == made.json
    assert api("DELETE", one).status == 200
    assert api("GET", one).json["slettet"] is True
    assert [krav["slettet"] for krav in api("GET", path(KINDS[0])).json] == [True]
    assert api("DELETE", one).status == 404
    assert api("PUT", one, GOOD["krav"]).status == 404
