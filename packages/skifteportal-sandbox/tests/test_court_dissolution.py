"""The court's acts in dissolution cases, seen through the APIs."""

import pytest
from portal_in_memory import (
    CLOSED_CASE,
    EXAMPLE_CASE,
    LIQUIDATOR,
    MANAGER,
    NEW_CASE,
    OTHER_LIQUIDATOR,
    Api,
)

from skifteportal.sandbox import Settings
from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.court import COURT

NOBODY = "00000000-0000-4000-8000-000000000000"
LIQUIDATORS = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}"
GENERAL = f"/tvangsoploesningssager/{EXAMPLE_CASE}"
CREDITORS = f"/kreditor/tvangsoploesningssager/{EXAMPLE_CASE}"
FOREIGNER = {"type": "UDENLANDSK_PERSON", "udenlandskPerson": {"navn": "A B"}}


@pytest.fixture
def court(portal):
    def act(name, body, *, sag=EXAMPLE_CASE, **path):
        return portal.court(name, path={"sagId": sag, **path}, body=body)

    return act


def refused(act, *arguments, **options):
    with pytest.raises(Fault) as caught:
        act(*arguments, **options)
    return caught.value.status, caught.value.code, caught.value.field


def test_every_act_has_a_path_and_a_summary():
    acts = [act for act in COURT.values() if act.path.startswith("/court/tvangs")]
    assert len({(act.method, act.path) for act in acts}) == len(acts) == 13
    assert all(act.summary.endswith(".") for act in acts)


def test_a_case_is_opened_found_and_given_a_liquidator(api, court):
    opened = court(
        "opretSag",
        {"cvrNummer": "90000001", "retskredsId": "1183", "genoptagelsesfrist": "2026-04-15"},
    )
    (found,) = api("POST", "/sager", {"cvrNummer": "90000001"}).json
    assert (found["sagId"], found["status"]) == (opened["id"], "MODTAGET")
    court("udpegLikvidator", {"likvidatorId": OTHER_LIQUIDATOR.upper()}, sag=opened["id"])
    other = api.acting_for(OTHER_LIQUIDATOR)
    case = other("GET", f"/tvangsoploesningssager/{opened['id']}").json
    assert (case["status"], case["genoptagelsesfrist"]) == ("UNDER_BEHANDLING", "2026-04-15")
    assert [one["navn"] for one in case["likvidatorer"]] == ["Rasmus Skovløber"]
    assert [one["type"] for one in case["frister"]] == ["GENOPTAGELSE"]
    history = other("GET", f"/tvangsoploesningssager/{opened['id']}/sagensGang").json
    assert [one["type"] for one in history] == ["MODTAGET", "LIKVIDATOR_UDPEGET"]


def test_a_company_that_was_dissolved_before_needs_no_deadline(court):
    opened = court("opretSag", {"cvrNummer": "90000031", "retskredsId": "1183"})
    assert opened["status"] == "MODTAGET"
    for name, value in (("cvrNummer", "12345678"), ("retskredsId", "x")):
        body = {"cvrNummer": "90000031", "retskredsId": "1183", name: value}
        assert refused(court, "opretSag", body) == (400, None, name)
    assert refused(court, "publicer", {"afgoerelseId": NOBODY}, sag=NOBODY)[::2] == (404, "sagId")


def test_a_liquidator_whose_firm_has_a_claim_is_not_valid(api, court):
    claim = {"beloeb": 1, "endeligt": True}
    path = f"/kreditor/tvangsoploesningssager/{NEW_CASE}/krav"
    assert api("POST", path, claim, company="90000006").status == 201
    answer = refused(court, "udpegLikvidator", {"likvidatorId": OTHER_LIQUIDATOR}, sag=NEW_CASE)
    assert answer == (400, "sag.likvidator.ikke.valid", "likvidatorId")


def test_deadlines_come_with_what_they_ask_for(liquidator, court, clock):
    later = {"fristdato": "2026-03-01"}
    report = {"type": "REDEGOERELSE", **later}
    assert refused(court, "saetFrist", report)[1] == "handling.redegoerelse.aktiv.frist"
    clock.advance(days=21)
    made = court("saetFrist", report)
    task = liquidator("GET", f"{LIQUIDATORS}/opgaver/{made['opgaveId']}").json
    assert (task["type"], task["fristdato"]) == ("REDEGOERELSE", "2026-03-01")
    liquidator("POST", f"{LIQUIDATORS}/tidligereLedelse", {"part": FOREIGNER})
    court("saetFrist", {"type": "ERKLAERING", "modtager": FOREIGNER, **later})
    asked = liquidator("GET", f"{GENERAL}/erklaeringsanmodninger").json
    assert [(one["modtager"], one["status"]) for one in asked] == [
        (MANAGER, "UDLOEBET"),
        (FOREIGNER, "AFVENTER"),
    ]
    missing = refused(court, "saetFrist", {"type": "ERKLAERING", **later})
    assert missing == (400, None, "modtager")
    court("saetFrist", {"type": "GENOPTAGELSE", **later})
    statuses = {
        one["fristdato"]: one["status"] for one in liquidator("GET", GENERAL).json["frister"]
    }
    assert statuses == {
        "2026-02-04": "UDLOEBET",
        "2026-01-25": "UDLOEBET",
        "2026-02-14": "AKTIV",
    } | {"2026-03-01": "AKTIV"}


def test_the_liquidator_is_given_a_task(liquidator, court):
    made = court("givOpgave", {"type": "KONKURSBEGAERING", "fristdato": "2026-03-01"})
    assert liquidator("GET", f"{LIQUIDATORS}/opgaver/{made['id']}").json["status"] == "AKTIV"


def reference(caller):
    return [{"dokumentId": caller.upload(), "filnavn": "a.pdf", "navn": "a"}]


def test_an_extension_moves_the_deadline_and_its_task(liquidator, court):
    deadline = liquidator("GET", f"{GENERAL}/frister").json[0]
    body = {"fristId": deadline["id"], "aarsag": "Banken", "oensketFrist": "2026-03-01"}
    path = f"{LIQUIDATORS}/fristudsaettelser"
    made = liquidator("POST", path, body).json
    court("behandlAnmodning", {"udfald": "IMOEDEKOMMET"}, anmodninger="fristudsaettelser")
    assert liquidator("GET", f"{path}/{made['id']}").json["status"] == "IMOEDEKOMMET"
    assert liquidator("GET", f"{GENERAL}/frister").json[0]["fristdato"] == "2026-03-01"
    (first, second) = liquidator("GET", f"{LIQUIDATORS}/opgaver").json
    assert (first["fristdato"], second["status"]) == ("2026-03-01", "UDFOERT")
    other = liquidator("GET", f"{GENERAL}/frister").json[1]
    liquidator("POST", path, {"fristId": other["id"], "aarsag": "Banken"})
    granted = {"udfald": "IMOEDEKOMMET", "fristdato": "2026-04-01"}
    court("behandlAnmodning", granted, anmodninger="fristudsaettelser")
    assert liquidator("GET", f"{GENERAL}/frister").json[1]["fristdato"] == "2026-04-01"


@pytest.mark.parametrize("outcome", ["IMOEDEKOMMET", "AFSLAAET"])
def test_another_liquidator_is_appointed_when_the_decision_is_published(
    api, liquidator, court, outcome
):
    path = f"{LIQUIDATORS}/medlikvidatoranmodninger"
    made = liquidator("POST", path, {"likvidatorId": OTHER_LIQUIDATOR}).json
    decided = {"udfald": outcome, "opgaveId": made["opgaveId"].upper()}
    court("behandlAnmodning", decided, anmodninger="medlikvidatoranmodninger")
    seen = liquidator("GET", f"{path}/{made['id']}").json
    assert (seen["status"], seen["udfald"]) == ("AFGJORT", outcome)
    again = liquidator("POST", path, {"likvidatorId": OTHER_LIQUIDATOR})
    assert again.code == "handling.medlikvidator.behandling.publicering"
    assert len(liquidator("GET", f"{GENERAL}/afgoerelser").json) == 2  # not yet published
    with api.portal.transaction() as world:
        records = world.store.cases[EXAMPLE_CASE].of_kind("afgoerelse")
        draft = next(one.id for one in records if "publiceret" not in one.data)
    published = court("publicer", {"afgoerelseId": draft})
    assert published["kaerefrist"] == "2026-01-29"
    assert refused(court, "publicer", {"afgoerelseId": draft})[0] == 409
    assert liquidator("GET", f"{path}/{made['id']}").json["status"] == "PUBLICERET"
    assert len(liquidator("GET", f"{GENERAL}/afgoerelser").json) == 3
    appointed = {one["navn"] for one in liquidator("GET", f"{LIQUIDATORS}/likvidatorer").json}
    assert ("Rasmus Skovløber" in appointed) is (outcome == "IMOEDEKOMMET")
    withdrawn = liquidator("DELETE", f"{path}/{made['id']}")
    assert withdrawn.code == "handling.medlikvidator.behandling.publicering"


def test_an_auditor_may_be_asked_for_again_by_a_setting(make_portal):
    api = Api(make_portal(settings=Settings(decided_bars_requests=False)))
    liquidator = api.acting_for(LIQUIDATOR)
    path = f"{LIQUIDATORS}/revisoranmodninger"
    for _ in range(2):
        assert liquidator("POST", path, {"aarsag": "x"}).status == 201
        place = {"sagId": EXAMPLE_CASE, "anmodninger": "revisoranmodninger"}
        api.portal.court("behandlAnmodning", path=place, body={"udfald": "AFSLAAET"})
    assert liquidator("POST", path, {"aarsag": "x"}).status == 201


def test_an_auditor_is_not_asked_for_while_a_decision_waits(liquidator, court):
    path = f"{LIQUIDATORS}/revisoranmodninger"
    liquidator("POST", path, {"aarsag": "x"})
    court("behandlAnmodning", {"udfald": "AFSLAAET"}, anmodninger="revisoranmodninger")
    code = "handling.revisor.behandling.publicering"
    assert liquidator("POST", path, {"aarsag": "x"}).code == code


def test_a_report_is_dealt_with_once(liquidator, court):
    task = liquidator("GET", f"{LIQUIDATORS}/opgaver").json[0]["id"]
    body = {"opsummering": "Ingen aktiver", "opgaveId": task}
    made = liquidator("POST", f"{LIQUIDATORS}/redegoerelser", body).json
    decided = {"udfald": "IMOEDEKOMMET", "opgaveId": task}
    court("behandlAnmodning", decided, anmodninger="redegoerelser")
    got = liquidator("GET", f"{LIQUIDATORS}/redegoerelser/{made['id']}").json
    assert got["status"] == "BEHANDLET"
    again = refused(court, "behandlAnmodning", decided, anmodninger="redegoerelser")
    assert again == (409, None, None)


def test_a_report_that_answers_no_task_is_dealt_with_too(liquidator, court, clock):
    clock.advance(days=21)
    liquidator("POST", f"{LIQUIDATORS}/redegoerelser", {"opsummering": "x"})
    done = court("behandlAnmodning", {"udfald": "AFSLAAET"}, anmodninger="redegoerelser")
    assert done["status"] == "BEHANDLET"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("fristudsaettelser", "sag.fristudsaettelse.opgave.ikke.tilknyttet"),
        ("konkursbegaeringer", "handling.konkursbegaering.ukendt.opgave.relation"),
        ("revisoranmodninger", "handling.revisor.ukendt.opgave.relation"),
        ("medlikvidatoranmodninger", "sag.medlikvidatoranmodning.opgave.ikke.tilknyttet"),
        ("redegoerelser", "sag.redegoerelse.opgave.ikke.tilknyttet"),
    ],
)
def test_a_task_of_something_else_is_no_request(court, kind, code):
    body = {"udfald": "AFSLAAET", "opgaveId": NOBODY}
    assert refused(court, "behandlAnmodning", body, anmodninger=kind) == (400, code, "opgaveId")


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("fristudsaettelser", "handling.fristudsaettelse.anmodning.ubehandlet.eksisterer.ikke"),
        ("konkursbegaeringer", "handling.konkursbegaering.ubehandlet.eksisterer.ikke"),
        ("revisoranmodninger", "handling.revisor.ubehandlet.eksisterer.ikke"),
        ("medlikvidatoranmodninger", None),
    ],
)
def test_there_is_nothing_to_decide_on(court, kind, answer):
    status = 400 if answer else 409
    got = refused(court, "behandlAnmodning", {"udfald": "AFSLAAET"}, anmodninger=kind)
    assert got == (status, answer, None)


def test_a_kind_of_request_that_is_not_there(court):
    got = refused(court, "behandlAnmodning", {"udfald": "AFSLAAET"}, anmodninger="x")
    assert got == (404, None, "anmodninger")


def test_a_published_closing_ends_the_case(liquidator, court):
    made = liquidator("POST", f"{LIQUIDATORS}/afslutninger", {"udfald": "KONKURS"}).json
    court("publicer", {"afslutningId": made["id"]})
    case = liquidator("GET", GENERAL).json
    assert (case["status"], case["erAfsluttet"]) == ("KONKURS", True)
    assert liquidator("GET", f"{GENERAL}/afgoerelser").json[-1]["type"] == "AFSLUTNING"
    assert "publiceret" in liquidator("GET", f"{LIQUIDATORS}/afslutninger").json[0]
    assert refused(court, "publicer", {"afgoerelseId": NOBODY})[::2] == (404, "afgoerelseId")


def test_an_appeal_goes_to_the_high_court_and_comes_back(liquidator, court):
    decision = liquidator("GET", f"{GENERAL}/afgoerelser").json[0]["id"]
    body = {"afgoerelseId": decision, "dokumenter": reference(liquidator)}
    made = liquidator("POST", f"{GENERAL}/kaeremaal", body).json
    letter = court("tilfoejDokument", {"navn": "Skrivelse"})["id"]
    letters = {
        "skrivelseLandsrettenDokumentId": letter,
        "skrivelseKaereafgiftDokumentId": letter.upper(),
    }
    wrong = {**letters, "opgaveId": NOBODY}
    got = refused(court, "videresendKaeremaal", wrong, kaeremaalId=made["id"])
    assert got == (400, "sag.kaeremaal.opgave.ikke.tilknyttet", "opgaveId")
    court("videresendKaeremaal", letters, kaeremaalId=made["id"])
    path = f"{GENERAL}/kaeremaal/{made['id']}"
    assert liquidator("GET", path).json["status"] == "VIDERESENDT"
    record = {"dokumentId": letter, "udestaaendeId": made["id"]}
    court("tilfoejRetsbog", {**record, "instans": "SOE_OG_HANDELSRET"})
    assert liquidator("GET", path).json["status"] == "VIDERESENDT"
    court("tilfoejRetsbog", {**record, "instans": "LANDSRET", "udfald": "AENDRET"})
    assert liquidator("GET", path).json["status"] == "AFGJORT"
    entered = liquidator("GET", f"{GENERAL}/retsboeger").json[-1]
    assert (entered["kaeremaalId"], entered["udfald"]) == (made["id"], "AENDRET")
    court("tilfoejRetsbog", {"dokumentId": letter, "instans": "BYRET"})
    assert "kaeremaalId" not in liquidator("GET", f"{GENERAL}/retsboeger").json[-1]


def test_documents_and_decisions_are_seen_by_the_roles_they_are_shared_with(api, liquidator, court):
    made = court("tilfoejDokument", {"navn": "Notat", "linjer": ["Fortroligt"]})["id"]
    where = f"{GENERAL}/dokumenter/{made}/fil"
    assert (api("GET", where).status, liquidator("GET", where).status) == (404, 404)
    court("delMedRoller", {"id": made, "roller": ["LIKVIDATOR"]})
    assert (api("GET", where).status, liquidator("GET", where).status) == (404, 200)
    court("delMedRoller", {"id": made, "roller": ["KREDITOR"]})
    assert (api("GET", where).status, liquidator("GET", where).status) == (200, 404)
    said = {"type": "ANDET", "overskrift": "Beslutning", "roller": ["KREDITOR"]}
    decision = court("afsigAfgoerelse", {**said, "dokumenter": [made]})["id"]
    one = f"{GENERAL}/afgoerelser/{decision}"
    assert api("GET", one).status == 404
    court("publicer", {"afgoerelseId": decision})
    assert (api("GET", one).status, liquidator("GET", one).status) == (200, 404)
    assert api("GET", one).json["dokumenter"][0]["dokumentId"] == made
    other = court("afsigAfgoerelse", {"type": "ANDET", "overskrift": "Kort"})
    assert len(other["deltMed"]) == 5
    own = liquidator.upload()
    bad = {**said, "dokumenter": [own]}
    assert refused(court, "afsigAfgoerelse", bad) == (400, None, "dokumenter")


def test_the_court_answers_a_thread_and_a_creditors_message(api, liquidator, court):
    document = court("tilfoejDokument", {"navn": "Svar"})["id"]
    thread = {"sagId": EXAMPLE_CASE, "emneord": "Ring", "henvendelser": [{"tekst": "a"}]}
    made = liquidator("POST", "/henvendelseTraade", thread).json["id"]
    court("besvarHenvendelse", {"tekst": "Ja.", "dokumenter": [document]}, henvendelseId=made)
    got = liquidator("GET", f"/henvendelseTraade/{made}").json
    assert (got["status"], got["henvendelser"][1]["tekst"]) == ("BESVARET", "Ja.")
    file = f"/sager/{EXAMPLE_CASE}/henvendelseTraade/{made}/dokumenter/{document}/fil"
    assert liquidator("GET", file).status == 200
    asked = api("POST", f"{CREDITORS}/henvendelser", {"emneord": "a", "tekst": "b"}).json["id"]
    court("besvarHenvendelse", {"tekst": "Nej."}, henvendelseId=asked)
    (message,) = api("GET", f"{CREDITORS}/henvendelser").json
    assert [answer["tekst"] for answer in message["svar"]] == ["Nej."]
    got = refused(court, "besvarHenvendelse", {"tekst": "x"}, henvendelseId=NOBODY)
    assert got == (404, None, "henvendelseId")


def test_a_closed_case_keeps_its_status(court):
    got = refused(court, "opdaterSagStatus", {"status": "MODTAGET"}, sag=CLOSED_CASE)
    assert got == (400, "sag.status.afsluttet", "status")
