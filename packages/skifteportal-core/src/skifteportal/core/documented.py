"""Where the documentation tells of an error."""

from __future__ import annotations

from typing import Any

from typing_extensions import override

__all__ = ["Documented"]

# Below `docs_url` of specs/portal.toml; docs/sitepages/exceptions.py writes the page.
_PAGE = "https://skifteportal.readthedocs.io/errors/exceptions/"


class Documented:
    """What has a section of its own in the documentation, on the page of exceptions.

    Attributes:
        doc_url: The section's address. A class of your own has that of the class that it derives from.
    """

    doc_url: str = _PAGE

    @override
    def __init_subclass__(cls, **options: Any) -> None:
        """Give a class of ours its address: the package and its name, such as ``#auth.NotAParticipant``."""
        super().__init_subclass__(**options)
        home, _, rest = cls.__module__.partition(".")
        if home == "skifteportal" and not cls.__name__.startswith("_"):
            cls.doc_url = f"{_PAGE}#{rest.partition('.')[0]}.{cls.__name__}"
