"""The pages of the codes can be followed: each step that they show, done again on another day, ends in the code."""

from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest
from shown_commands import problem_of
from shown_steps import Replay, shown_steps

from portalgen.checkout import Checkout
from sitepages import errors
from sitepages.house import House
from sitepages.provoking import provocation
from skifteportal.sandbox.provocations import PROVOCATIONS, Outcome, Provocation, Step, run_all

LATER = datetime(2031, 8, 20, 9, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[1]
MADE = "0b7c8d1e-0000-4000-8000-0000000000aa"


@pytest.fixture(scope="module")
def pages():
    return dict(errors.pages(House(Checkout(ROOT))))


@pytest.fixture(scope="module")
def replay():
    steps = [step for outcome in run_all() for step in outcome.steps if step.file]
    return Replay(LATER, {step.file.about: step.file.content for step in steps})


@pytest.mark.parametrize("code", PROVOCATIONS)
def test_who_does_what_a_page_shows_gets_the_code(pages, replay, code):
    replay.restart()
    steps = list(shown_steps(pages[f"en/errors/{code}.md"]))
    assert [problem for step in steps if (problem := replay.do(step))] == []
    assert code in steps[-1].answer


def test_a_page_without_its_move_of_the_clock_cannot_be_followed(pages, replay):
    replay.restart()
    steps = list(shown_steps(pages["en/errors/doedsbo.f21.md"]))
    (clock,) = (step for step in steps if not step.answer)
    assert clock.request == "skifteportal-sandbox clock advance 57d"
    assert problem_of(clock.request) == ""
    steps.remove(clock)
    problems = [problem for step in steps if (problem := replay.do(step))]
    assert [one[:30] for one in problems] == ["HTTP 400 is shown, 200 {'id': "]


def test_a_clock_has_no_part_among_those_who_call(pages):
    assert "Who calls: `court` is " in pages["en/errors/doedsbo.f21.md"]
    assert "`clock` is" not in pages["en/errors/doedsbo.f21.md"]


def test_a_code_of_the_court_that_calls_get_too_says_so(pages):
    assert "no call of an API raises it" in pages["en/errors/doedsbo.f36.md"]
    page = pages["en/errors/doedsbo.f38.md"]
    assert "no call of an API raises it" not in page
    assert "| raised by | what the court does; in the sandbox also calls of the API |" in page
    for language, said in (("en", "in the sandbox also API"), ("da", "i sandkassen også API")):
        (row,) = (
            line
            for line in pages[f"{language}/errors/codes.md"].splitlines()
            if "`doedsbo.f38`" in line
        )
        assert said in row


def test_many_equal_steps_are_shown_once(pages):
    page = pages["en/errors/doedsbo.f19.md"]
    assert page.count("POST /doedsbojournaler/") == 3
    assert page.count("# the same 19 more times") == 1


def test_a_file_says_what_is_in_it(pages):
    for code, about in (
        ("f18", "10485761 bytes, all of them zero"),
        ("f24", "15 bytes that are no PDF: "),
        ("f25", "a PDF file with /Info<</S/JavaScript/JS(app.alert"),
        ("f29", "a PDF file that asks for a password"),
    ):
        assert f"# file: {about}" in pages[f"en/errors/doedsbo.{code}.md"]


def test_a_code_that_takes_settings_of_the_sandbox_says_so():
    text = provocation(outcome(settings={"a": 1}))
    assert "Settings of the sandbox that it takes: `a = 1`." in text


def outcome(*steps, **options):
    entry = Provocation(code="x", side="api", operation="o", how="Do.", provoke=print, **options)
    return Outcome(provocation=entry, steps=steps, problem="")


STEP = Step(
    who="creditor", operation="o", method="GET", path="/a", sent=None, status=200, code=None, answer=[]
)  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"id": MADE, "url": f"/x/{MADE}", "beloeb": 1}, '{\n  "id": "$ID1"\n}'),
        ([{"id": MADE, "part": {}}, {"id": LATER}], '[\n  {\n    "id": "$ID1"\n  }\n]'),
        ({"part": {"id": MADE}}, '{\n  "part": {\n    "id": "$ID1"\n  }\n}'),
    ],
)
def test_an_id_that_the_portal_gives_has_a_name_where_it_comes_back(answer, shown):
    first = attrs.evolve(STEP, answer=answer)
    text = provocation(outcome(first, attrs.evolve(STEP, path=f"/a/{MADE}")))
    assert f"HTTP 200\n{shown}\n```" in text
    assert "GET /a/$ID1\n" in text
    assert "`$ID1` and so on stand for ids" in text


def test_an_id_that_was_known_before_has_none():
    sent = attrs.evolve(STEP, path=f"/a/{MADE}", answer={"id": MADE})
    text = provocation(outcome(sent, attrs.evolve(sent, path=f"/b/{MADE}")))
    assert "$ID" not in text
    assert f"GET /b/{MADE}\n" in text
