"""The TLS contexts that we call with: made in one place, so that all keep the same promises."""

from __future__ import annotations

import os
import ssl
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["trusting"]

# What Python 3.13's create_default_context asks for; here it holds under every Python.
_FLAGS = ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN


def trusting(ca_file: Path | None) -> ssl.SSLContext:
    """A context that trusts some roots: TLS 1.2 at least, certificates and host names checked.

    It is not made by ``ssl.create_default_context``, which honours the environment variable
    SSLKEYLOGFILE: it would write the session keys to a file, and so put tokens, secrets and personal
    data within reach of whoever reads it and records the network. A warning is logged instead.

    Args:
        ca_file: A PEM file with the root certificates; None for the system's.

    Raises:
        OSError: The file can't be read; an ``ssl.SSLError`` if it holds no certificate.
    """
    if os.environ.get("SSLKEYLOGFILE"):
        _warn_of_key_log()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= _FLAGS
    if ca_file is None:
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    else:
        context.load_verify_locations(cafile=str(ca_file))
    return context


@cache
def _warn_of_key_log() -> None:
    from skifteportal.core.redaction import LOGGER  # noqa: PLC0415 - it loads the HTTP library

    LOGGER.warning(
        "SSLKEYLOGFILE is set and not honoured: session keys of calls to the portal are not written to "
        "disk. Unset it; other libraries in this process may honour it."
    )
