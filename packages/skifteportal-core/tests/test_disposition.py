import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.core.disposition import filename_of, safe_name, shown_name, write_disposition


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("test.pdf", 'attachment; filename="test.pdf"'),
        ("my bill.pdf", 'attachment; filename="my bill.pdf"'),
        (
            "Årsopgørelse.pdf",
            "attachment; filename=\"Aarsopgoerelse.pdf\"; filename*=UTF-8''%C3%85rsopg%C3%B8relse.pdf",
        ),
        ('a"b.pdf', "attachment; filename=\"a'b.pdf\"; filename*=UTF-8''a%22b.pdf"),
        ("50%.pdf", "attachment; filename=\"50_.pdf\"; filename*=UTF-8''50%25.pdf"),
        ("café.pdf", "attachment; filename=\"cafe.pdf\"; filename*=UTF-8''caf%C3%A9.pdf"),
        ("日本", "attachment; filename=\"file\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC"),
        ("/srv/x/test.pdf", 'attachment; filename="test.pdf"'),
        ("C:\\x\\test.pdf", 'attachment; filename="test.pdf"'),
        ("a\r\nX-Evil: 1.pdf", 'attachment; filename="aX-Evil: 1.pdf"'),
    ],
)
def test_names_are_written_for_everyone(name, header):
    assert write_disposition(name) == header


@given(st.text())
def test_every_name_comes_back_as_it_was_shown(name):
    header = write_disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert filename_of(header) == (shown_name(name) or "file")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('filename="test.pdf"', "test.pdf"),  # the guide's form
        ("attachment; filename=test.pdf", "test.pdf"),
        ("attachment; filename = test.pdf ; size=1", "test.pdf"),
        ('attachment; FileName="a;b\\"c.pdf"', 'a;b"c.pdf'),
        ("attachment; filename*=UTF-8''%c3%a6.pdf; filename=x.pdf", "æ.pdf"),
        ("attachment; filename=x.pdf; filename*=iso-8859-1'da'%e6.pdf", "æ.pdf"),
        ("attachment; filename=x.pdf; filename*=klingon''%e6.pdf", "x.pdf"),
        ("attachment; filename=x.pdf; filename*=UTF-8''%e6.pdf", "x.pdf"),
        ("attachment; filename=x.pdf; filename*=nonsense", "x.pdf"),
        ("attachment; filename=a.pdf; filename=b.pdf", "a.pdf"),
        ('attachment; filename=""', ""),
        ("attachment", None),
        ("", None),
    ],
)
def test_names_are_read_as_servers_write_them(header, name):
    assert filename_of(header) == name


@given(st.text())
def test_any_header_can_be_read(header):
    filename_of(header)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("faktura.pdf", "faktura.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\x.pdf", "x.pdf"),
        ("..", None),
        (".bashrc", "bashrc"),
        (" . ", None),
        ("", None),
        ("a\x00b\u202e.pdf", "ab.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("Å" * 200 + ".pdf", "Å" * 98 + ".pdf"),
        ("x" * 300, "x" * 200),
        ("æøå.pdf", "æøå.pdf"),
    ],
)
def test_names_are_made_safe_to_save_under(name, safe):
    assert safe_name(name) == safe


@given(st.text())
def test_a_safe_name_stays_in_its_folder_and_is_stable(name):
    safe = safe_name(name)
    if safe is not None:
        assert not set(safe) & set('/\\:\x00<>"|?*')
        assert safe not in {".", ".."}
        assert 0 < len(safe.encode()) <= 200
        assert safe_name(safe) == safe
