"""Which lines of a program an update breaks: found by name, in a program that is never run."""

import json
import textwrap

import pytest
from click.testing import CliRunner

from portalgen.cli import main
from portalgen.diff.level import Level
from portalgen.diff.report import Change, PythonName, Report
from portalgen.impact import impact
from portalgen.problems import BrokenInput

MODULE = "skifteportal.person"
MODELS = f"{MODULE}.models"


def a_class(**more):
    return PythonName(**{"module": MODELS, "member": "Person", "fate": "removed", **more})


def an_attribute(**more):
    return PythonName(
        **{"module": MODELS, "owner": "Person", "member": "navn", "fate": "removed", **more}
    )


def a_method(**more):
    return PythonName(
        **{"module": MODULE, "owner": "PersonClient", "member": "get", "fate": "removed", **more}
    )


def an_argument(**more):
    return a_method(parameter="person_id", **more)


def found(tmp_path, code, *names, client=Level.MAJOR):
    """Look for names in a program; give line, certainty and code of each hit."""
    program = tmp_path / "program.py"
    program.write_text(textwrap.dedent(code))
    change = Change(
        kind="k", location="/", wire=Level.NONE, client=client, reason="Because.", python=names
    )
    result = impact(Report(changes=(change,)), program)
    assert (result.files, result.unread) == (1, ())
    assert {hit.reason for hit in result.hits} <= {"Because."}
    return [(hit.line, hit.certainty, hit.code) for hit in result.hits]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("from skifteportal.person.models import Person", 1),
        ("from skifteportal.person.models import (\n    Other,\n    Person as P,\n)", 3),
        ("import skifteportal.person.models as m\nx = m.Person()", 2),
        ("import skifteportal.person.models\nx: skifteportal.person.models.Person", 2),
        ("from skifteportal.person import models\nmodels.Person", 2),
        ("from skifteportal import person\nperson.models.Person", 2),
    ],
)
def test_a_class_that_goes_is_found_where_it_is_named(code, line, tmp_path):
    ((at, certainty, _),) = found(tmp_path, code, a_class())
    assert (at, certainty) == (line, "sure")


@pytest.mark.parametrize(
    "code",
    [
        "from skifteportal.virksomhed.models import Person",
        "from .models import Person\nimport skifteportal.person",
        "import skifteportal.person.models as m\nm.Other",
        "Person = 1",
    ],
)
def test_another_class_of_that_name_is_left_alone(code, tmp_path):
    assert found(tmp_path, code, a_class()) == []


@pytest.mark.parametrize(
    ("code", "certainty"),
    [
        ("with PersonClient(auth) as portal:\n    portal.get(1)", "sure"),
        ("portal = PersonClient(auth)\nportal.get(1)", "sure"),
        ("def f(portal: PersonClient):\n    portal.get(1)", "sure"),
        ("def f(portal: 'PersonClient'):\n    portal.get(1)", "sure"),
        ("class A:\n    def f(self): self.portal = PersonClient(1)\n    def g(self): self.portal.get(1)", "sure"),
        ("PersonClient(auth).get(1)", "sure"),
        ("PersonClient.get", "sure"),
        ("portal: PersonClient = make()\nportal.get(1)", "sure"),
        ("async def f(): portal = await PersonClient(1)\nportal.get(1)", "sure"),
        ("def f(portal):\n    portal.get(1)", "likely"),
        ("made()\nportal.get(1)", "likely"),
    ],
)  # fmt: skip
def test_a_method_that_goes_is_found_and_how_surely_is_said(code, certainty, tmp_path):
    code = f"from skifteportal.person import PersonClient\n{code}"
    hits = found(tmp_path, code, a_method())
    assert [(line, sure) for line, sure, _ in hits] == [(len(code.splitlines()), certainty)]


def test_a_method_of_what_is_known_to_be_something_else_is_left_alone(tmp_path):
    code = """\
        from skifteportal.person import PersonClient
        from requests import Session
        session = Session()
        session.get("/")
        with open("f") as file, lock:
            file.get()
    """
    assert found(tmp_path, code, a_method()) == [(6, "likely", "file.get()")]


def test_a_chain_over_lines_breaks_on_the_line_of_the_name(tmp_path):
    code = "from skifteportal.person import PersonClient\n(PersonClient(1)\n    .get(1)\n)"
    assert found(tmp_path, code, a_method()) == [(3, "sure", ".get(1)")]


def test_an_attribute_is_found_where_it_is_read_and_where_it_is_given(tmp_path):
    code = """\
        from skifteportal.person.models import Person
        person = Person(id="1", navn="x")
        person.navn
        other.navn
        Person(navn="y").id
    """
    assert found(tmp_path, code, an_attribute()) == [
        (2, "sure", 'person = Person(id="1", navn="x")'),
        (3, "sure", "person.navn"),
        (4, "likely", "other.navn"),
        (5, "sure", 'Person(navn="y").id'),
    ]


def test_what_is_demanded_now_is_missed_where_it_is_not_given(tmp_path):
    code = """\
        from skifteportal.person.models import Person
        Person(id="1")
        Person(id="1", navn="x")
        Person(**data)
    """
    (hit,) = found(tmp_path, code, an_attribute(fate="required"))
    assert hit == (2, "sure", 'Person(id="1")')


def test_an_argument_is_found_where_it_is_given(tmp_path):
    code = """\
        from skifteportal.person import PersonClient
        portal = PersonClient(1)
        portal.get(person_id=1)
        portal.get(1)
        any.get(person_id=1)
        session = PersonClientOfMine()
        get(person_id=1)
    """
    assert found(tmp_path, code, an_argument(fate="renamed", replacement="id")) == [
        (3, "sure", "portal.get(person_id=1)"),
        (5, "likely", "any.get(person_id=1)"),
    ]


def test_an_argument_of_another_class_is_left_alone(tmp_path):
    code = "from skifteportal.person import PersonClient, Other\nx = Other()\nx.get(person_id=1)"
    assert found(tmp_path, code, an_argument()) == []


def test_an_argument_that_is_demanded_now_is_missed(tmp_path):
    code = """\
        from skifteportal.person import PersonClient
        portal = PersonClient(1)
        portal.get()
        portal.get(person_id=1)
        portal.get(**query)
    """
    assert found(tmp_path, code, an_argument(fate="required")) == [(3, "sure", "portal.get()")]


@pytest.mark.parametrize("client", [Level.MINOR, Level.NONE])
def test_what_does_not_break_code_is_not_looked_for(client, tmp_path):
    assert (
        found(tmp_path, "from skifteportal.person.models import Person", a_class(), client=client)
        == []
    )


def test_what_is_added_breaks_nothing(tmp_path):
    code = "from skifteportal.person.models import Person"
    assert found(tmp_path, code, a_class(fate="added")) == []


def test_folders_are_searched_but_not_those_of_tools(tmp_path):
    for name in ("a.py", "sub/b.py", ".venv/c.py", "site-packages/d.py", "note.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("from skifteportal.person.models import Person\n")
    (tmp_path / "broken.py").write_text("def (:\n")
    (tmp_path / "null.py").write_bytes(b"\0")
    change = Change(kind="k", location="/", wire=Level.NONE, client=Level.MAJOR, reason="r", python=(a_class(),))  # fmt: skip
    result = impact(Report(changes=(change,)), tmp_path)
    assert [hit.file.removeprefix(f"{tmp_path}/") for hit in result.hits] == ["a.py", "sub/b.py"]
    assert [problem.split("/")[-1].split(":")[0] for problem in result.unread] == [
        "broken.py",
        "null.py",
    ]


def test_a_program_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BrokenInput, match="no such file or folder; --code"):
        impact(Report(), tmp_path / "gone")


SPEC = """\
openapi: 3.0.3
info: {title: P, version: VERSION}
paths:
  /p:
    get:
      operationId: OPERATION
      responses: {'200': {description: fine}}
"""


@pytest.fixture
def update(tmp_path):
    for version, operation in (("1.0.0", "getOld"), ("2.0.0", "getNew")):
        text = SPEC.replace("VERSION", version).replace("OPERATION", operation)
        (tmp_path / f"{version}.yaml").write_text(text)
    program = tmp_path / "program.py"
    program.write_text(
        "from skifteportal.person import PersonClient\nPersonClient(1).get_old()\nraise SystemExit\n"
    )
    return [str(tmp_path / "1.0.0.yaml"), str(tmp_path / "2.0.0.yaml"), "--code", str(program)]


def test_the_command_names_the_line_and_what_to_write_instead(update):
    result = CliRunner().invoke(main, ["impact", *update, "--api", "person"])
    assert result.exit_code == 1
    assert (
        "program.py:2:17: skifteportal.person.PersonClient.get_old renamed, now get_new (sure)"
        in result.output
    )
    assert "\n    PersonClient(1).get_old()\n" in result.output
    assert result.output.endswith("1 files read, 1 lines break\n")


def test_the_command_speaks_json_and_exits_0_if_nothing_breaks(update):
    same = [update[0], update[0], *update[2:], "--api", "person", "--format", "json"]
    result = CliRunner().invoke(main, ["impact", *same])
    assert (result.exit_code, json.loads(result.output)) == (
        0,
        {"files": 1, "hits": [], "unread": []},
    )


def test_the_command_tells_what_it_could_not_read(update, tmp_path):
    (tmp_path / "program.py").write_text("def (:")
    result = CliRunner().invoke(main, ["impact", *update, "--api", "person"])
    assert result.exit_code == 1
    assert "not read: " in result.output


def test_a_file_elsewhere_needs_the_name_of_its_api(update):
    result = CliRunner().invoke(main, ["impact", *update])
    assert result.exit_code == 2
    assert "say --api" in result.output
