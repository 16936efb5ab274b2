"""Dates and moments: what RFC 3339 has, in the years of Python's calendar; the portal never fails at one."""

import pytest
from portal_in_memory import EXAMPLE_CASE, GUIDE_ESTATE, IONE_KOSS, NEW_CASE

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.formats import FORMATS

NO_DAY = "0000-01-01"
LIQUIDATORS = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}"
GENERAL = f"/tvangsoploesningssager/{EXAMPLE_CASE}"
CLAIM = {"beloeb": 1, "endeligt": True}


@pytest.mark.parametrize(
    ("name", "text", "good"),
    [
        ("date", "0001-01-01", True),
        ("date", "9999-12-31", True),
        ("date", "2024-02-29", True),
        ("date", NO_DAY, False),
        ("date", "2026-02-29", False),
        ("date", "2026-W01-1", False),
        ("date", "20260101", False),
        ("date-time", "2016-12-31T23:59:60Z", True),
        ("date-time", "0001-01-01T00:00:00+14:00", True),
        ("date-time", "9999-12-31T23:59:59.999-14:00", True),
        ("date-time", "0000-01-01T00:00:00Z", False),
        ("date-time", "2026-01-01T00:00:00", False),
    ],
)
def test_what_a_date_and_a_moment_are(name, text, good):
    assert FORMATS[name](text) is good


@pytest.mark.parametrize(
    "moment",
    ["2016-12-31T23:59:60Z", "0001-01-01T00:00:00+14:00", "2017-01-01T00:59:60.5+01:00"],
)
def test_every_moment_may_be_asked_since(api, moment):
    body = {"doedsbojournalIder": [GUIDE_ESTATE], "aendretSiden": moment}
    assert api("POST", "/doedsbojournaler/aendringer", body).status == 200


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        (
            "/doedsbojournaler/aendringer",
            {"doedsbojournalIder": [GUIDE_ESTATE], "aendretSiden": "0000-01-01T00:00:00Z"},
            "aendretSiden",
        ),
        (
            f"/kreditor/tvangsoploesningssager/{NEW_CASE}/krav",
            {**CLAIM, "opgjortdato": NO_DAY},
            "opgjortdato",
        ),
        (
            f"/doedsbojournaler/{GUIDE_ESTATE}/krav",
            {**CLAIM, "opgjortdato": NO_DAY},
            "opgjortdato",
        ),
        (
            f"/doedsbojournaler/{GUIDE_ESTATE}/krav",
            {**CLAIM, "modtagelsesdato": NO_DAY},
            "modtagelsesdato",
        ),
    ],
)
def test_a_year_that_no_calendar_has_is_refused(api, path, body, field):
    reply = api("POST", path, body)
    assert (reply.status, reply.json["felt"]) == (400, field)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("erklaeringsanmodninger", {"modtagere": [], "fristdato": NO_DAY}),
        (
            "fratraedelser",
            {"fratraedelser": [{"likvidatorId": EXAMPLE_CASE, "fratraedelsesdato": NO_DAY}]},
        ),
        (
            "fristudsaettelser",
            {"fristId": EXAMPLE_CASE, "oensketFrist": NO_DAY, "aarsag": "Banken"},
        ),
    ],
)
def test_the_liquidator_names_no_such_year_either(liquidator, path, body):
    reply = liquidator("POST", f"{LIQUIDATORS}/{path}", body)
    assert (reply.status, reply.code) == (400, None)


@pytest.mark.parametrize(
    ("act", "body"),
    [
        (
            "opretSag",
            {"cvrNummer": "90000001", "retskredsId": "1183", "genoptagelsesfrist": NO_DAY},
        ),
        ("saetFrist", {"type": "GENOPTAGELSE", "fristdato": NO_DAY}),
        ("indrykProklama", {"dato": NO_DAY}),
    ],
)
def test_nor_does_the_court(portal, act, body):
    path = {"sagId": EXAMPLE_CASE, "doedsbojournalId": IONE_KOSS}
    with pytest.raises(Fault) as caught:
        portal.court(act, path=path, body=body)
    assert "must be a date (2026-03-01)" in caught.value.message


def test_a_notice_on_the_calendars_last_day_leaves_claims_open(api, portal):
    path = {"doedsbojournalId": IONE_KOSS}
    portal.court("indrykProklama", path=path, body={"dato": "9999-12-31"})
    made = api("POST", f"/doedsbojournaler/{IONE_KOSS}/krav", CLAIM)
    assert (made.status, made.json["rettidigt"]) == (201, True)
