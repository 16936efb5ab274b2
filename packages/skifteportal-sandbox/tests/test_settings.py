import inspect

import attrs
import pytest
from portal_in_memory import GUIDE_ESTATE, LIQUIDATOR, Api

from skifteportal.sandbox import Settings, SettingsError
from skifteportal.sandbox.court import COURT
from skifteportal.sandbox.handover_terms import DETAILS
from skifteportal.sandbox.jws import read_jws


@pytest.mark.parametrize("name", [field.name for field in attrs.fields(Settings)])
def test_every_assumption_is_documented(name):
    assert f"\n    {name}: " in inspect.getdoc(Settings)


def test_a_limit_that_is_none_is_refused_by_name():
    assert Settings(rate_limit="5/s").rate_limit == "5/s"
    with pytest.raises(SettingsError, match="rate_limit: write a limit as 500/s"):
        Settings(rate_limit="many")


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("first_page", -1, "a whole number from 0 to 1000000, not -1"),
        ("default_page_size", 0, "a whole number from 1 to 1000000, not 0"),
        ("max_page_size", True, "a whole number from 1 to 1000000, not True"),
        ("created_status", 999, "200 or 201, not 999"),
        ("deleted_status", 201, "200 or 204, not 201"),
        ("business_status", 200, "an HTTP status from 400 to 499, not 200"),
        ("area_status", "403", "an HTTP status from 400 to 499, not '403'"),
        ("code_member", "", "a name without blanks, not ''"),
        ("person_claim", "a b", "a name without blanks, not 'a b'"),
        ("token_audience", 1, "a name without blanks, not 1"),
        ("request_id_header", "X Y", "the name of a header that has no other meaning here"),
        ("request_id_header", "Content-Length", "the name of a header that has no other meaning"),
        ("deadline_weeks", 99_999_999, "a whole number from 0 to 5200, not 99999999"),
        ("provisional_weeks", 2.5, "a whole number from 0 to 5200, not 2.5"),
        ("handover_requires", ("dato",), "some of skifteform, udleveringsdato, kontaktperson, "),
        ("forms_never_duty_free", "BOUDLAEG", "some of USKIFTET_BO, BOUDLAEG, "),
        ("max_attachments", -1, "a whole number from 0 to 1000000, not -1"),
        ("pdf_full_page_links", "some", "'any' or 'invisible', not 'some'"),
        ("pdf_full_page_share", True, "more than 0, at most 1, not True"),
        ("pdf_full_page_share", "1", "more than 0, at most 1, not '1'"),
        ("pdf_scan_seconds", 0.0, "more than 0, at most 86400, not 0.0"),
        ("zero_claim_companies", ("1234567",), "CVR numbers of eight digits, not ('1234567',)"),
        ("token_seconds", -5, "a whole number from 1 to 315360000, not -5"),
        ("scopes", ["openid"], "names without blanks, not ['openid']"),
        ("key_areas", ("doedsboer",), "some of doedsbo, tvangsoploesning, not ('doedsboer',)"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name_with_what_is_wanted(name, value, wanted):
    with pytest.raises(SettingsError) as caught:
        Settings(**{name: value})
    text = str(caught.value)
    assert text.startswith(f"The settings cannot be used: {name}: must be {wanted}")
    assert text.endswith(".")
    assert (caught.value.problem in text, caught.value.path) == (True, None)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"code_member": "status"}, "code_member: must be a name of its own; 'status' is taken"),
        ({"message_member": "fejlkode"}, "message_member: .*; 'fejlkode' is that of code_member"),
        ({"profile_claim": "sub"}, "profile_claim: .*; 'sub' is taken already"),
        ({"kind_claim": "cvr"}, "kind_claim: .*; 'cvr' is that of company_claim"),
    ],
)
def test_names_that_stand_beside_each_other_differ(changes, problem):
    with pytest.raises(SettingsError, match=problem):
        Settings(**changes)


def test_every_other_member_of_an_error_is_taken(make_portal):
    refused = Api(make_portal())("GET", f"/doedsbojournaler/{GUIDE_ESTATE}/krav?sort=x").json
    for member in refused.keys() - {"fejlkode", "besked", "felt"}:
        with pytest.raises(SettingsError, match="taken already"):
            Settings(code_member=member)


def test_every_other_claim_of_a_token_is_taken(api):
    claims = read_jws(api.acting_for(LIQUIDATOR).token(profile=LIQUIDATOR)).payload
    for claim in claims.keys() - {"cvr", "tokentype", "certifikat", "adgangsprofil", "person"}:
        with pytest.raises(SettingsError, match="taken already"):
            Settings(company_claim=claim)


def test_what_the_court_may_require_is_what_it_can_send():
    assert set(DETAILS) == set(COURT["udlever"].schema["properties"])


def test_settings_stand_fast():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Settings().first_page = 1
