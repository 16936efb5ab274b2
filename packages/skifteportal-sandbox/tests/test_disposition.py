import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.sandbox.disposition import attachment, file_name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('filename="test.pdf"', "test.pdf"),  # as the guide prints it
        ('attachment; filename="faktura.pdf"', "faktura.pdf"),
        ("attachment; filename=faktura.pdf", "faktura.pdf"),
        ('attachment;FileName = "a b.pdf" ; size=3', "a b.pdf"),
        (r'attachment; filename="a \"b\".pdf"', 'a "b".pdf'),
        ("attachment; filename=\"x.pdf\"; filename*=UTF-8''bl%C3%A5b%C3%A6r.pdf", "blåbær.pdf"),
        ("attachment; filename*=iso-8859-1'da'bl%E5.pdf", "blå.pdf"),
        ("attachment; filename=\"x.pdf\"; filename*=UTF-8''%FF", "x.pdf"),
        ('attachment; filename="x.pdf"; filename*=nonsense', "x.pdf"),
        ('filename="blå.pdf"', "blå.pdf"),
        ('filename="../../etc/passwd"', "passwd"),
        ('filename="C:\\\\temp\\\\a.pdf"', "a.pdf"),
        ('filename="a\x00\u202eb.pdf"', "ab.pdf"),
    ],
)
def test_a_file_name_is_found(header, name):
    assert file_name(header) == name


@pytest.mark.parametrize(
    "header", ["", "attachment", 'filename=""', 'filename="../"', 'xfilename="a.pdf"']
)
def test_a_header_without_a_name_has_none(header):
    assert file_name(header) is None


def test_a_long_name_keeps_its_end():
    assert file_name(f'filename="{"a" * 300}.pdf"') == "a" * 251 + ".pdf"


SAFE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"), exclude_characters="/\\"),
    min_size=1,
    max_size=80,
)


@given(SAFE)
def test_what_is_written_is_read_as_the_same(name):
    wanted = name.strip(" .")
    header = attachment(name)
    assert header.isascii()
    assert file_name(header) == (wanted or None) or wanted == ""
