from pathlib import Path

import pytest

from skifteportal.sandbox import FolderError, NotLoopback, PortTaken, SandboxError

ERRORS = [
    FolderError(Path("folder"), "it is a file."),
    PortTaken(role="api", port=8745, problem="Address already in use"),
    NotLoopback("0.0.0.0"),
]


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_is_a_sandbox_error_that_says_what_is_wrong(error):
    assert isinstance(error, SandboxError)
    assert str(error).endswith(".")


def test_the_texts_name_the_thing_and_what_to_do():
    assert [str(error) for error in ERRORS] == [
        "The sandbox's folder folder cannot be used: it is a file.",
        (
            "Port 8745 (for api) cannot be used: Address already in use. "
            "Stop what listens there, or ask for another port (0: any free one)."
        ),
        "The sandbox listens on loopback only (127.0.0.1, ::1 or localhost), not on '0.0.0.0'.",
    ]
