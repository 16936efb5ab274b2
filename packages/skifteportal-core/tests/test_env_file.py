import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.core import ConfigurationError
from skifteportal.core.env_file import read_env_file


@pytest.fixture
def env(tmp_path):
    def write(text):
        file = tmp_path / ".env"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_keys_values_comments_and_blank_lines_are_read(env):
    file = env("# the sandbox\n\nAPI_URL=https://localhost:1\nexport AUTH_CA = ca.pem # beside\n")
    assert read_env_file(file) == {"API_URL": "https://localhost:1", "AUTH_CA": "ca.pem"}


def test_a_path_may_be_text(env):
    assert read_env_file(str(env("A=1"))) == {"A": "1"}


def test_a_byte_order_mark_is_no_part_of_the_first_key(env):
    assert read_env_file(env("\ufeffA=1")) == {"A": "1"}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=", ""),
        ("A=''", ""),
        ("A='b # c'", "b # c"),
        ("A='b' # c", "b"),
        ('A="b\\"c\\\\d\\ne"', 'b"c\\d\ne'),
        ('A="\\q"', "\\q"),
        ("A='b\\n'", "b\\n"),
        ("A=b#c", "b#c"),
        ("A=$HOME", "$HOME"),
        ("A=b=c", "b=c"),
        ("A=æøå", "æøå"),
    ],
)
def test_values_are_read_as_they_are_meant(env, line, value):
    assert read_env_file(env(line)) == {"A": value}


@pytest.mark.parametrize(
    "line", ["A", "=b", "A-B=c", "A='b", 'A="b', "A='b'c", 'A="b\\', "1A=b", "export =b"]
)
def test_what_is_no_setting_is_refused_by_line_number_and_not_shown(env, line):
    with pytest.raises(ConfigurationError, match="Line 2 of the env file") as caught:
        read_env_file(env("SECRET=hunter22\n" + line))
    assert "hunter22" not in str(caught.value)


def test_a_missing_file_and_one_of_another_encoding_are_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="can't be read: No such file"):
        read_env_file(tmp_path / "none")
    (tmp_path / "latin").write_bytes(b"A=\xe6")
    with pytest.raises(ConfigurationError, match="isn't UTF-8"):
        read_env_file(tmp_path / "latin")


@given(value=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
def test_every_value_in_double_quotes_comes_back(tmp_path_factory, value):
    file = tmp_path_factory.mktemp("env") / ".env"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    file.write_text(f'A="{escaped}"\nB=1\n', encoding="utf-8")
    assert read_env_file(file) == {"A": value, "B": "1"}
