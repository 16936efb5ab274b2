"""The error that stops an upload, and the hook that raises it."""

import copy
import io
import pickle

import pytest
from pdf_files import BAD, GOOD

from skifteportal.core import File, InvalidArgument
from skifteportal.core.pdf import (
    PdfProblem,
    PdfRefused,
    PdfRule,
    PdfRules,
    checked_upload,
    require_pdf,
)

GOOD_DATA = GOOD[0].data
BAD_DATA = next(case.data for case in BAD if case.name == "js on opening, an object of its own")


class Pipe(io.BytesIO):
    """A stream that can't go back."""

    def seekable(self):
        return False


def sent(file):
    return b"".join(file.upload(None))


def test_a_good_document_passes():
    require_pdf(GOOD_DATA)


def test_a_refusal_says_rule_place_and_what_to_do():
    with pytest.raises(PdfRefused) as caught:
        require_pdf(BAD_DATA)
    assert str(caught.value) == (
        "The portal would refuse this PDF document. javascript: JavaScript in /OpenAction, object 4. "
        "Print it to PDF again, without scripts."
    )
    assert isinstance(caught.value, InvalidArgument)
    assert caught.value.argument == "data"
    assert caught.value.problems == (
        PdfProblem(PdfRule.JAVASCRIPT, "JavaScript in /OpenAction, object 4"),
    )


@pytest.mark.parametrize("rule", PdfRule)
def test_there_is_advice_for_every_rule_once(rule):
    error = PdfRefused((PdfProblem(rule, "a"), PdfProblem(rule, "b")), argument="file")
    facts, advice = str(error).split(f"{rule}: a; {rule}: b. ")
    assert facts == "The portal would refuse this PDF document. "
    assert advice.endswith(".")
    assert len(advice) < 100


def test_a_refusal_can_be_copied_and_pickled():
    error = PdfRefused((PdfProblem(PdfRule.PASSWORD, "a"),), argument="file")
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert str(twin) == str(error)
        assert twin.problems == error.problems
        assert twin.argument == "file"


def test_an_upload_is_checked_and_can_be_sent(tmp_path):
    path = tmp_path / "faktura.pdf"
    path.write_bytes(GOOD_DATA)
    assert checked_upload(path) is path
    for file in (File.from_path(path), File.from_bytes(GOOD_DATA, name="faktura.pdf")):
        assert checked_upload(file) is file
        assert sent(file) == GOOD_DATA


def test_a_stream_that_cannot_go_back_is_kept(tmp_path):
    file = checked_upload(File.from_stream(Pipe(GOOD_DATA), name="faktura.pdf"))
    assert file.name == "faktura.pdf"
    assert sent(file) == GOOD_DATA


def test_a_bad_upload_is_refused():
    with pytest.raises(PdfRefused, match="javascript") as caught:
        checked_upload(File.from_bytes(BAD_DATA, name="faktura.pdf"))
    assert caught.value.argument == "file"


def test_no_more_is_read_of_a_large_upload_than_tells_that_it_is():
    class Endless(Pipe):
        def read(self, size):
            return bytes(size)

    with pytest.raises(PdfRefused, match="too_large: more than 100000 bytes"):
        checked_upload(
            File.from_stream(Endless(), name="a.pdf"), settings=PdfRules(max_bytes=100_000)
        )


def test_what_is_no_file_is_said():
    with pytest.raises(InvalidArgument, match="Path or a File"):
        checked_upload(b"%PDF-")
