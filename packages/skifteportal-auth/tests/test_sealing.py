"""Sealing what is stored."""

import base64
import secrets

import pytest
from canaries import canary
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.auth._sealing import Seal, seals_of
from skifteportal.core import ConfigurationError

KEY, OTHER = secrets.token_bytes(32), secrets.token_bytes(32)
SECRET = canary("made-up-key-of-the-wrong-length", "a key")
WHOSE = '["prøve", "30808460"]'


@given(st.binary(), st.text())
def test_what_was_sealed_opens_for_the_same_identity(content, identity):
    seal = Seal(KEY)
    assert Seal(KEY).open(seal.close(content, identity), identity) == content


def test_it_opens_for_nobody_else_and_with_no_other_key():
    sealed = Seal(KEY).close(b"token", WHOSE)
    assert Seal(KEY).open(sealed, WHOSE + " ") is None
    assert Seal(OTHER).open(sealed, WHOSE) is None


@pytest.mark.parametrize(
    "content", ["", "AAAA", "not base64 at all", "æøå", b"\xff\xfe", "A" * 100]
)
def test_what_is_no_entry_does_not_open(content):
    assert Seal(KEY).open(content, WHOSE) is None


def test_a_changed_bit_is_noticed_wherever_it_is():
    sealed = base64.b64decode(Seal(KEY).close(b"token", WHOSE))
    for index in range(len(sealed)):
        changed = bytearray(sealed)
        changed[index] ^= 1
        assert Seal(KEY).open(base64.b64encode(changed), WHOSE) is None


def test_what_is_stored_shows_neither_content_nor_identity():
    seal = Seal(KEY)
    shown = base64.b64decode(seal.close(b"token", WHOSE)) + seal.name(WHOSE).encode()
    assert b"token" not in shown
    assert b"30808460" not in shown
    assert seal.close(b"token", WHOSE) != seal.close(b"token", WHOSE)


def test_names_are_the_identitys_and_the_keys():
    assert Seal(KEY).name(WHOSE) == Seal(KEY).name(WHOSE)
    assert len({Seal(KEY).name(WHOSE), Seal(OTHER).name(WHOSE), Seal(KEY).name("other")}) == 3


@pytest.mark.parametrize(
    "key",
    [
        KEY,
        base64.urlsafe_b64encode(KEY).decode(),
        base64.urlsafe_b64encode(KEY).decode().rstrip("="),
    ],
    ids=["bytes", "padded", "unpadded"],  # a key in a test's name would be in every report
)
def test_a_key_is_bytes_or_their_base64(key):
    sealed = Seal(KEY).close(b"token", WHOSE)
    (seal,) = seals_of(lambda: key)
    assert seal.open(sealed, WHOSE) == b"token"


def test_there_may_be_several():
    first, second = seals_of(lambda: (KEY, OTHER))
    assert first.name("") == Seal(KEY).name("")
    assert second.name("") == Seal(OTHER).name("")


@pytest.mark.parametrize(
    "key",
    [None, 5, "", b"", [], SECRET, SECRET.encode(), "æ" * 43, [KEY, SECRET], KEY + b"x"],
    ids=[
        "none",
        "int",
        "empty",
        "no bytes",
        "no keys",
        "text",
        "too short",
        "no ASCII",
        "one bad",
        "long",
    ],
)
def test_what_is_no_key_is_refused_without_showing_it(key):
    with pytest.raises(ConfigurationError, match="must return 32 random bytes"):
        seals_of(lambda: key)


def test_a_vault_that_fails_is_named_by_its_error():
    def vault():
        raise PermissionError("sealed")

    with pytest.raises(ConfigurationError, match="raised PermissionError") as caught:
        seals_of(vault)
    assert isinstance(caught.value.__cause__, PermissionError)
