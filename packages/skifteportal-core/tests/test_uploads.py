"""A client's own check of its uploads: before anything is sent, with the portal's codes, in three worlds."""

import copy
import io
import pickle
import sys
import threading

import attrs
import pytest
from pdf_files import GOOD

from skifteportal.core import TEST, CodeInfo, File, InvalidArgument
from skifteportal.core.pdf import PdfProblem, PdfRefused, PdfRule, checked_upload
from skifteportal.core.shapes import ANY

GOOD_DATA = GOOD[0].data


class Pipe(io.BytesIO):
    """A stream that can't go back."""

    def seekable(self):
        return False


@pytest.fixture
def add_bilag(make_operation):
    return make_operation(
        "POST", "/krav/{id}/bilag", id="addBilag", upload="application/pdf", answer=ANY
    )


@pytest.fixture
def codes(api, monkeypatch):
    """The catalogue of the client's API, which says what stands for which rules."""
    found = {
        "doedsbo.f18": CodeInfo("doedsbo.f18", "", pdf_rules=("too_large",)),
        "doedsbo.f25": CodeInfo("doedsbo.f25", "", pdf_rules=("javascript", "form_action")),
        "doedsbo.f29": CodeInfo("doedsbo.f29", "", pdf_rules=("password",)),
    }
    monkeypatch.setattr(sys.modules[api.errors], "CODES", found)


def refusing(*rules):
    def check(_file):
        raise PdfRefused(tuple(PdfProblem(rule, "here") for rule in rules), argument="file")

    return check


def upload(world, operation, file, check, path=("k",)):
    return world.upload(operation, path, file, client={"check_upload": check})


@pytest.fixture
def file():
    return File.from_bytes(b"%PDF", name="faktura.pdf")


def test_what_the_check_returns_is_sent(world, portal, add_bilag, file):
    seen = []

    def check(given):
        seen.append(given)
        return File.from_bytes(b"printed again", name="ny.pdf")

    portal.answers(429, (201, "7"))
    assert upload(world, add_bilag, file, check) == 7
    assert seen == [file]
    assert [request.content for request in portal.requests] == [b"printed again"] * 2
    assert "ny.pdf" in portal.requests[0].headers["Content-Disposition"]


def test_without_a_check_every_file_is_sent(world, portal, add_bilag, file):
    portal.answers((201, "7"))
    assert upload(world, add_bilag, file, None) == 7
    assert portal.request.content == b"%PDF"


def test_a_stream_that_was_read_by_the_check_can_even_be_sent_again(world, portal, add_bilag):
    portal.answers(429, (201, "7"))
    stream = File.from_stream(Pipe(GOOD_DATA), name="faktura.pdf")
    assert upload(world, add_bilag, stream, checked_upload) == 7
    assert [request.content for request in portal.requests] == [GOOD_DATA] * 2


@pytest.mark.usefixtures("codes")
def test_a_refused_document_is_not_sent_and_has_the_codes_of_its_rules(
    world, portal, add_bilag, file
):
    check = refusing(PdfRule.PASSWORD, PdfRule.JAVASCRIPT, PdfRule.FORM_ACTION, PdfRule.NOT_A_PDF)
    with pytest.raises(PdfRefused) as caught:
        upload(world, add_bilag, file, check)
    error = caught.value
    assert portal.requests == []
    assert error.codes == ("doedsbo.f29", "doedsbo.f25")
    assert str(error).startswith(
        "The portal would refuse this PDF document with doedsbo.f29. password: here; javascript"
    )
    assert [problem.rule for problem in error.problems][:2] == [
        PdfRule.PASSWORD,
        PdfRule.JAVASCRIPT,
    ]
    assert error.argument == "file"
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (str(twin), twin.codes) == (str(error), error.codes)


def test_a_rule_without_a_code_in_the_catalogue_is_named_alone(world, portal, add_bilag, file):
    with pytest.raises(PdfRefused, match=r"refuse this PDF document\. password: here") as caught:
        upload(world, add_bilag, file, refusing(PdfRule.PASSWORD))
    assert caught.value.codes == ()
    assert portal.requests == []


@pytest.mark.parametrize("error", [InvalidArgument("no", argument="file"), ValueError("no")])
def test_what_another_check_raises_is_raised(world, portal, add_bilag, file, error):
    def check(_file):
        raise error

    with pytest.raises(type(error), match="no") as caught:
        upload(world, add_bilag, file, check)
    assert caught.value is error
    assert portal.requests == []


def test_wrong_ids_are_refused_before_a_stream_is_read(world, portal, add_bilag):
    stream = io.BytesIO(b"%PDF")
    with pytest.raises(InvalidArgument):
        upload(
            world,
            add_bilag,
            File.from_stream(stream, name="a.pdf"),
            refusing(PdfRule.PASSWORD),
            ("..",),
        )
    assert portal.requests == []


def test_asynchronous_clients_check_in_a_thread(world, portal, add_bilag, file):
    threads = []

    def check(given):
        threads.append(threading.current_thread() is threading.main_thread())
        return given

    portal.answers((201, "7"))
    upload(world, add_bilag, file, check)
    assert threads == [world.synchronous]


def test_open_clients_have_it_too(world, portal, add_bilag, file):
    world.api, world.auth = attrs.evolve(world.api, token="open"), TEST
    with pytest.raises(PdfRefused):
        upload(world, add_bilag, file, refusing(PdfRule.PASSWORD))
    assert portal.requests == []
