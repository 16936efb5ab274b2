"""Making the steps: which are made, and what becomes of an error."""

import pytest

from skifteportal.auth.cli.doctor.examination import Examination
from skifteportal.auth.cli.doctor.finding import Finding
from skifteportal.auth.cli.doctor.run import Result, examine, first_failure
from skifteportal.auth.cli.doctor.steps import Step
from skifteportal.core.errors import ConfigurationError


@pytest.fixture
def results():
    def results(*steps):
        examination = Examination(options=None, system=None, profile=None, api_check="/")
        return list(examine(examination, steps))

    return results


def good(examination):
    return None


def bad(examination):
    return Finding(id="expired")


def test_what_needs_a_failed_step_is_skipped_and_what_needs_that_too(results):
    made = results(Step("a", bad), Step("b", bad, ("a",)), Step("c", bad, ("b",)), Step("d", good))
    assert [result.outcome for result in made] == ["failed", "skipped", "skipped", "ok"]
    assert [result.finding.facts["step"] for result in made[1:3]] == ["a", "b"]
    assert first_failure(made).step == "a"


@pytest.mark.parametrize("outcome", ["warning", "skipped"])
def test_what_did_not_fail_stops_nothing(results, outcome):
    made = results(
        Step("a", lambda examination: Finding(id="no_date", outcome=outcome)),
        Step("b", good, ("a",)),
    )
    assert made[1] == Result("b")
    assert first_failure(made) is None


def test_an_error_of_ours_is_a_finding(results):
    def raises(examination):
        raise ConfigurationError("no such thing")

    (result,) = results(Step("a", raises))
    assert (result.finding.id, result.finding.detail) == ("settings", "no such thing")


def test_any_other_error_is_named_without_its_text(results):
    def raises(examination):
        raise RuntimeError("a secret, perhaps")

    (result,) = results(Step("a", raises))
    assert (result.finding.id, result.finding.detail) == ("other", "RuntimeError")
