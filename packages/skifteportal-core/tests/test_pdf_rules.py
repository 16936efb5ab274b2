"""The settings refuse nonsense; problems read well."""

import attrs
import pytest

import skifteportal.core.pdf
from skifteportal.core import InvalidArgument
from skifteportal.core.pdf import PdfProblem, PdfRule, PdfRules


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_bytes", 0),
        ("max_bytes", 1.5),
        ("max_objects", -1),
        ("full_page_share", 0),
        ("full_page_share", 1.1),
        ("full_page_share", "80 %"),
        ("full_page_links", "visible"),
    ],
)
def test_nonsense_is_refused_by_name(name, value):
    with pytest.raises(InvalidArgument, match=name) as caught:
        PdfRules(**{name: value})
    assert caught.value.argument == name


def test_the_defaults_are_the_strict_ones():
    assert attrs.asdict(PdfRules()) == {
        "max_bytes": 10 * 1024 * 1024,
        "owner_password": False,
        "full_page_share": 0.8,
        "full_page_links": "any",
        "max_objects": 1_000_000,
    }


def test_a_problem_reads_as_rule_and_place():
    problem = PdfProblem(PdfRule.JAVASCRIPT, "JavaScript in /OpenAction, object 4")
    assert str(problem) == "javascript: JavaScript in /OpenAction, object 4"


def test_everything_promised_is_there_and_documented():
    for name in skifteportal.core.pdf.__all__:
        assert getattr(skifteportal.core.pdf, name).__doc__
