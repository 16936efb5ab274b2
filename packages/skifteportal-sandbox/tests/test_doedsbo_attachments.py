import pytest
from portal_in_memory import GUIDE_ESTATE, OPEN_DEADLINE, PDF, Api

from skifteportal.sandbox import Settings
from skifteportal.sandbox.doedsbo.kinds import KINDS

EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
GOOD = {
    "krav": {"beloeb": 1, "endeligt": True},
    "tilgodehavende": {"beloeb": 1},
    "effektfortegnelse": {"bemaerkning": "Ingen"},
    "forespoergsel": {"bekraeftet": True},
    "aktiv": {"vaerdi": 1},
    "proformaopgoerelse": {"bekraeftet": True},
}


@pytest.fixture
def krav(api):
    return f"/doedsbojournaler/{GUIDE_ESTATE}/krav/{api.krav()}"


@EVERY_KIND
def test_every_kind_takes_attachments_and_gives_them_back(api, kind):
    collection = f"/doedsbojournaler/{GUIDE_ESTATE}/{kind.collection}"
    one = f"{collection}/{api('POST', collection, GOOD[kind.name]).json['id']}"
    made = api.bilag(one)
    assert made.status == 201
    assert made.json == {
        "id": made.json["id"],
        "filnavn": "test.pdf",
        "url": f"{one}/bilag/{made.json['id']}",
    }
    assert api("GET", one).json["harBilag"] is True
    assert api("GET", f"{one}/bilag").json == [made.json]

    got = api("GET", made.json["url"])
    assert (got.status, got.content) == (200, PDF)
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"] == 'attachment; filename="test.pdf"'

    assert api("DELETE", made.json["url"]).status == 204
    assert api("GET", made.json["url"]).status == 404
    assert api("DELETE", made.json["url"]).json["felt"] == "bilagId"
    assert api("GET", f"{one}/bilag").json == []
    assert api("GET", one).json["harBilag"] is False


def test_a_danish_name_goes_both_ways(api, krav):
    made = api.bilag(
        krav, name="attachment; filename=\"x.pdf\"; filename*=UTF-8''r%C3%A6kning%201.pdf"
    )
    assert made.json["filnavn"] == "rækning 1.pdf"
    header = api("GET", made.json["url"])["Content-Disposition"]
    assert header == "attachment; filename=\"r_kning 1.pdf\"; filename*=UTF-8''r%C3%A6kning%201.pdf"


@pytest.mark.parametrize("name", [None, "attachment", 'filename=""'])
def test_a_file_name_is_required(api, krav, name):
    reply = api.bilag(krav, name=name)
    assert (reply.status, reply.json["felt"]) == (400, "Content-Disposition")


@pytest.mark.parametrize(
    "kind", ["application/octet-stream", "application/x-www-form-urlencoded", None]
)
def test_only_pdf_is_taken(api, krav, kind):
    assert api.bilag(krav, **{"Content-Type": kind}).status == 415


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 no end", b"x" * 1024 + PDF, PDF + b" " * 2048, b"PK\x03\x04", b"<html>%%EOF"],
)
def test_what_is_no_pdf_is_refused(api, krav, content):
    reply = api.bilag(krav, content=content)
    assert (reply.status, reply.code) == (400, "doedsbo.f24")


def test_a_pdf_may_have_a_little_before_and_after_it(api, krav):
    assert api.bilag(krav, content=b"\xef\xbb\xbf" + PDF + b"\x00" * 1000).status == 201


def test_the_guides_curl_strips_newlines_which_ruins_a_pdf(api, krav):
    assert api.bilag(krav, content=PDF.replace(b"\n", b"")).code == "doedsbo.f24"


def test_there_is_a_limit_to_the_number_of_attachments(api, krav):
    for _ in range(20):
        assert api.bilag(krav).status == 201
    reply = api.bilag(krav)
    assert (reply.status, reply.code) == (400, "doedsbo.f19")
    assert reply.json["besked"] == "Maksimal grænse for antal bilag på registrering (20) er nået"
    first = api("GET", f"{krav}/bilag").json[0]
    api("DELETE", first["url"])
    assert api.bilag(krav).status == 201


def test_whether_the_deadlines_bar_changes_of_attachments_is_a_setting(make_portal, clock):
    """Whether f21 has a say: the guide says "redigeres" of the claim, and nothing of its attachments."""
    bars = Settings(attachments_follow_deadlines=True)
    for settings, code in ((None, None), (bars, "doedsbo.f21")):
        api = Api(make_portal(settings=settings))
        krav = f"/doedsbojournaler/{OPEN_DEADLINE}/krav/{api.krav(OPEN_DEADLINE, endeligt=True)}"
        url = api.bilag(krav).json["url"]
        clock.advance(days=60)
        assert api.bilag(krav).json.get("fejlkode") == code
        gone = api("DELETE", url)
        assert (gone.code if gone.content else None) == code
        assert api("GET", url).status == (404 if code is None else 200)
        clock.advance(days=-60)


def test_there_is_a_limit_to_their_size(make_portal):
    api = Api(make_portal(settings=Settings(max_attachment_bytes=len(PDF), max_attachments=2)))
    krav = f"/doedsbojournaler/{GUIDE_ESTATE}/krav/{api.krav()}"
    assert api.bilag(krav).status == 201
    reply = api.bilag(krav, content=PDF + b" ")
    assert (reply.status, reply.code) == (400, "doedsbo.f18")
    assert (
        reply.json["besked"]
        == f"Bilaget overskrider den maksimalt tilladte størrelse ({len(PDF) + 1}/{len(PDF)})"
    )


def test_an_attachment_is_anothers_secret(api, krav):
    url = api.bilag(krav).json["url"]
    assert api("GET", url, company="90000001").status == 404
    assert api("DELETE", url, company="90000001").status == 404
