"""The portal's business error codes, `specs/errors/*.yaml`, as far as a package needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.escape import SpecText
from portalgen.problems import BrokenInput
from portalgen.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.checkout import Checkout

__all__ = ["Catalogue", "CodeView"]


@attrs.frozen(kw_only=True)
class CodeView:
    """One business error code.

    Attributes:
        code: The code: `doedsbo.f17`.
        text: The portal's Danish text.
        explanation: What it means, in English.
        action: What to do about it, in English.
        apis: The APIs whose catalogue it belongs to.
        side: `api`, or `court` for what no call can raise.
        operations: operationIds that raise it.
        pdf_rules: Core's rules for PDF documents whose breach it is.
    """

    code: SpecText
    text: SpecText
    explanation: SpecText
    action: SpecText
    apis: tuple[str, ...]
    side: str
    operations: tuple[str, ...]
    pdf_rules: tuple[SpecText, ...]


@attrs.frozen
class Catalogue:
    """All files of `specs/errors/`.

    Attributes:
        files: Each file's codes as data, by the file's name without `.yaml`.
    """

    files: Mapping[str, Mapping[str, Any]]

    @classmethod
    def load(cls, checkout: Checkout) -> Catalogue:
        """Read the files of a checkout.

        Raises:
            BrokenInput: A file is no YAML, or a code in it lacks something.
        """
        paths = sorted(checkout.error_files.glob("*.yaml"))
        catalogue = cls({path.stem: read_yaml(path) for path in paths})
        for name in catalogue.files:
            catalogue.file(name)
        return catalogue

    def file(self, name: str) -> tuple[CodeView, ...]:
        """Give the codes of one file.

        Raises:
            BrokenInput: There is no such file, or a code in it lacks something.
        """
        if name not in self.files:
            raise BrokenInput(f"specs/errors/{name}.yaml is named in portal.toml but missing")
        return tuple(_view(name, code, entry) for code, entry in self.files[name].items())

    def for_api(self, api: str, files: tuple[str, ...]) -> tuple[CodeView, ...]:
        """Give the codes of an API: those of its files that name it."""
        return tuple(code for name in files for code in self.file(name) if api in code.apis)


def _view(file: str, code: str, entry: Any) -> CodeView:
    try:
        return CodeView(
            code=SpecText(code),
            text=SpecText(entry["text"]),
            explanation=SpecText(entry["explanation"]),
            action=SpecText(entry["action"]),
            apis=tuple(entry["apis"]),
            side=entry["side"],
            operations=tuple(entry.get("operations", ())),
            pdf_rules=tuple(SpecText(rule) for rule in entry.get("pdf_rules", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BrokenInput(f"specs/errors/{file}.yaml, {code}: {error!r}") from error
