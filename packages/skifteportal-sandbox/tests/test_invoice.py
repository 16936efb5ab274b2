import re

from skifteportal.sandbox.invoice import invoice_pdf


def test_the_table_points_at_every_object():
    pdf = invoice_pdf()
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", pdf)[1])
    assert pdf[start:].startswith(b"xref\n0 6\n")
    offsets = [int(found) for found in re.findall(rb"(\d{10}) 00000 n \n", pdf[start:])]
    assert [pdf[offset:].split(b" obj")[0] for offset in offsets] == [
        b"1 0",
        b"2 0",
        b"3 0",
        b"4 0",
        b"5 0",
    ]
    assert b"/Size 6" in pdf


def test_the_page_has_the_length_it_names_and_shows_an_invoice():
    length, content = re.search(
        rb"<</Length (\d+)>>stream\n(.*)\nendstream", invoice_pdf()
    ).groups()
    assert len(content) == int(length)
    assert b"(Faktura 4711) Tj" in content


def test_it_is_the_same_every_time():
    assert invoice_pdf() == invoice_pdf()
