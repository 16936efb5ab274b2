"""What is no file, no archive, or too much."""

import os
import pickle
import zipfile

import pytest

from portalgen.intake import Refused, Unreadable
from portalgen.intake.received import LARGEST, receive
from portalgen.intake.refusal import shown


def test_files_and_members_in_their_order(tmp_path):
    (tmp_path / "a.TXT").write_bytes(b"1")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("c/d.yml", b"2")
        archive.writestr("empty.yaml", b"")
    found = receive([tmp_path / "a.TXT", tmp_path / "b.zip"])
    assert [(one.stem, one.content) for one in found.files] == [("a", b"1"), ("d", b"2")]
    assert found.left_out == (f"{tmp_path / 'b.zip'}!empty.yaml",)


@pytest.mark.parametrize("name", ["missing.yaml", "folder.yaml", "pipe.yaml", "spec.pdf", "x.zip"])
def test_what_is_no_file_is_unreadable(tmp_path, name):
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(Unreadable, match=name):
        receive([tmp_path / name])


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    (tmp_path / "a.yaml").write_bytes(b"1")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", denied)
    with pytest.raises(Unreadable, match="can't be read: Permission denied"):
        receive([tmp_path / "a.yaml"])


def test_two_members_of_one_name(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.yaml", b"1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.yaml", b"2")
    with pytest.raises(Refused, match=r"has two members of one name: 'a\.yaml'"):
        receive([tmp_path / "a.zip"])


def test_what_an_archive_holds_in_all_is_limited(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"{number}.yaml", bytes(LARGEST - 1))
    with pytest.raises(Refused, match="unpacks to more"):
        receive([tmp_path / "a.zip"])


def test_a_refusal_counts_what_it_leaves_out_and_can_be_pickled():
    error = Refused("a.yaml", *(f"reason {number}" for number in range(23)))
    assert str(error).endswith("a.yaml: reason 19\na.yaml: and 3 more")
    assert str(pickle.loads(pickle.dumps(Refused("a.yaml", "b")))) == "a.yaml: b"


def test_strangers_words_are_shown_short_and_plain():
    assert shown("a\x1b[2J\nø") == "'a\\x1b[2J\\n\\xf8'"
    assert len(shown("x" * 1000)) < 100
