import attrs
import pytest

from skifteportal.sandbox import Settings, SettingsError
from skifteportal.sandbox.settings_file import described, read_settings


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "settings.toml"
        path.write_text(text)
        return path

    return write


def test_what_the_file_does_not_say_stays_as_it_is(file):
    text = """
    first_page = 1
    deleted_visible = true
    scopes = ["openid"]
    pdf_full_page_links = "invisible"
    pdf_scan_seconds = 3
    """
    read = read_settings(file(text))
    assert read == Settings(
        first_page=1,
        deleted_visible=True,
        scopes=("openid",),
        pdf_full_page_links="invisible",
        pdf_scan_seconds=3,
    )
    assert read_settings(file("")) == Settings()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("frist_page = 1", "there is no setting 'frist_page' (perhaps first_page?)"),
        ("[zzz]", "there is no setting 'zzz'; skifteportal-sandbox settings lists all"),
        ('first_page = "1"', "first_page: Expected `int | null`, got `str`"),
        ("created_status = true", "created_status: Expected `int`, got `bool`"),
        ('pdf_full_page_links = "some"', "pdf_full_page_links: Invalid enum value 'some'"),
        (
            "pdf_full_page_share = 1.5",
            "pdf_full_page_share: must be more than 0, at most 1, not 1.5",
        ),
        ("pdf_scan_seconds = nan", "pdf_scan_seconds: must be more than 0, at most 86400, not nan"),
        ("created_status = 999", "created_status: must be 200 or 201, not 999"),
        ("scopes = [1]", "scopes: Expected `str`, got `int` - at `$[0]`"),
        ('rate_limit = "many"', "rate_limit: write a limit as 500/s, 20/min, 1000/h or 100/10s"),
        ("first_page", "it is no TOML: "),
    ],
)
def test_what_is_wrong_in_it_is_said(file, text, problem):
    path = file(text)
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    assert str(caught.value).startswith(f"The settings in {path} cannot be used: {problem}")
    assert caught.value.path == path


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(SettingsError, match="it can't be read"):
        read_settings(tmp_path / "settings.toml")


def test_bytes_that_are_no_text_are_no_toml(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(SettingsError, match="it is no TOML"):
        read_settings(path)


def test_every_setting_is_described():
    rows = described(Settings(first_page=1))
    assert [row["name"] for row in rows] == [field.name for field in attrs.fields(Settings)]
    assert all(row["meaning"].endswith(".") for row in rows)
    assert rows[0] == {
        "name": "first_page",
        "value": 1,
        "default": None,
        "meaning": "The number of a list's first page; None: as `specs/portal.toml` has it.",
    }
