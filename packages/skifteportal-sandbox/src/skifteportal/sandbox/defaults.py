"""Where a sandbox is unless told otherwise."""

from pathlib import Path
from typing import Final

__all__ = ["CLIENT_ID", "FILER", "FOLDER", "MOST", "PORTS"]

FOLDER: Final = Path(".skifteportal-sandbox")
"""The folder with certificates and `.env`."""

PORTS: Final = {"sysauth": 8743, "auth": 8744, "api": 8745, "control": 8746}
"""The command's ports, fixed so that what a user writes down stays true; from Python any free ones."""
MOST: Final = 10_000_000
"""The most estates, and claims, that are made up at once: ten times what the sandbox is measured with."""
FILER: Final = "11111111"
"""CVR number of the company whose certificate is `anmelder.p12`."""

CLIENT_ID: Final = "skifteportal-sandbox"
"""The client id of the API key that comes along; its secret is another in each folder."""
