from importlib.resources import files

import pytest

from skifteportal.sandbox.control.pages import PAGES, page

FOLDER = files("skifteportal.sandbox") / "inspector"


def text(name):
    return (FOLDER / name).read_text("utf-8")


def names(kind):
    return sorted(file.name for file in FOLDER.iterdir() if file.name.endswith(f".{kind}"))


def test_the_page_is_at_the_root():
    answer = page("/")
    assert (answer.content_type, answer.charset) == ("text/html", "utf-8")
    assert answer.body == text("index.html").encode()


@pytest.mark.parametrize("path", sorted(PAGES))
def test_every_file_is_served_under_a_policy_that_lets_nothing_else_in(path):
    answer = page(path)
    rules = dict(
        rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; ")
    )
    assert rules.pop("require-trusted-types-for") == "'script'"
    assert rules.pop("default-src") == "'none'"
    assert set(rules.values()) == {"'self'", "'none'"}
    assert answer.content_type in {"text/html", "text/css", "text/javascript", "image/svg+xml"}


@pytest.mark.parametrize("name", names("js"))
def test_scripts_make_no_markup_of_texts_and_load_nothing_from_elsewhere(name):
    script = text(name)
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "http://",
        "https://",
    ):
        assert word not in script
    for line in script.splitlines():
        if line.startswith("import "):
            target = line.partition(' from "')[2].rstrip('";')
            assert target in PAGES


def test_the_page_has_no_script_or_style_of_its_own_and_names_files_that_are_there():
    html = text("index.html")
    assert "style=" not in html
    assert "<style" not in html
    assert html.count("<script") == 1
    for attribute in ("href", "src"):
        for part in html.split(f'{attribute}="')[1:]:
            target = part.partition('"')[0]
            assert target.startswith("#") or target in PAGES
