import re

from skifteportal.sandbox.pdf_page import INVOICE, one_page_pdf


def test_the_table_points_at_every_object():
    pdf = one_page_pdf(*INVOICE)
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", pdf)[1])
    assert pdf[start:].startswith(b"xref\n0 6\n")
    offsets = [int(found) for found in re.findall(rb"(\d{10}) 00000 n \n", pdf[start:])]
    assert [pdf[offset : offset + 5] for offset in offsets] == [
        b"1 0 o",
        b"2 0 o",
        b"3 0 o",
        b"4 0 o",
        b"5 0 o",
    ]
    assert b"/Size 6" in pdf


def test_the_page_has_the_length_it_names_and_shows_its_lines():
    pdf = one_page_pdf("Faktura 4711", "Ærø (bygade) \\ 漢")
    length, content = re.search(rb"<</Length (\d+)>>stream\n(.*)\nendstream", pdf).groups()
    assert len(content) == int(length)
    assert b"(Faktura 4711) Tj T* (\xc6r\xf8 \\(bygade\\) \\\\ ?) Tj" in content


def test_it_is_the_same_every_time():
    assert one_page_pdf(*INVOICE) == one_page_pdf(*INVOICE)
