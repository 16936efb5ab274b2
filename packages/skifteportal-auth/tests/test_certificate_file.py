"""Reading the bytes of a certificate's file."""

from pathlib import Path

import pytest
from canaries import canary

from skifteportal.auth import CertificateFileUnreadable
from skifteportal.auth._certificate_file import read
from skifteportal.core.errors import ConfigurationError

KEY = canary("MIIEvQIBADANBgkq", "a private key")


def test_bytes_and_paths_are_read(tmp_path, monkeypatch):
    (tmp_path / "a.p12").write_bytes(b"abc")
    assert read(b"abc") == (b"abc", "the given bytes")
    assert read(tmp_path / "a.p12") == (b"abc", str(tmp_path / "a.p12"))
    monkeypatch.chdir(tmp_path)
    assert read("a.p12") == (b"abc", "a.p12")


def test_a_missing_file_says_where_it_was_looked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CertificateFileUnreadable) as caught:
        read("none.p12")
    assert str(caught.value) == f"The certificate file none.p12 does not exist in {tmp_path}."
    with pytest.raises(CertificateFileUnreadable, match=r"none\.p12 does not exist\.$"):
        read(tmp_path / "none.p12")


def test_a_folder_by_mistake(tmp_path):
    with pytest.raises(CertificateFileUnreadable, match="is a folder"):
        read(tmp_path)


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    # Raised by hand: as root, who may read everything, no file would do.
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(CertificateFileUnreadable, match=r"can't be read: Permission denied\."):
        read(tmp_path / "a.p12")


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN PRIVATE KEY----- " + KEY,
        KEY + "\n" + KEY,
        KEY * 1000,
        KEY + "\0",
    ],
)
def test_a_certificate_given_as_text_is_not_taken_for_a_path_and_not_shown(text):
    with pytest.raises(CertificateFileUnreadable, match="is the certificate itself") as caught:
        read(text)
    assert caught.value.source == "the given text"


@pytest.mark.parametrize("source", [5, None, ["anmelder.p12"]])
def test_a_file_is_given_by_path_or_bytes(source):
    with pytest.raises(ConfigurationError, match=f"not {type(source).__name__}"):
        read(source)
