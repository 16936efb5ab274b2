"""Anchors of headings can be typed and sent: no letter is lost, and none needs escaping."""

import pytest

from sitepages.anchors import anchor


@pytest.mark.parametrize(
    ("heading", "made"),
    [
        ("Tabt eller lækket", "tabt-eller-laekket"),
        ("Ærø, Øer & Åen", "aeroe-oeer-aaen"),
        ("1. Install", "1-install"),
        ("What is X-Total-Count?", "what-is-x-total-count"),
        ("Kære André", "kaere-andre"),
    ],
)
def test_danish_letters_are_written_out(heading, made):
    assert anchor(heading, "-") == made
