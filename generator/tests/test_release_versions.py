"""Which version follows, and which bounds allow it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalgen.diff import Level
from portalgen.problems import BrokenInput
from portalgen.release.versions import allows, compatible, next_version, numbers

VERSIONS = st.tuples(*[st.integers(0, 30)] * 3).map(lambda one: ".".join(map(str, one)))


@pytest.mark.parametrize(
    ("current", "level", "expected"),
    [
        ("0.1.4", Level.MAJOR, "0.2.0"),
        ("0.1.4", Level.MINOR, "0.2.0"),
        ("0.1.4", Level.PATCH, "0.1.5"),
        ("0.1.4", Level.NONE, "0.1.4"),
        ("1.2.3", Level.MAJOR, "2.0.0"),
        ("1.2.3", Level.MINOR, "1.3.0"),
        ("1.2.3", Level.PATCH, "1.2.4"),
    ],
)
def test_the_rules(current: str, level: Level, expected: str):
    assert next_version(current, level) == expected


@given(VERSIONS)
def test_a_bound_allows_its_version_and_patches_and_never_what_may_break(version: str):
    bound = compatible(version)
    assert allows(bound, version)
    assert allows(bound, next_version(version, Level.PATCH))
    assert not allows(bound, next_version(version, Level.MAJOR))
    assert allows(bound, next_version(version, Level.MINOR)) is (numbers(version)[0] > 0)


@given(VERSIONS, st.sampled_from(list(Level)), st.sampled_from(list(Level)))
def test_more_change_never_gives_a_lower_version(version: str, one: Level, other: Level):
    low, high = sorted([one, other])
    assert numbers(next_version(version, low)) <= numbers(next_version(version, high))


@pytest.mark.parametrize("version", ["1.2", "1.2.3rc1", "01.2.3", ""])
def test_what_is_no_version_is_refused(version: str):
    with pytest.raises(BrokenInput, match="is no version"):
        numbers(version)


@pytest.mark.parametrize("bound", ["==1.2.3", ">=1", "~=1"])
def test_what_is_no_bound_of_ours_is_refused(bound: str):
    with pytest.raises(BrokenInput, match="is no bound"):
        allows(bound, "1.2.3")
