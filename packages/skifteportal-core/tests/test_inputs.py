"""An answer turned into the input of a PUT."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from input_models import Part, PartInput, Reference, ReferenceInput, Sag, SagInput, Virksomhed

from skifteportal.core import InvalidArgument, Model
from skifteportal.core.codec import from_json, to_json

SAG = {
    "id": "s1",
    "oprettet": "2022-09-09T13:08:25.988362763Z",
    "modtaget": "2022-09-09T13:08:25.98834636Z",
    "beloeb": Decimal("1.10"),
    "endeligt": False,
    "titel": None,
    "kreditor": {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "1", "nyt": 7}, "navn": "K"},
    "bilag": [{"dokumentId": "d1", "navn": "Bilag"}, {"dokumentId": "d2"}],
    "dokumenter": [{"dokumentId": "d3", "navn": "D", "nyt": 8}],
    "nummer": "17",
    "nytFelt": {"a": 1},
}


def sag(**more):
    return from_json(Sag, SAG | more)


def test_what_both_have_is_copied_and_nothing_else():
    assert to_json(sag().to_input()) == {
        "beloeb": Decimal("1.10"),
        "endeligt": False,
        "modtaget": "2022-09-09T13:08:25.98834636Z",
        "kreditor": {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "1"}},
        "bilag": ["d1", "d2"],
        "dokumenter": [{"dokumentId": "d3", "navn": "D"}],
    }


def test_what_is_given_wins():
    given = sag().to_input(
        beloeb=Decimal("99.50"),
        bilag=["d9"],
        kreditor=None,
        nummer="18",
        modtaget=datetime(2024, 3, 1, tzinfo=UTC),
        dokumenter=[ReferenceInput(dokument_id="d4", navn="E")],
    )
    assert given == SagInput(
        beloeb=Decimal("99.50"),
        endeligt=False,
        bilag=["d9"],
        nummer="18",
        modtaget=datetime(2024, 3, 1, tzinfo=UTC),
        dokumenter=[ReferenceInput(dokument_id="d4", navn="E")],
    )


def test_unknown_members_go_along_if_asked_for():
    found = to_json(sag().to_input(keep_unknown=True))
    assert found["nytFelt"] == {"a": 1}
    assert found["kreditor"]["virksomhed"] == {"cvrNummer": "1", "nyt": 7}
    assert found["dokumenter"] == [{"dokumentId": "d3", "navn": "D", "nyt": 8}]
    assert {"id", "oprettet", "nummer", "titel"}.isdisjoint(found)
    assert "navn" not in found["kreditor"]


def test_a_member_that_only_the_input_knows_is_taken_over():
    assert sag(**{"a/b~c": "x"}).to_input().kode == "x"


def test_maps_and_unions_are_converted():
    part = {"type": "PERSON", "navn": "K"}
    found = sag(parter={"a": part}, ejer=part).to_input()
    assert found.parter == {"a": PartInput(type="PERSON")}
    assert found.ejer == PartInput(type="PERSON")
    unknown = {"type": "BO", "navn": "K"}
    assert sag(ejer=unknown).to_input().ejer == unknown


def test_members_that_only_the_input_knows_are_converted_as_it_says():
    answer = Model(
        additional_properties={
            "beloeb": 7,
            "bilag": [{"id": "d1"}],
            "parter": {"a": {"type": "PERSON", "navn": "K"}},
            "kreditor": {"type": "PERSON"},
        }
    )
    found = Sag.to_input(answer)
    assert found == SagInput(
        beloeb=Decimal(7),
        bilag=["d1"],
        parter={"a": PartInput(type="PERSON")},
        kreditor=PartInput(type="PERSON"),
    )


def test_the_input_shares_nothing_with_the_answer_or_what_was_given():
    answer = sag()
    bilag = ["d9"]
    found = answer.to_input(bilag=bilag)
    bilag.append("d10")
    answer.kreditor.virksomhed.cvr_nummer = "2"
    assert found.bilag == ["d9"]
    assert found.kreditor.virksomhed == Virksomhed(cvr_nummer="1")


def test_what_must_be_there_is_asked_for():
    with pytest.raises(InvalidArgument, match=r"Give it: to_input\(beloeb=…\)") as caught:
        Sag(id="s1").to_input()
    assert caught.value.argument == "beloeb"
    assert Sag(id="s1").to_input(beloeb=Decimal(1)) == SagInput(beloeb=Decimal(1))


@pytest.mark.parametrize(
    ("answer", "argument"),
    [
        (Sag(id="s", beloeb=Decimal(1), dokumenter=[Reference(dokument_id="d")]), "dokumenter"),
        (Sag(id="s", beloeb=Decimal(1), bilag=[Reference(navn="Koss")]), "bilag"),
        (Sag(id="s", beloeb=Decimal(1), kreditor=Part(navn="Koss")), "kreditor"),
        (
            Sag(id="s", beloeb=Decimal(1), additional_properties={"a/b~c": 7}),
            "kode",
        ),
    ],
)
def test_what_does_not_fit_is_asked_for_by_name(answer, argument):
    with pytest.raises(InvalidArgument, match=f"{argument}: the answer's can't be used") as caught:
        answer.to_input()
    assert caught.value.argument == argument
    assert "Koss" not in str(caught.value)
    assert answer.to_input(**{argument: None}).beloeb == 1


def test_a_change_that_cannot_be_sent_is_refused_by_name():
    with pytest.raises(InvalidArgument, match="beloeb") as caught:
        sag().to_input(beloeb=1.5)
    assert caught.value.argument == "beloeb"


@given(
    beloeb=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2),
    titel=st.none() | st.text(),
    endeligt=st.none() | st.booleans(),
    new=st.decimals(allow_nan=False, allow_infinity=False, places=2),
)
def test_one_change_changes_one_field(beloeb, titel, endeligt, new):
    answer = Sag(id="s", beloeb=beloeb, titel=titel, endeligt=endeligt)
    assert answer.to_input(beloeb=new) == SagInput(beloeb=new, titel=titel, endeligt=endeligt)
