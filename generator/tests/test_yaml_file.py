"""Reading YAML strictly."""

import json
import pickle
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from portalgen import yaml_file
from portalgen.problems import PortalgenError
from portalgen.yaml_file import Limits, SpecFileError, parse_yaml, read_yaml


def parse(text, **limits):
    return parse_yaml(text.encode(), file="x.yaml", limits=Limits(**limits))


def test_a_file_is_read(tmp_path):
    path = tmp_path / "spec.yaml"
    path.write_bytes("\N{BYTE ORDER MARK}titel: Dødsbo\nliste: [1, 2.5, ja]\n".encode())
    assert read_yaml(path) == {"titel": "Dødsbo", "liste": [1, 2.5, "ja"]}


def test_json_is_yaml():
    assert parse('{"a": [true, null, -1, 1e3, "\\u00f8"]}') == {"a": [True, None, -1, 1000.0, "ø"]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022-06-15", "2022-06-15"),
        ("2022-06-15T07:14:50.6432001Z", "2022-06-15T07:14:50.6432001Z"),
        ("12:30:45", "12:30:45"),
        ("no", "no"),
        ("on", "on"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("010", 10),
        ("-0", 0),
        ("+7", 7),
        (".5", 0.5),
        ("1.", 1.0),
        ("1.10", 1.1),
        ("TRUE", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("NULL", None),
        ("'true'", "true"),
        ("'1'", "1"),
        ("!!str 1", "1"),
        ("!!int '1'", 1),
        ("1.2.3", "1.2.3"),
    ],
)
def test_scalars_are_what_json_has_and_nothing_else(text, value):
    found = parse(f"a: {text}")["a"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_strings():
    assert parse("200: a\nyes: b\n~: c\n2022-01-01: d\n") == {
        "200": "a",
        "yes": "b",
        "~": "c",
        "2022-01-01": "d",
    }


def test_an_alias_repeats_a_value_without_sharing_it():
    found = parse("a: &x {b: [1]}\nc: *x\n")
    found["a"]["b"].append(2)
    assert found["c"] == {"b": [1]}


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (
            "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n",
            5,
            "the key 'c' stands here for the second time; first in line 3",
        ),
        ("200: a\n'200': b\n", 2, "the key '200' stands here for the second time; first in line 1"),
        ("a: 1\nb: c: d\n", 2, "is not YAML: mapping values are not allowed here"),
        ("a: *x\n", 1, "is not YAML: found undefined alias 'x'"),
        ("a: 1\n---\nb: 2\n", 2, "is not YAML: but found another document"),
        ("a: \x01\n", None, "holds a character that YAML does not allow"),
        ("", None, "must hold a mapping (key: value) at its top"),
        ("- a\n", None, "must hold a mapping (key: value) at its top"),
        ("a:\n  <<: {b: 1}\n", 2, "merge keys (<<) are not allowed: JSON has none; write it out"),
        ("a: 1\n? [b]\n: 2\n", 2, "a key must be a string"),
        ('a: "\\ud83d"\n', 1, "this holds half a character (a lone surrogate)"),
        ("a: 1e999\n", 1, "this number is too big"),
        (f"a: {'9' * 5000}\n", 1, "this can't be read as int"),
        ("a: !!int en\n", 1, "this can't be read as int"),
        ("a: !!float en\n", 1, "this can't be read as float"),
        (
            "a: !!binary aGVq\n",
            1,
            "the tag tag:yaml.org,2002:binary is not allowed: JSON has no such type",
        ),
        ("a: !eget {b: 1}\n", 1, "the tag !eget is not allowed: JSON has no such type"),
        (
            "a: !!set [b]\n",
            1,
            "the tag tag:yaml.org,2002:set is not allowed: JSON has no such type",
        ),
        (
            "a: !!str [b]\n",
            1,
            "the tag tag:yaml.org,2002:str is not allowed: JSON has no such type",
        ),
        (
            "a: !!python/object/apply:os.getcwd []\n",
            1,
            "the tag tag:yaml.org,2002:python/object/apply:os.getcwd is not allowed: JSON has no such type",
        ),
        ("!!set {a: }\n", 1, "the tag tag:yaml.org,2002:set is not allowed: JSON has no such type"),
    ],
)
def test_what_is_refused_is_told_with_its_line(text, line, problem):
    with pytest.raises(SpecFileError) as caught:
        parse(text)
    assert (caught.value.file, caught.value.line, caught.value.problem) == ("x.yaml", line, problem)
    where = "x.yaml" if line is None else f"x.yaml, line {line}"
    assert str(caught.value) == f"{where}: {problem}"


def test_a_character_in_two_escapes_is_one():
    assert parse('"\\ud83d\\ude00": "\\ud83d\\ude00"') == {"\U0001f600": "\U0001f600"}


def test_a_quoted_merge_sign_is_a_key():
    assert parse("'<<': 1") == {"<<": 1}


def test_bytes_that_are_no_text_are_told_with_their_line():
    with pytest.raises(SpecFileError, match=r"x.yaml, line 2: is not UTF-8"):
        parse_yaml(b"a: 1\nb: \xe6\n", file="x.yaml")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(SpecFileError, match=r"nej\.yaml: can't be opened: No such file"):
        read_yaml(tmp_path / "nej.yaml")


def test_a_file_that_is_too_big_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "stor.yaml"
    path.write_text("a: 12345\n")
    assert read_yaml(path, limits=Limits(size=9)) == {"a": 12345}
    with pytest.raises(SpecFileError, match="is larger than 8 bytes"):
        read_yaml(path, limits=Limits(size=8))


def test_aliases_can_not_blow_up():
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)
    )
    with pytest.raises(SpecFileError, match="more than 1000 values: too many aliases"):
        parse(bomb, values=1000)


def test_an_alias_to_its_own_parent_is_refused():
    with pytest.raises(
        SpecFileError, match="nested more than 100 deep: an alias to its own parent"
    ):
        parse("a: &x [*x]")


def test_depth_is_limited_before_the_interpreter_gives_up():
    assert parse("a: [[]]", depth=3) == {"a": [[]]}
    with pytest.raises(SpecFileError, match="nested more than 2 deep"):
        parse("a: [[]]", depth=2)
    with pytest.raises(SpecFileError, match="nested more than 100 deep") as caught:
        parse("a: " + "[" * 5000)
    assert caught.value.__cause__ is None


def test_the_error_is_the_generators_and_survives_pickling():
    error = SpecFileError("x.yaml", 3, "nej")
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, PortalgenError)
    assert (copy.file, copy.line, copy.problem, str(copy)) == ("x.yaml", 3, "nej", str(error))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abcæøå-$/{}", min_size=1), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abcæøå", min_size=1), JSON, max_size=4))
def test_any_json_object_is_read_as_json_would(document):
    text = json.dumps(document)
    assert parse(text) == json.loads(text)


@given(st.dictionaries(st.text("abcæøå", min_size=1), JSON, max_size=4))
def test_what_yaml_writes_is_read_back(document):
    assert parse(yaml.safe_dump(document, allow_unicode=True)) == document


@pytest.mark.parametrize(
    "text", ["a: 1\n", "'<<': {b: [~, no, 2026-01-02, 1.5, \"x\"]}\n", "a: >\n  b\n\n  c\n"]
)
def test_both_parsers_make_the_same(text, monkeypatch):
    fast = parse(text)
    monkeypatch.setattr(yaml_file, "_FastLoader", yaml_file._JsonLoader)
    assert parse(text) == fast


def test_both_parsers_read_the_specs_alike(monkeypatch):
    files = sorted((Path(__file__).parents[2] / "specs").glob("*/*.yaml"))
    fast = [read_yaml(file) for file in files]
    monkeypatch.setattr(yaml_file, "_FastLoader", yaml_file._JsonLoader)
    assert [read_yaml(file) for file in files] == fast
