import pytest
from portal_in_memory import GUIDE_ESTATE, PDF

from skifteportal.sandbox.pdf_page import INVOICE, one_page_pdf


@pytest.fixture
def judge(api):
    krav = f"/doedsbojournaler/{GUIDE_ESTATE}/krav/{api.krav()}"
    return lambda content: api.bilag(krav, content=content)


@pytest.mark.parametrize(
    "content",
    [PDF, b" " * 1000 + PDF, PDF + b"\n" * 2000, one_page_pdf(*INVOICE)],
)
def test_a_pdf_is_taken_as_readers_take_it(judge, content):
    assert judge(content).status == 201


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%%EOF", b"GIF89a", b" " * 1024 + PDF])
def test_what_does_not_begin_and_end_like_one_is_refused(judge, content):
    assert judge(content).code == "doedsbo.f24"
