"""Documents: first uploaded, then referred to by the call that needs them, under the same token.

A document belongs to the holder of the token it was uploaded with (guide 4.5.7), and claims, messages and requests
refer to it by its id (guide 4.4.2, 4.5.3). Where the store is, and what its operations are called, is another
package's business: core only says what a store is.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

import attrs

from skifteportal.core._compile import fields_of, model_class
from skifteportal.core.codec import from_json
from skifteportal.core.errors import ConfigurationError, InvalidArgument, PortalError
from skifteportal.core.files import File, FileInput
from skifteportal.core.shapes import ListOf, ModelOf
from skifteportal.core.stored_document import StoredDocument

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from skifteportal.core.credentials import PortalAuth
    from skifteportal.core.model import Model

__all__ = ["AsyncDocumentStore", "Attaching", "DocumentInput", "DocumentStore", "StoredDocument"]

S = TypeVar("S", bound="DocumentStore | AsyncDocumentStore")


DocumentInput = FileInput | StoredDocument
"""What a call's ``documents`` may hold: files to upload, and documents that are stored already."""


class DocumentStore(Protocol):
    """Takes documents. The client of dokument-lager-ekstern is one.

    Its timeouts, retries and hooks are its own: a call's options are not its options.
    """

    @property
    def auth(self) -> PortalAuth | None:
        """Its credential, the same object as that of the client that refers to the documents."""
        ...

    def store(self, file: FileInput, /) -> StoredDocument:
        """Upload a document."""
        ...


class AsyncDocumentStore(Protocol):
    """As DocumentStore, for asynchronous clients."""

    @property
    def auth(self) -> PortalAuth | None:
        """As DocumentStore.auth."""
        ...

    async def store(self, file: FileInput, /) -> StoredDocument:
        """As DocumentStore.store."""
        ...


class Attaching(Generic[S]):
    """The documents of one call, on their way into its body.

    Args:
        body: The body, which is left as it is.
        place: Where its documents are, by JSON names; see Operation.
        documents: What to attach, in this order, behind what the body has already.
        store: Where files go to.
        auth: The credential of the call.

    Attributes:
        stored: What is in the store so far.

    Raises:
        InvalidArgument: Something else than files and stored documents, or files without a store.
        ConfigurationError: The store has another credential.
    """

    def __init__(
        self,
        body: Model,
        place: tuple[str, ...],
        documents: Sequence[DocumentInput],
        store: S | None,
        auth: PortalAuth | None,
    ) -> None:
        self._body = body
        self._place = place
        self._waiting: list[StoredDocument | tuple[S, FileInput]] = []
        self.stored: list[StoredDocument] = []
        for document in documents:
            if isinstance(document, StoredDocument):
                self._waiting.append(document)
            else:
                self._waiting.append((_checked(document, store, auth), document))
        self.body()  # what can't be attached to is refused before anything is uploaded

    def uploads(self) -> Iterator[tuple[S, FileInput]]:
        """What is to be uploaded, and where to. Each must be in ``stored`` before the next is asked for."""
        for document in self._waiting:
            if isinstance(document, StoredDocument):
                self.stored.append(document)
            else:
                yield document

    def body(self) -> Model:
        """The body with the references filled in."""
        return _attached(self._body, self._place, self.stored)

    @contextmanager
    def told(self) -> Generator[None]:
        """Have an error say what has been stored, so that it needn't be uploaded again."""
        try:
            yield
        except Exception as error:
            if self.stored:
                if isinstance(error, PortalError):
                    error.documents = tuple(self.stored)
                error.add_note(
                    f"Documents that are in the store all the same: {len(self.stored)}. Give the error's `documents` "
                    "to the next try in their place."
                )
            raise


def _checked(document: object, store: S | None, auth: PortalAuth | None) -> S:
    """The store that a file may go to."""
    if not isinstance(document, (Path, File)):
        raise InvalidArgument(
            "documents holds Paths, Files and StoredDocuments.", argument="documents"
        )
    if store is None:
        raise InvalidArgument(
            "Files are uploaded to a document store: give one, such as a DokumentLagerEksternClient.",
            argument="store",
        )
    if store.auth is not auth:
        raise ConfigurationError(
            "The document store must have the same credential as this client, the very same object: a document "
            "belongs to the holder of the token it was uploaded with (guide, section 4.5.7)."
        )
    return store


def _attached(body: Model, place: tuple[str, ...], stored: Sequence[StoredDocument]) -> Model:
    """A copy of a model with references to documents."""
    json_name, *further = place
    field = next(one for one in fields_of(type(body)) if one.json_name == json_name)
    found: list[Any] = list(getattr(body, field.name) or ())
    item = cast("ListOf", field.shape).item
    if further:
        if not found:
            raise InvalidArgument(
                f"{field.name} is empty: there is nothing to attach documents to.",
                argument=field.name,
            )
        found[0] = _attached(found[0], tuple(further), stored)
    elif isinstance(item, ModelOf):
        cls = model_class(item.reference)
        found += [
            from_json(cls, {"dokumentId": one.id, "filnavn": one.filnavn, "navn": one.navn})
            for one in stored
        ]
    else:
        found += [one.id for one in stored]
    changed: dict[str, Any] = {field.name: found}
    return attrs.evolve(body, **changed)
