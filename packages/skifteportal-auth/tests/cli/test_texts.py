"""The table of the doctor's texts has all that is needed, in both languages."""

import tomllib
from importlib.resources import files
from string import Formatter

import pytest

from skifteportal.auth.cli import doctor
from skifteportal.auth.cli.doctor.finding import Finding
from skifteportal.auth.cli.doctor.from_error import _BY_ALERT, _BY_TYPE
from skifteportal.auth.cli.doctor.steps import STEPS
from skifteportal.auth.cli.doctor.texts import said, step_name

FOLDER = files(doctor)
TABLE = tomllib.loads(FOLDER.joinpath("texts.toml").read_text("utf-8"))


def test_no_text_is_left_over_and_every_error_has_one():
    code = "".join(
        path.read_text("utf-8") for path in FOLDER.iterdir() if path.name.endswith(".py")
    )
    assert [name for name in TABLE["findings"] if f'"{name}"' not in code] == []
    assert {*_BY_ALERT.values(), *_BY_TYPE.values()} <= set(TABLE["findings"])


def test_every_step_has_a_name_and_every_need_is_a_step_before():
    before = []
    for step in STEPS:
        assert step_name(step.id, "en")
        assert step_name(step.id, "da")
        assert set(step.needs) <= set(before)
        before.append(step.id)
    assert set(TABLE["steps"]) == set(before)


@pytest.mark.parametrize("name", TABLE["findings"])
def test_both_languages_use_the_same_facts_and_say_what_to_do(name):
    texts = TABLE["findings"][name]
    facts = {
        lang: {field for text in texts[lang] for _, field, _, _ in Formatter().parse(text) if field}
        for lang in ("en", "da")
    }
    assert facts["en"] == facts["da"]
    assert [bool(text) for text in texts["en"]] == [bool(text) for text in texts["da"]]
    assert all(texts["en"][:2])


def test_a_step_in_a_text_has_its_name():
    finding = Finding(id="needs", facts={"step": "clock"})
    assert said(finding, "da").why == "Det kræver trinnet Ur."
