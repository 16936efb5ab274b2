"""Putting a private key into an SSLContext, which reads keys from files only (CPython #60691).

The key is written encrypted, under a passphrase made for the one reading: to memory on Linux, to
a file elsewhere that is removed at once. What a crash could leave behind can't be read. The key
does lie in this process's memory, where a debugger or a core dump sees it.
"""

import os
import secrets
import ssl
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from skifteportal.auth._bundle import PrivateKey

__all__ = ["load_key"]

Place = Callable[[bytes], AbstractContextManager[str]]

_CREATE: Callable[[str, int], int] | None = getattr(os, "memfd_create", None)
_MFD_CLOEXEC = 0x1
_MFD_NOEXEC_SEAL = 0x8  # Linux 6.3; where vm.memfd_noexec=2, memory without it is refused


def load_key(
    context: ssl.SSLContext,
    *,
    key: PrivateKey,
    chain: Sequence[x509.Certificate],
    places: Sequence[Place] | None = None,
) -> None:
    """Make a context show a certificate.

    Args:
        context: The context; changed.
        key: The certificate's private key.
        chain: The certificate first, then those above it that the server may not know.
        places: Where to put the key, tried in turn; by default this platform's.

    Raises:
        OSError: There is no place to write to.
    """
    passphrase = secrets.token_urlsafe(32)
    content = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
    ) + b"".join(certificate.public_bytes(Encoding.PEM) for certificate in chain)
    *first, last = places or (in_memory, in_a_file)
    for place in first:
        try:
            with place(content) as path:
                context.load_cert_chain(path, password=passphrase)
        except OSError:  # no memory files, or no /proc: the next place
            continue
        return
    with last(content) as path:
        context.load_cert_chain(path, password=passphrase)


@contextmanager
def in_memory(
    content: bytes,
    create: Callable[[str, int], int] | None = _CREATE,
) -> Generator[str]:
    """A file that lives in memory and has a path only inside this process (Linux)."""
    if create is None:
        raise OSError("this platform has no memory files")
    try:
        file = create("skifteportal", _MFD_CLOEXEC | _MFD_NOEXEC_SEAL)
    except OSError:
        file = create("skifteportal", _MFD_CLOEXEC)
    with os.fdopen(file, "wb") as stream:
        stream.write(content)
        stream.flush()
        yield f"/proc/self/fd/{file}"


@contextmanager
def in_a_file(content: bytes) -> Generator[str]:
    """A file that only this user may read, removed at once; closed first, as Windows demands."""
    file, name = tempfile.mkstemp(prefix="skifteportal-", suffix=".pem")
    try:
        with os.fdopen(file, "wb") as stream:
            stream.write(content)
        yield name
    finally:
        Path(name).unlink()
