import pytest

from skifteportal import specs
from skifteportal.sandbox.provocations import PROVOCATIONS, Provocation, Stage, run, run_all
from skifteportal.sandbox.provocations.stage import PDF, ROLES

ESTATE = "e25d84d3-7aec-4361-84da-93125cb83f08"
KRAV = {"beloeb": 1, "endeligt": True}


@pytest.fixture(scope="module")
def outcomes():
    return {outcome.provocation.code: outcome for outcome in run_all()}


@pytest.fixture(scope="module")
def stage():
    return Stage()


@pytest.mark.parametrize("code", PROVOCATIONS)
def test_every_entry_provokes_exactly_its_code(outcomes, code):
    outcome = outcomes[code]
    assert outcome.passed, outcome.problem
    assert outcome.steps[-1].status == 400


@pytest.mark.parametrize("entry", PROVOCATIONS.values(), ids=lambda entry: entry.code)
def test_an_entry_says_what_the_codes_of_the_specification_say(entry):
    known = specs.error_codes()[entry.code]
    assert entry.how.endswith(".")
    if not entry.note:  # what differs is explained
        assert entry.side == known["side"]
        assert entry.operation in known["operations"]


def entry(provoke, *, code="doedsbo.f4", operation="addKrav"):
    return Provocation(code=code, side="api", operation=operation, how="-", provoke=provoke)


def claim(stage, body=KRAV, **options):
    return stage.call(
        "creditor", "doedsbojournal", "addKrav", body, doedsbojournalId=ESTATE, **options
    )


def nothing(_stage):
    pass


def refused_too_early(stage):
    claim(stage, {**KRAV, "paaVegneAf": {"type": "ANDEN"}})
    claim(stage)


def schema_first(stage):
    claim(stage, {})
    claim(stage)


@pytest.mark.parametrize(
    ("provoke", "problem"),
    [
        (nothing, "nothing was done"),
        (claim, "addKrav was answered 201 without a code"),
        (refused_too_early, "addKrav, before the last step, was answered 400 doedsbo.f4"),
        (schema_first, "addKrav, before the last step, was answered 400"),
    ],
)
def test_an_entry_that_no_longer_works_says_why(stage, provoke, problem):
    outcome = run(entry(provoke), stage)
    assert (outcome.passed, outcome.problem) == (False, problem)


def test_the_code_must_come_from_the_operation_that_is_named(stage):
    found = PROVOCATIONS["doedsbo.f1"]
    wrong = entry(found.provoke, code=found.code, operation="getBo")
    assert run(wrong, stage).problem == "searchBo was answered 400 doedsbo.f1"


def test_each_run_starts_anew(stage):
    stage.clock.advance(days=9)
    stage.reset()
    assert (stage.steps, stage.clock.moment.day) == ([], 15)
    made = claim(stage)
    assert (made.status, made.id, len(stage.steps)) == (201, made.answer["id"], 1)
    stage.reset()
    listed = stage.call(
        "creditor", "doedsbojournal", "getAllKrav", query={"page": 0}, doedsbojournalId=ESTATE
    )
    assert (listed.answer, listed.path) == ([], f"/doedsbojournaler/{ESTATE}/krav?page=0")


def test_a_move_of_the_clock_is_a_step_with_its_command(stage):
    stage.reset()
    moved = stage.advance(days=57)
    assert (stage.steps, stage.clock.moment.month) == ([moved], 3)
    assert moved.command == "skifteportal-sandbox clock advance 57d"
    assert claim(stage).command == ""


def test_files_are_sent_as_the_operation_takes_them(stage):
    stage.reset()
    made = claim(stage)
    sent = stage.call(
        "creditor",
        "doedsbojournal",
        "addBilagForKrav",
        file=PDF,
        doedsbojournalId=ESTATE,
        kravId=made.id,
    )
    assert (sent.status, sent.file, sent.answer["filnavn"]) == (201, PDF, "bilag.pdf")
    stored = stage.call("creditor", "dokument-lager-ekstern", "addV2", file=PDF)
    assert (stored.status, stored.failed) == (201, False)
    got = stage.call("creditor", "dokument-lager-ekstern", "getFil", dokumentId=stored.id)
    assert (got.status, got.answer) == (200, None)


@pytest.mark.parametrize("who", ROLES)
def test_every_role_has_a_token_of_its_kind(stage, who):
    api = "henvendelse" if ROLES[who][1] else "sagslager"
    operation = "getAllHenvendelseTraad" if ROLES[who][1] else "hentSager"
    assert stage.call(who, api, operation).status == 200
