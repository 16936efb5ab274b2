"""Putting a key into an SSLContext without its lying open anywhere."""

import contextlib
import errno
import os
import ssl
import stat
import tempfile
from pathlib import Path

import oces
import pytest
from canaries import canary
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from skifteportal.auth._key_loading import in_a_file, in_memory, load_key


@pytest.fixture(scope="module")
def small():
    return oces.authority().issue(key=oces.ec_key("leaf"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


class Spy(ssl.SSLContext):
    """Sees the file that the key is read from, at the moment that it is."""

    seen = b""

    def load_cert_chain(self, certfile, keyfile=None, password=None):
        super().load_cert_chain(certfile, keyfile, password)
        self.path, self.seen = certfile, Path(certfile).read_bytes()
        self.password = canary(password, "the passphrase of the key in passing")


def spy():
    return Spy(ssl.PROTOCOL_TLS_CLIENT)


@contextlib.contextmanager
def nowhere(content):
    raise OSError("no such place")
    yield


@pytest.mark.parametrize("place", [in_memory, in_a_file])
def test_the_key_is_only_written_encrypted(small, folder, place):
    context = spy()
    load_key(context, key=small.key, chain=[small.leaf], places=[place])
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in context.seen
    assert b"BEGIN PRIVATE KEY" not in context.seen
    assert len(context.password) > 40
    key = load_pem_private_key(context.seen, context.password.encode())
    assert key.private_numbers() == small.key.private_numbers()


def test_each_reading_has_its_own_passphrase(small):
    first, second = spy(), spy()
    load_key(first, key=small.key, chain=[small.leaf])
    load_key(second, key=small.key, chain=[small.leaf])
    assert first.password != second.password


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="needs Linux")
def test_on_linux_no_file_is_made(small, folder):
    context = spy()
    load_key(context, key=small.key, chain=[small.leaf])
    assert context.path.startswith("/proc/self/fd/")
    assert not list(folder.iterdir())
    assert not os.path.exists(context.path)  # noqa: PTH110 - it is a link to nothing by now


# macOS and Windows have no memory files; what they do is run here by handing it in.
def test_elsewhere_the_file_is_private_and_gone_at_once(small, folder):
    modes = []

    @contextlib.contextmanager
    def watched(content):
        with in_a_file(content) as path:
            modes.append(stat.S_IMODE(Path(path).stat().st_mode))
            yield path

    context = spy()
    load_key(context, key=small.key, chain=[small.leaf], places=[nowhere, watched])
    assert modes == [0o600]
    assert not list(folder.iterdir())


def test_the_file_is_gone_after_a_failure_too(folder):
    def fails(path):
        raise ValueError(path)

    with pytest.raises(ValueError), in_a_file(b"x") as path:
        fails(path)
    assert not list(folder.iterdir())


def test_without_memory_files_the_next_place_is_taken(small, folder):
    context = spy()
    load_key(
        context,
        key=small.key,
        chain=[small.leaf],
        places=[lambda content: in_memory(content, None), in_a_file],
    )
    assert Path(context.path).parent == folder


def test_without_proc_the_next_place_is_taken(small, folder):
    @contextlib.contextmanager
    def hidden(content):
        yield "/proc/hidden/fd/3"

    context = spy()
    load_key(context, key=small.key, chain=[small.leaf], places=[hidden, in_a_file])
    assert Path(context.path).parent == folder


def test_without_any_place_the_system_s_error_is_raised(small):
    with pytest.raises(OSError, match="no such place"):
        load_key(spy(), key=small.key, chain=[small.leaf], places=[nowhere])


def test_a_kernel_that_does_not_know_the_seal_is_asked_without_it(tmp_path):
    flags = []

    def create(name, flag):
        flags.append(flag)
        if flag & 0x8:
            raise OSError(errno.EINVAL, "Invalid argument")
        return os.open(tmp_path / name, os.O_RDWR | os.O_CREAT)

    with in_memory(b"content", create) as path:
        assert path.startswith("/proc/self/fd/")
    assert flags == [0x9, 0x1]
    assert (tmp_path / "skifteportal").read_bytes() == b"content"
