import json

import attrs
from click.testing import CliRunner

from skifteportal.sandbox import Settings
from skifteportal.sandbox.settings_cli import settings


def test_all_settings_are_listed_with_value_and_meaning():
    result = CliRunner().invoke(settings)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:2] == [
        "first_page = null",
        "    The number of a list's first page; None: as `specs/portal.toml` has it.",
    ]
    assert len(lines) == 2 * len(attrs.fields(Settings))


def test_they_may_be_json_and_from_a_file(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("max_attachments = 3")
    result = CliRunner().invoke(settings, ["--format", "json", "--settings", str(file)])
    rows = {row["name"]: row for row in json.loads(result.stdout)}
    assert (rows["max_attachments"]["value"], rows["max_attachments"]["default"]) == (3, 20)


def test_a_wrong_file_is_an_error_of_the_command(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("max_bilag = 3")
    result = CliRunner().invoke(settings, ["--settings", str(file)])
    assert result.exit_code == 2
    assert "there is no setting 'max_bilag'" in result.stderr
