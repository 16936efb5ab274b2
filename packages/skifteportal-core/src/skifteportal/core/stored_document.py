"""A document in the store: all that a store's own client needs to know of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from typing_extensions import override

if TYPE_CHECKING:
    from skifteportal.core.files import FileInput

__all__ = ["StoredDocument"]


@attrs.frozen(kw_only=True, repr=False)
class StoredDocument:
    """A document in the store. ``repr`` shows its id only: names tell of people.

    To have it shown under another name on the case, give the call
    ``attrs.evolve(store.store(path), navn="Faktura 129874")``.

    Attributes:
        id: What others refer to it by.
        filnavn: Its file name.
        navn: The name it is shown under on the case; the file name unless you say otherwise.
    """

    id: str
    filnavn: str
    navn: str

    @classmethod
    def of(cls, answer: Any, file: FileInput) -> StoredDocument:
        """What a store answers to an upload.

        Args:
            answer: The store's answer, with ``id`` and ``navn``, of which the latter may be None.
            file: What was uploaded.
        """
        name = answer.navn or file.name
        return cls(id=answer.id, filnavn=name, navn=name)

    @override
    def __repr__(self) -> str:
        return f"<StoredDocument {self.id}>"
