from enum import StrEnum

import attrs
import pytest

from skifteportal.core.shapes import (
    DECIMAL,
    STRING,
    EnumOf,
    ListOf,
    ModelOf,
    Scalar,
    UnionOf,
    resolve,
)


@pytest.mark.parametrize(
    "reference",
    ["", "module", "module:", ":Class", "a b:C", "a..b:C", "m:C.D", "m:C()", "m:C\n", "m:ø", "1:C"],
)
@pytest.mark.parametrize("shape", [ModelOf, EnumOf, lambda text: UnionOf("type", {"A": text})])
def test_a_reference_that_is_no_module_and_class_is_refused(shape, reference):
    with pytest.raises(ValueError, match=r"package\.module:Class"):
        shape(reference)


def test_a_reference_is_resolved():
    assert resolve("enum:StrEnum") is StrEnum


def test_only_classes_are_resolved():
    with pytest.raises(TypeError, match="enum:unique is not a class"):
        resolve("enum:unique")


def test_shapes_are_values():
    assert ListOf(STRING) == ListOf(Scalar("string"))
    assert hash(ListOf(STRING)) == hash(ListOf(Scalar("string")))
    assert ListOf(STRING) != ListOf(DECIMAL)
    one, other = UnionOf("type", {"A": "m:A"}), UnionOf("type", {"A": "m:B"})
    assert one != other
    assert len({one, other, UnionOf("type", {"A": "m:A"})}) == 2


def test_shapes_are_frozen():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        STRING.kind = "any"
