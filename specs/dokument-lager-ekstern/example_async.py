"""Put a document into the store, so that a claim or a message can refer to it, and fetch it back (asynchronously)."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import File
from skifteportal.dokument_lager_ekstern import AsyncDokumentLagerEksternClient

# The smallest PDF there is. A program of your own gives a path: add_v2(Path("faktura.pdf")).
_EMPTY_PAGE = (
    b"%PDF-1.4\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n"
    b"0000000052 00000 n \n"
    b"0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)


async def upload(env_file: Path) -> None:
    """Upload a document, then fetch it back and drop it: nothing refers to it yet."""
    credential = ClientSecretCredential.from_env_file(env_file)
    # The document is the token holder's: the call that refers to it needs the same holder's token.
    async with AsyncDokumentLagerEksternClient(credential.direct()) as portal:
        dokument = await portal.add_v2(File.from_bytes(_EMPTY_PAGE, name="Faktura129874.pdf"))
        print(dokument.id, dokument.navn, dokument.stoerelse)
        print(len(await portal.get_fil(dokument.id).read()), "bytes fetched")
        await portal.delete_dokument(dokument.id)


if __name__ == "__main__":
    asyncio.run(upload(Path(sys.argv[1])))
