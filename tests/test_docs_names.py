"""No page names what is not there: classes, calls with their keywords, files, packages, codes, variables."""

import pytest
from page_code import shown_in
from shown_names import unknown_names
from shown_programs import pages


def test_every_name_on_every_page_by_hand_is_somebodys():
    # What is written follows from data, and a changelog names what there was.
    left_out = ("(written)", "CHANGELOG.md")
    by_hand = {page: code for page, code in pages().items() if not page.endswith(left_out)}
    assert unknown_names(by_hand) == []
    assert sum(len(code.words) for code in by_hand.values()) > 1000


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ("DoedsbojournalKlient", "nothing is called DoedsbojournalKlient"),
        ("CallOptions(max_retry=0)", "CallOptions takes no max_retry"),
        ("Sandbox.controls", "Sandbox has no controls"),
        ("skifteportal.core.NotThere", "there is no skifteportal.core.NotThere"),
        ("skifteportal.notthere", "there is no skifteportal.notthere"),
        ("krav.to_inputs(beloeb=…)", "nothing is called to_inputs"),
        ("Certificate.from_p13", "Certificate has no from_p13"),
        ("for krav in client.get_every_krav(bo.id)", "nothing is called get_every_krav"),
        ("SkifteformTyp | str", "nothing is called SkifteformTyp"),
        ("on_receipts=", "nothing takes on_receipts"),
        (".retry_afterwards", "nothing is called retry_afterwards"),
        ("changes_until", "nothing is called changes_until"),
        ("no_such_call(1)", "nothing is called no_such_call"),
        ("doedsbo.f99", "no code of the portal's"),
        ("AUTH_CLIENT_SECRETS", "it is nowhere in our sources"),
        ("X-Skifteportal", "it is nowhere in our sources"),
        ("sysauth.domstol.net", "it is nowhere in our sources"),
        ("skifteportal-doedsbo", "no package of ours"),
        ("skifteportal-auth[rediss]", "no extra of that package"),
        ("tests/no_such_file.py", "no file of ours"),
    ],
)
def test_a_name_that_is_nobodys_is_found(word, problem):
    assert unknown_names({"page.md": shown_in(f"See `{word}`.")}) == [f"page.md: {word}: {problem}"]


@pytest.mark.parametrize(
    "word",
    [
        "CallOptions(max_retries=0)",
        "skifteportal.doedsbojournal.ErrorCode.DOEDSBO_F17",
        "ApiError.doc_url",
        "with portal.download(bilag) as opened: opened.iter_bytes()",
        "tests/support/canaries.py",
        "packages/",
        "skifteportal-auth[redis]",
        "html.escape(krav.titel)",
        "aud",
        "$ref",
    ],
)
def test_a_good_name_is_let_through(word):
    assert unknown_names({"page.md": shown_in(f"See `{word}`.")}) == []
