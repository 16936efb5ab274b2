"""Tests against a portal that decides otherwise where the guide is silent: codes come with 422, and files may be small only (asynchronously)."""

import subprocess
import sys
from decimal import Decimal

import pytest

from skifteportal.core import ApiError, File
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient, ErrorCode
from skifteportal.doedsbojournal.models import KravInput
from skifteportal.sandbox import InProcessPortal, Settings

ESTATE = "e25d84d3-7aec-4361-84da-93125cb83f08"


@pytest.fixture(scope="session")  # in your suite it stands in conftest.py
def skifteportal_settings() -> Settings:
    """Assume another status and another limit than the sandbox does."""
    return Settings(business_status=422, max_attachment_bytes=100)


@pytest.mark.anyio
async def test_a_large_file_is_known_by_its_code(skifteportal_portal: InProcessPortal) -> None:
    """A program that goes by the code needs no change, whatever the status is."""
    auth, transport = skifteportal_portal.direct(), skifteportal_portal.transport
    async with AsyncDoedsbojournalClient(auth, transport=transport) as portal:
        krav = await portal.add_krav(ESTATE, KravInput(beloeb=Decimal("250.00"), endeligt=True))
        scan = File.from_bytes(b"%PDF-1.7" + bytes(200), name="scan.pdf")
        with pytest.raises(ApiError) as refused:
            await portal.add_bilag_for_krav(ESTATE, krav.id, scan)
    assert refused.value.code == ErrorCode.DOEDSBO_F18


if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    sys.exit(subprocess.call(command))
