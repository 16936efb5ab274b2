"""Every document of the table, and the rules' switches, checked in this process."""

import subprocess
import sys

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import BAD, GOOD, URI, PdfCase, document, field, link, linked

from skifteportal.core import ConfigurationError, InvalidArgument
from skifteportal.core.pdf import PdfProblem, PdfRule, PdfRules, check_pdf

CASES = {case.name: case for case in (*BAD, *GOOD)}


def rules_of(data, **settings):
    return [problem.rule for problem in check_pdf(data, settings=PdfRules(**settings))]


def the_place(data):
    (problem,) = check_pdf(data)
    return problem.place


def test_the_table_is_as_long_as_was_promised():
    assert len(BAD) >= 60
    assert len(GOOD) >= 12
    assert len(CASES) == len(BAD) + len(GOOD)
    assert sum(case.rule is PdfRule.JAVASCRIPT for case in BAD) >= 15


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_what_the_portal_refuses_is_refused_by_the_right_rule(case: PdfCase):
    assert check_pdf(case.data)[0].rule is case.rule


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_what_the_portal_takes_is_taken(case: PdfCase):
    assert check_pdf(case.data) == ()


def test_a_document_on_disk_is_checked_too(tmp_path):
    path = tmp_path / "faktura.pdf"
    path.write_bytes(CASES["js on opening"].data)
    assert rules_of(path) == [PdfRule.JAVASCRIPT]


def test_a_large_file_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "faktura.pdf"
    path.write_bytes(CASES["plain"].data)
    (problem,) = check_pdf(path, settings=PdfRules(max_bytes=10))
    assert problem == PdfProblem(PdfRule.TOO_LARGE, "more than 10 bytes")


@pytest.mark.parametrize("data", ["faktura.pdf", None, 7])
def test_what_is_no_document_is_said(data):
    with pytest.raises(InvalidArgument, match=r"bytes or as a Path: Path\(…\)"):
        check_pdf(data)


@pytest.mark.parametrize("name", ["Jens Jensen 010190-1234.pdf", "Jens\0Jensen.pdf"])
def test_a_file_that_cannot_be_read_is_said_without_its_name(tmp_path, name):
    with pytest.raises(InvalidArgument, match="The file can't be read: ") as caught:
        check_pdf(tmp_path / name)
    assert "Jens" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("js on opening, an object of its own", "JavaScript in /OpenAction, object 4"),
        ("js when the page opens", "JavaScript in …/Kids[0]/AA/O, object 3"),
        ("js that nothing refers to", "JavaScript in object 4, unused"),
        ("URI on opening", "/URI action on opening in object 1, the catalog"),
        ("four tiles", "links out of the document cover page 1"),
    ],
)
def test_a_problem_says_where(name, place):
    assert the_place(CASES[name].data) == place


def test_a_place_may_be_the_trailer():
    script = "<</S/JavaScript/JS(a)>>"
    assert (
        the_place(document(trailer=f"/Root 1 0 R/Info {script}"))
        == "JavaScript in /… of the trailer"
    )
    assert the_place(document(trailer="/Root 1 0 R/JS(a)")) == "JavaScript in the trailer"


def test_a_place_holds_nothing_of_the_document():
    data = document(catalog="/CPR0101901234<</S/JavaScript/JS(Jens Jensen)>>")
    assert the_place(data) == "JavaScript in /…, object 1"


def test_several_problems_come_in_the_order_of_the_rules():
    script = "<</S/JavaScript/JS(a)>>"
    data = linked(
        link("0 0 600 800"), link("9 9 19 19", script), link("9 9 19 19", "<</S/ResetForm>>")
    )
    assert rules_of(data) == [PdfRule.JAVASCRIPT, PdfRule.FORM_ACTION, PdfRule.FULL_PAGE_LINK]


def test_at_most_five_problems_of_a_rule_are_told():
    data = linked(*[link("9 9 19 19", "<</S/Launch/F(a)>>")] * 50)
    assert rules_of(data) == [PdfRule.AUTOMATIC_LINK] * 5


def test_an_owner_password_can_be_let_through():
    assert rules_of(CASES["owner's password only"].data, owner_password=True) == []
    hidden = CASES["owner's password and js"].data
    assert rules_of(hidden, owner_password=True) == [PdfRule.JAVASCRIPT]


def test_the_share_of_the_page_can_be_set():
    data = linked(link("0 0 600 400"))
    assert rules_of(data) == []
    assert rules_of(data, full_page_share=0.5) == [PdfRule.FULL_PAGE_LINK]


@pytest.mark.parametrize(
    ("more", "shows"),
    [
        ("", True),  # a border is the rule
        ("/Border[0 0 1]", True),
        ("/Border[0 0]", True),
        ("/Border[0 0 0]", False),
        ("/Border[0 0 (a)]", True),
        ("/BS<</W 0>>", False),
        ("/BS<</W 2>>/Border[0 0 0]", True),
        ("/C[]", False),
        ("/C[1 0 0]", True),
    ],
)
def test_a_link_that_shows_can_be_let_through(more, shows):
    data = linked(link("0 0 600 800", more=more))
    assert rules_of(data) == [PdfRule.FULL_PAGE_LINK]
    assert rules_of(data, full_page_links="invisible") == [PdfRule.FULL_PAGE_LINK] * (not shows)


@pytest.mark.parametrize(
    ("more", "shows"), [("", False), ("/AP<<>>", True), ("/MK<</BC[0]>>", True)]
)
def test_a_button_that_shows_can_be_let_through(more, shows):
    data = linked(link("0 0 600 800", kind="/Widget", more=more))
    assert rules_of(data, full_page_links="invisible") == [PdfRule.FULL_PAGE_LINK] * (not shows)


def test_a_document_of_too_many_objects_is_too_complex():
    (problem,) = check_pdf(CASES["plain"].data, settings=PdfRules(max_objects=3))
    assert problem == PdfProblem(PdfRule.TOO_COMPLEX, "more than 3 objects")


def test_long_numbers_do_no_harm():
    assert rules_of(linked(link(f"0 0 600 {'9' * 400}.5"))) == []


@settings(deadline=None)  # the machine may be busy
@given(st.integers(0, 5), st.integers(1, 6), st.integers(1, 8))
def test_tiles_cover_what_one_link_covers(start, columns, rows):
    width, height = 600 // columns, 800 // rows
    tiles = [
        link(f"{x * width} {y * height} {(x + 1) * width + start} {(y + 1) * height + start}")
        for x in range(columns)
        for y in range(rows)
    ]
    assert rules_of(linked(*tiles), full_page_share=0.98) == [PdfRule.FULL_PAGE_LINK]
    assert rules_of(linked(*tiles[1:]), full_page_share=0.98) == []


@settings(deadline=None)  # the machine may be busy
@given(st.binary(max_size=400))
def test_nothing_that_is_no_pdf_brings_it_down(noise):
    assert check_pdf(b"%PDF-1.7\n" + noise + b"\n%%EOF")[0].rule is PdfRule.NOT_A_PDF


def test_how_the_process_reads_numbers_plays_no_part():
    pikepdf.set_object_conversion_mode("explicit")
    try:
        assert rules_of(CASES["four tiles"].data) == [PdfRule.FULL_PAGE_LINK]
    finally:
        pikepdf.set_object_conversion_mode("implicit")


def test_a_field_in_a_form_may_have_a_link():
    assert rules_of(field(f"/A {URI}")) == []


def test_without_pikepdf_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(ConfigurationError, match=r"pip install skifteportal-core\[pdf\]"):
        check_pdf(b"")


def test_importing_loads_no_pikepdf():
    script = "import sys, skifteportal.core, skifteportal.core.pdf; print('pikepdf' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
