"""Which API a file describes."""

import pytest
from made_up_updates import REMOVED, edited, first, text

from portalgen.intake import Refused
from portalgen.intake.examine import examine, numbers
from portalgen.intake.received import Received
from portalgen.intake.recognise import recognise

APIS = ("person", "virksomhed", "adresse", "retskreds")
KNOWN = {api: first(api) for api in APIS}
PATH = "/paths/~1personer~1{personId}"
TITLE = {"/info/title": "Noget andet"}
STRANGE = {PATH: REMOVED, "/paths/~1a": {"get": {"operationId": "getA", "responses": {}}}}


def found(edits, *, stem="fil", api=None, known=KNOWN):
    content = text(edited(first("person"), edits))
    examined = examine(Received(name="fil.yaml", stem=stem, content=content))
    return recognise(examined, known, api=api)


@pytest.mark.parametrize(
    ("edits", "stem"),
    [
        ({}, "fil"),
        (TITLE, "fil"),
        ({f"{PATH}/get/operationId": "hentPerson"}, "fil"),
        (TITLE | {f"{PATH}/get/operationId": "hentPerson"}, "fil"),
        (STRANGE, "fil"),
        (STRANGE | {"/info/title": " API til  personopslag"}, "fil"),
        (STRANGE | TITLE, "person-dist-oas-version-100"),
        (STRANGE | TITLE, "Person-oas"),
    ],
)
def test_any_clue_will_do(edits, stem):
    assert found(edits, stem=stem) == "person"


@pytest.mark.parametrize(
    ("edits", "stem", "api", "said"),
    [
        (STRANGE | TITLE, "personer", None, "of no API that the registry knows"),
        (
            {},
            "virksomhed-oas",
            None,
            "its operations point to person, its title points to person, ",
        ),
        ({"/info/title": KNOWN["adresse"]["info"]["title"]}, "x", None, "points to different APIs"),
        ({}, "x", "adresse", "--api says adresse, but its operations are those of person"),
    ],
)
def test_contradictions_are_refused(edits, stem, api, said):
    with pytest.raises(Refused, match=said):
        found(edits, stem=stem, api=api)


def test_the_user_decides_where_operations_do_not():
    assert found(STRANGE, api="adresse") == "adresse"
    assert found({}, api="person", stem="virksomhed-oas") == "person"


def test_a_title_of_two_apis_points_to_none():
    twice = KNOWN | {"adresse": KNOWN["adresse"] | {"info": KNOWN["person"]["info"]}}
    with pytest.raises(Refused, match="of no API"):
        found(STRANGE, known=twice)


def test_without_any_api_there_is_none():
    with pytest.raises(Refused, match="of no API"):
        found({}, known={})


def test_versions_are_numbers():
    assert numbers("1.10.0") > numbers("1.9.0")
    assert numbers("2") == (2, 0, 0)
