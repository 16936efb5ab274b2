import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.sandbox.jws import base64url, read_jws, signing_input

MEMBERS = st.dictionaries(st.text(), st.integers(-(2**53), 2**53) | st.text() | st.booleans())


@given(header=MEMBERS, payload=MEMBERS, signature=st.binary())
def test_what_is_put_together_is_taken_apart(header, payload, signature):
    text = f"{signing_input(header, payload)}.{base64url(signature)}"
    jws = read_jws(text)
    assert (jws.header, jws.payload, jws.signature) == (header, payload, signature)
    assert text.encode() == jws.signed + b"." + base64url(signature).encode()


def test_another_librarys_tokens_are_read():
    jws = read_jws(jwt.encode({"sub": "11111111"}, "k" * 32, "HS256", headers={"kid": "1"}))
    assert (jws.header["kid"], jws.payload) == ("1", {"sub": "11111111"})


@pytest.mark.parametrize(
    "text",
    ["", "a.b", "e30.e30", "e30.e30.!", "W10.e30.", "e30.e30.e30.e30", "æ.æ.æ", "e30.\ud800."],
)
def test_what_is_none_is_refused_without_being_quoted(text):
    with pytest.raises(ValueError, match=r"^This is no JWS in compact form$"):
        read_jws(text)
