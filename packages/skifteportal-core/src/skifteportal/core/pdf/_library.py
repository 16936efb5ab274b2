"""Whether pikepdf is there: it is an optional part of this package, and loaded when a document is first checked."""

from __future__ import annotations

from importlib import import_module

from skifteportal.core.errors import ConfigurationError

__all__ = ["require_pikepdf"]


def require_pikepdf() -> None:
    """Say what to do if it is not.

    Raises:
        ConfigurationError: It is not installed.
    """
    try:
        import_module("pikepdf")
    except ImportError:
        raise ConfigurationError(
            "Checking PDF documents needs pikepdf, which is not installed: pip install "
            "skifteportal-core[pdf]"
        ) from None
