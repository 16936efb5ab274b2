"""How the PDF scanner and its child talk: a frame comes whole, or not at all."""

from io import BytesIO

import pytest

from skifteportal.core.pdf._frames import read_frame, write_frame


def sent(*contents):
    stream = BytesIO()
    for content in contents:
        write_frame(stream, content)
    stream.seek(0)
    return stream


def test_frames_come_one_by_one():
    stream = sent(b"first", b"", b"third")
    assert [read_frame(stream) for _ in range(3)] == [b"first", b"", b"third"]


def test_a_frame_of_the_longest_length_is_read():
    assert read_frame(sent(b"12345"), most=5) == b"12345"


def test_a_longer_frame_is_not_read():
    stream = sent(b"123456")
    with pytest.raises(EOFError):
        read_frame(stream, most=5)
    assert stream.read() == b"123456"  # what an untrusted child says is not taken into memory


@pytest.mark.parametrize("there", [0, 3, 8, 12])
def test_a_frame_that_breaks_off_is_none(there):
    with pytest.raises(EOFError):
        read_frame(BytesIO(sent(b"12345").read(there)))
