import pytest
from portal_in_memory import PDF, Api

from skifteportal.sandbox import Settings
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_CASE, EXAMPLE_PROFILE

UPLOAD = {"Content-Type": "application/octet-stream", "Content-Disposition": 'filename="a.pdf"'}
CLAIMS = f"/kreditor/tvangsoploesningssager/{EXAMPLE_CASE}/krav"


def test_the_guides_answer_comes_back_member_for_member(api):
    reply = api("POST", "/v2/dokumenter", content=PDF, headers=UPLOAD)
    assert reply.status == 201
    assert reply.json == {
        "id": reply.json["id"],
        "navn": "a.pdf",
        "oprettet": "2026-01-15T12:00:00.1234560Z",
        "stoerelse": len(PDF),
        "type": "application/pdf",
        "metadata": {"oprettet_af_part_type": "virksomhed", "oprettet_af_part_id": "11111111"},
    }
    path = f"/v2/dokumenter/{reply.json['id']}"
    assert api("GET", path).json == reply.json
    got = api("GET", f"{path}/fil")
    assert (got.content, got["Content-Type"]) == (PDF, "application/pdf")
    assert got["Content-Disposition"] == 'attachment; filename="a.pdf"'


def test_a_liquidators_document_says_so(api):
    liquidator = api.acting_for(EXAMPLE_PROFILE)
    reply = liquidator("GET", f"/v2/dokumenter/{liquidator.upload()}")
    assert reply.json["metadata"] == {
        "oprettet_af_part_type": "person",
        "oprettet_af_part_id": "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2001",
    }


def test_nobody_else_finds_it_not_even_the_same_certificate_with_another_token(api):
    identifier = api.upload()
    paths = [("GET", ""), ("GET", "/fil"), ("DELETE", "")]
    for method, end in paths:
        path = f"/v2/dokumenter/{identifier}{end}"
        assert api(method, path, company="90000001").status == 404
        assert api.acting_for(EXAMPLE_PROFILE)(method, path).status == 404
    assert api("GET", f"/v2/dokumenter/{identifier.upper()}").status == 200


def test_a_deleted_document_is_gone(api):
    path = f"/v2/dokumenter/{api.upload()}"
    assert api("DELETE", path).status == 204
    assert api("GET", path).json["felt"] == "dokumentId"


def test_a_document_stays_while_something_refers_to_it(api):
    identifier = api.upload()
    made = api("POST", CLAIMS, {"beloeb": 1, "endeligt": True, "bilag": [identifier]}).json
    path = f"/v2/dokumenter/{identifier}"
    assert api("DELETE", path).status == 409
    assert api("DELETE", f"{CLAIMS}/{made['id']}").status == 204
    assert api("DELETE", path).status == 204


def test_a_document_in_a_message_stays_too(api):
    liquidator = api.acting_for(EXAMPLE_PROFILE)
    identifier = liquidator.upload()
    reference = {"dokumentId": identifier, "filnavn": "a.pdf", "navn": "Bilag"}
    thread = {
        "sagId": EXAMPLE_CASE,
        "emneord": "x",
        "henvendelser": [{"tekst": "x", "dokumenter": [reference]}],
    }
    assert liquidator("POST", "/henvendelseTraade", thread).status == 201
    assert liquidator("DELETE", f"/v2/dokumenter/{identifier}").status == 409


def test_references_are_answered_with_file_name_and_title(api):
    identifier = api.upload(name='filename="faktura.pdf"')
    sent = {"beloeb": 1, "endeligt": True, "bilag": [identifier.upper()]}
    made = api("POST", CLAIMS, sent).json
    assert made["bilag"] == [
        {"dokumentId": identifier, "filnavn": "faktura.pdf", "navn": "faktura.pdf"}
    ]
    assert made["harBilag"] is True
    named = {"dokumentId": identifier, "filnavn": "andet.pdf", "navn": "Titel"}
    path = f"/kreditor/tvangsoploesningssager/{EXAMPLE_CASE}/henvendelser"
    sent = {"emneord": "x", "tekst": "y", "dokumenter": [named]}
    assert api("POST", path, sent).json["dokumenter"] == [named]


def test_unknown_and_foreign_documents_are_refused_and_the_place_is_named(api):
    foreign = api.upload(company="90000001")
    for identifier in (foreign, EXAMPLE_CASE):
        own = api.upload()
        reply = api("POST", CLAIMS, {"beloeb": 1, "endeligt": True, "bilag": [own, identifier]})
        assert (reply.status, reply.json["felt"]) == (400, "bilag.1")
    liquidator = api.acting_for(EXAMPLE_PROFILE)
    reference = {"dokumentId": foreign, "filnavn": "a", "navn": "a"}
    reply = liquidator(
        "POST",
        "/henvendelseTraade",
        {
            "sagId": EXAMPLE_CASE,
            "emneord": "x",
            "henvendelser": [{"tekst": "1"}, {"tekst": "2", "dokumenter": [reference]}],
        },
    )
    assert reply.json["felt"] == "henvendelser.1.dokumenter.0.dokumentId"


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (b"<html>", 'filename="a.pdf"', 400, "doedsbo.f24"),
        (b"%PDF-1.7 cut off", 'filename="a.pdf"', 400, "doedsbo.f24"),
        (PDF, "attachment", 400, None),
    ],
)
def test_what_is_no_pdf_or_has_no_name_is_refused(api, content, name, status, code):
    reply = api(
        "POST", "/v2/dokumenter", content=content, headers={**UPLOAD, "Content-Disposition": name}
    )
    assert (reply.status, reply.code) == (status, code)


def test_a_document_has_the_size_of_an_attachment_at_most(make_portal):
    api = Api(make_portal(settings=Settings(max_attachment_bytes=len(PDF) - 1)))
    reply = api("POST", "/v2/dokumenter", content=PDF, headers=UPLOAD)
    assert (reply.status, reply.code) == (400, "doedsbo.f18")


def test_the_type_is_the_guides_odd_one(api):
    headers = {**UPLOAD, "Content-Type": "application/pdf"}
    assert api("POST", "/v2/dokumenter", content=PDF, headers=headers).status == 415


def test_the_status_of_a_document_that_must_stay_is_a_setting(make_portal):
    api = Api(make_portal(settings=Settings(referred_status=400)))
    identifier = api.upload()
    api("POST", CLAIMS, {"beloeb": 1, "endeligt": True, "bilag": [identifier]})
    assert api("DELETE", f"/v2/dokumenter/{identifier}").status == 400
