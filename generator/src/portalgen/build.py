"""From the checkout's specs to packages in memory: what `generate` writes and `check` compares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.ahead import find_ahead
from portalgen.catalogue import Catalogue
from portalgen.document import Document
from portalgen.formatting import format_python
from portalgen.manifest import MANIFEST, Inputs, hash_of, manifest
from portalgen.notices import Notices
from portalgen.overlay import Overlay
from portalgen.problems import ApiProblem, BrokenInput
from portalgen.registry import Registry
from portalgen.specs_package import SPECS_PACKAGE, render_specs
from portalgen.transaction import recover
from portalgen.yaml_file import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from portalgen.checkout import Checkout
    from portalgen.registry import ApiEntry

__all__ = ["Plan", "Result", "Workshop", "make"]


@attrs.frozen
class Plan:
    """A package that is to be made.

    Attributes:
        package: The distribution's name, its folder in `packages/`.
        inputs: What it is made from.
        render: Makes its files, not yet formatted.
    """

    package: str
    inputs: Inputs
    render: Callable[[], dict[str, str]]


@attrs.frozen
class Result:
    """A package that was made in memory, or why it wasn't.

    Attributes:
        package: The distribution's name.
        files: Its files by relative path; empty if it failed.
        problems: What is wrong, each naming the operation where there is one.
    """

    package: str
    files: dict[str, bytes] = attrs.field(factory=dict[str, bytes])
    problems: tuple[str, ...] = ()


@attrs.define
class Workshop:
    """A checkout with its registry and error codes read.

    Attributes:
        checkout: The checkout.
        registry: Its registry.
        catalogue: Its error codes.
        notices: The portal's notices.
    """

    checkout: Checkout
    registry: Registry
    catalogue: Catalogue
    notices: Notices
    _documents: dict[str, Document] = attrs.field(factory=dict[str, Document], init=False)

    @classmethod
    def open(cls, checkout: Checkout) -> Workshop:
        """Read a checkout's registry, error codes and notices, after undoing a change that was interrupted.

        Raises:
            BrokenInput: One of them is unusable.
        """
        recover(checkout.root)
        registry, catalogue = Registry.load(checkout), Catalogue.load(checkout)
        for entry in registry.apis.values():
            catalogue.for_api(entry.api, entry.errors)
        return cls(checkout, registry, catalogue, Notices.load(checkout))

    def document(self, entry: ApiEntry) -> Document:
        """Read an API's document, once, with our corrections to it.

        Raises:
            ApiProblem: It is missing, not the registered one, or no YAML; or a correction does nothing.
        """
        if entry.api not in self._documents:
            content = entry.read_spec(self.checkout)
            try:
                data = parse_yaml(content, file=entry.spec)
                document = Document(self._corrected(entry, data))
                list(document.operations())
            except BrokenInput as error:
                raise ApiProblem(entry.api, [str(error)]) from error
            except (AttributeError, LookupError, TypeError) as error:
                problem = f"{entry.spec} is no OpenAPI document: {error}"
                raise ApiProblem(entry.api, [problem]) from error
            stated = document.data.get("info", {}).get("version")
            if stated != entry.version:
                problem = f"{entry.spec} says that it is version {stated}, not {entry.version}"
                raise ApiProblem(entry.api, [problem])
            self._documents[entry.api] = document
        return self._documents[entry.api]

    def plan_api(self, entry: ApiEntry) -> Plan:
        """Plan the package of an API.

        Raises:
            ApiProblem: Its document can't be read.
        """
        document = self.document(entry)
        example_path = self.checkout.root / "specs" / entry.api / "example.py"
        example = example_path.read_text(encoding="utf-8") if example_path.is_file() else None
        licence = self._licence()
        config = attrs.asdict(entry) | {
            "docs_url": self.registry.docs_url,
            "repository": self.registry.repository,
            "first_page": self.registry.first_page,
            "core_requirement": self.registry.core_requirement,
        }
        codes = self.catalogue.for_api(entry.api, entry.errors)
        ahead = find_ahead(entry, self.notices)
        inputs = Inputs(
            {
                "spec": entry.sha256,
                "overlay": _hash(self.checkout.read_overlay(entry.api)),
                "config": _hash(config),
                "errors": _hash([attrs.asdict(code) for code in codes]),
                "notices": _hash(ahead),
                "example": _hash(example),
                "licence": _hash(licence),
            }
        )

        def render() -> dict[str, str]:
            # The parser takes a second to import: only when something is to be rendered.
            from portalgen.package import build_api, render_api  # noqa: PLC0415

            api = build_api(entry, document, codes, ahead=ahead)
            return render_api(self.registry, api, licence=licence, example=example)

        return Plan(entry.package, inputs, render)

    def plan_specs(self) -> Plan:
        """Plan the data package.

        Raises:
            ApiProblem: The document of one of its APIs can't be read.
        """
        documents = {name: self.document(entry) for name, entry in self.registry.apis.items()}
        licence = self._licence()
        inputs = Inputs(
            {
                "specs": _hash({name: entry.sha256 for name, entry in self.registry.apis.items()}),
                "overlays": _hash([self.checkout.read_overlay(name) for name in documents]),
                "config": _hash(self.registry.document),
                "errors": _hash(self.catalogue.files),
                "licence": _hash(licence),
            }
        )
        return Plan(
            SPECS_PACKAGE,
            inputs,
            lambda: render_specs(self.registry, self.catalogue, documents, licence=licence),
        )

    def folder(self, package: str) -> Path:
        """Say where a package stands."""
        return self.checkout.packages / package

    def _corrected(self, entry: ApiEntry, data: dict[str, Any]) -> dict[str, Any]:
        content = self.checkout.read_overlay(entry.api)
        if content is None:
            return data
        file = f"specs/{entry.api}/overlay.yaml"
        corrected, idle = Overlay.parse(content, file=file).apply(data)
        if idle:
            raise ApiProblem(entry.api, [f"{file}, {one}. Remove it, or mend it" for one in idle])
        return corrected

    def _licence(self) -> str:
        try:
            return self.checkout.licence.read_text(encoding="utf-8")
        except OSError as error:
            raise BrokenInput(f"the licence can't be read: {error}") from error


def make(plans: Iterable[Plan]) -> list[Result]:
    """Render packages and format them in one run.

    Args:
        plans: The packages.

    Returns:
        A result for each, in the plans' order; one that fails leaves the others alone.
    """
    rendered: dict[str, dict[str, str]] = {}
    results: list[Result] = []
    inputs: dict[str, Inputs] = {}
    for plan in plans:
        inputs[plan.package] = plan.inputs
        try:
            rendered[plan.package] = plan.render()
            results.append(Result(plan.package))
        except ApiProblem as problem:
            results.append(Result(plan.package, problems=problem.problems))
    sources = {
        f"{package}/{name}": text
        for package, files in rendered.items()
        for name, text in files.items()
        if name.endswith(".py")
    }
    formatted = format_python(sources)
    for result in results:
        files = rendered.get(result.package, {})
        for name, text in files.items():
            result.files[name] = formatted.get(f"{result.package}/{name}", text).encode()
        if files:
            result.files[MANIFEST] = manifest(inputs[result.package], dict(result.files))
    return results


def _hash(data: object) -> str:
    return hash_of(repr(data).encode())
