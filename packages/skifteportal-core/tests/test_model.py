import copy
import pickle
from decimal import Decimal

import attrs
import pytest
from codec_models import Krav, KravInput, Part, PartType, Virksomhed

from skifteportal.core.model import Field, Model
from skifteportal.core.shapes import STRING


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a b",
        "1a",
        "_a",
        "__class__",
        "class",
        "a.b",
        "a\n",
        "beløb",
        "additional_properties",
        "self",
    ],
)
def test_what_is_no_plain_identifier_cannot_become_an_attribute(name):
    with pytest.raises(ValueError, match="can't be the name"):
        Field(name, "a", STRING)


def test_a_field_is_optional_hidden_and_writable_unless_it_says_otherwise():
    field = Field("har_bilag", "harBilag", STRING)
    assert (field.required, field.shown, field.read_only) == (False, False, False)
    assert Field("id", "id", STRING, read_only=True).read_only


def test_repr_shows_only_what_is_no_personal_data():
    krav = Krav(
        id="4b97",
        endeligt=False,
        beloeb=Decimal("123.45"),
        indberetter=Part(virksomhed=Virksomhed(cvr_nummer="11111111")),
        additional_properties={"navn": "Ione Koss"},
    )
    assert repr(krav) == "Krav(id='4b97', endeligt=False, ...)"
    assert repr(krav.indberetter) == "Part(...)"
    assert repr(Krav(id="4b97")) == "Krav(id='4b97')"
    assert repr(Part(type=PartType.PERSON)) == "Part(type=<PartType.PERSON: 'PERSON'>)"


def test_repr_of_a_model_without_its_attributes_does_not_fail():
    assert repr(Krav.__new__(Krav)) == "Krav()"


def test_models_compare_by_their_attributes():
    assert KravInput(beloeb=Decimal("1.10")) == KravInput(beloeb=Decimal("1.1"))
    assert KravInput(note="a") != KravInput(note="b")
    assert KravInput(note="a") != KravInput(note="a", additional_properties={"x": 1})
    assert Part() != Model()


def test_models_take_no_positional_arguments_and_no_unknown_attributes():
    with pytest.raises(TypeError):
        KravInput(Decimal(1))
    krav = KravInput()
    with pytest.raises(AttributeError):
        krav.belob = Decimal(1)


@pytest.mark.parametrize(
    "twin", [copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))]
)
def test_models_can_be_copied_and_pickled(twin):
    krav = Krav(
        id="4b97",
        indberetter=Part(type="NY"),
        beloeb=Decimal("1.10"),
        additional_properties={"ny": [None]},
    )
    other = twin(krav)
    assert other == krav
    assert other is not krav
    assert str(other.beloeb) == "1.10"


def test_evolve_keeps_what_the_attributes_do_not_carry():
    krav = Krav(id="4b97", additional_properties={"ny": 1})
    changed = attrs.evolve(krav, beloeb=Decimal("99.50"))
    assert changed.beloeb == Decimal("99.50")
    assert changed.additional_properties == {"ny": 1}
    assert krav.beloeb is None
