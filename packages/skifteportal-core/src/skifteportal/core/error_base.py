"""The base of every error; see errors for the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from skifteportal.core.documented import Documented

if TYPE_CHECKING:
    from skifteportal.core.documents import StoredDocument

__all__ = ["PortalError"]


class PortalError(Documented, Exception):
    """The base of every error of these packages.

    Attributes:
        doc_url: The address of the error's section in the documentation; with a business error code, that of the code's page.
        documents: The documents that the call had put into the document store before it failed. They are there
            still: give them to the next try, ``documents=error.documents``, or delete them.
    """

    documents: tuple[StoredDocument, ...] = ()

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        # The constructors take keywords, which BaseException's own way of pickling does not know.
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(cls: type[PortalError], args: tuple[Any, ...], state: dict[str, Any]) -> PortalError:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error
