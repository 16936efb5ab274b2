"""The page of what the doctor finds, and the sample of what it prints: both are its own words."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from portalgen.checkout import Checkout
from sitepages import doctor
from sitepages.house import House
from skifteportal.auth.cli.doctor.finding import Finding
from skifteportal.auth.cli.doctor.steps import STEPS
from skifteportal.auth.cli.doctor.texts import said, step_name, word

ROOT = Path(__file__).parents[1]
TEXTS = tomllib.loads(
    files("skifteportal.auth.cli.doctor").joinpath("texts.toml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def pages():
    return dict(doctor.pages(House(Checkout(ROOT))))


@pytest.mark.parametrize("language", ["en", "da"])
def test_every_step_and_every_finding_is_listed(language, pages):
    page = pages[f"{language}/guides/doctor.md"]
    assert [one.id for one in STEPS if f"| **{step_name(one.id, language)}** |" not in page] == []
    sections = page.split("\n## ")[2].split("\n### ")[1:]
    rows = [line for one in sections for line in one.splitlines() if line.startswith("|")]
    assert len(rows) - 2 * len(sections) == len(set(rows)) - 2 == len(TEXTS["findings"])
    assert "{" not in page


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_sample_in_the_guide_is_what_the_doctor_says(language):
    guide = (ROOT / f"docs/{language}/guides/trouble.md").read_text("utf-8")
    lines = re.search(r"```text\n(.*?)```", guide, re.DOTALL)[1].splitlines()
    steps = [re.fullmatch(r"(\S.*?) {2,}(.+)", line) for line in lines]
    told = [(one[1], one[2]) for one in steps if one]
    ok, failed = word("ok", language), word("failed", language)
    names = [step_name(one.id, language) for one in STEPS[: len(told)]]
    assert told == [*((name, ok) for name in names[:-1]), (names[-1], failed)]
    date = re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", guide)[0]
    finding = said(Finding(id="expired", facts={"date": date}), language)
    assert [line.strip() for line, step in zip(lines, steps, strict=True) if not step] == [
        finding.what,
        f"{word('why', language)}: {finding.why}",
        f"{word('todo', language)}: {finding.todo}",
    ]


def test_a_finding_stands_below_the_step_that_makes_it(pages):
    sections = dict(
        one.split("\n", 1) for one in pages["en/guides/doctor.md"].split("\n### ") if "|" in one
    )
    for step, finding in (("Password", "wrong_password"), ("Token", "wrong_secret")):
        what = TEXTS["findings"][finding]["en"][0].partition("{")[0]
        assert [name for name, text in sections.items() if what in text] == [step]
    assert len(sections["In several steps"].strip().splitlines()) - 2 == 10
