"""The registry, `specs/portal.toml`: which APIs there are, and what can't be derived from a spec.

Package, module and class names and the spec's path are derived from the API's folder, so that no
name is written twice.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import attrs

from portalgen.names import pascal
from portalgen.problems import ApiProblem, BrokenInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.checkout import Checkout

__all__ = ["KEYWORDS", "Alias", "ApiEntry", "Registry", "Token"]

# By which a package index finds every package.
KEYWORDS = ("skifteportal", "domstol", "courts", "denmark")

Token = Literal["direct", "delegated", "either", "open"]
Provenance = Literal["official", "reconstructed"]
_SCHEMA = 1
_API_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VERSION = re.compile(r"\d+(\.\d+)*")


@attrs.frozen(kw_only=True)
class Alias:
    """An old Python name that is kept for a release.

    Attributes:
        old: The old name, of a method or of a class in `models`.
        new: The new name.
        until: The release in which the old one goes; empty until `portalgen release` enters it.
    """

    old: str
    new: str
    until: str = ""


@attrs.frozen(kw_only=True)
class ApiEntry:
    """One API of the registry.

    Attributes:
        api: The name of its folder in `specs/`.
        title: The API's Danish name.
        version: The version of the spec.
        provenance: `official`, or `reconstructed` until the official file arrives.
        sha256: The spec file's SHA-256, in hex.
        package_version: The version of the generated package.
        token: Which kind of token the API takes.
        errors: The files in `specs/errors/` that hold its codes, without `.yaml`.
        read_only: operationIds of POSTs that only read, so that they may be sent again.
        aliases: Old Python names that are kept for a release.
    """

    api: str
    title: str
    version: str
    provenance: Provenance
    sha256: str
    package_version: str
    token: Token
    errors: tuple[str, ...] = ()
    read_only: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()

    @property
    def spec(self) -> str:
        """The spec's path in the checkout, with `/`."""
        suffix = "-reconstructed" if self.provenance == "reconstructed" else ""
        return f"specs/{self.api}/{self.version}{suffix}.yaml"

    @property
    def package(self) -> str:
        """The distribution's name."""
        return f"skifteportal-{self.api}"

    @property
    def keywords(self) -> tuple[str, ...]:
        """What a package index finds the package by: the words of its name among others."""
        return tuple(dict.fromkeys((*KEYWORDS, *self.api.split("-"))))

    @property
    def module(self) -> str:
        """The import path."""
        return f"skifteportal.{self.api.replace('-', '_')}"

    @property
    def client(self) -> str:
        """The name of the client class."""
        return f"{pascal(self.api)}Client"

    def read_spec(self, checkout: Checkout) -> bytes:
        """Read the spec and compare it with the registry's hash.

        Raises:
            ApiProblem: The file is missing, or is not the one that was registered.
        """
        try:
            content = (checkout.root / self.spec).read_bytes()
        except OSError as error:
            raise ApiProblem(
                self.api, [f"{self.spec} can't be read ({error.strerror}); see specs/portal.toml"]
            ) from error
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            raise ApiProblem(
                self.api,
                [
                    (
                        f"{self.spec} is not the file that was registered: its SHA-256 is {found}, "
                        f"specs/portal.toml says {self.sha256}. "
                        "Register the change or restore the file."
                    )
                ],
            )
        return content


@attrs.frozen(kw_only=True)
class Registry:
    """What `specs/portal.toml` says.

    Attributes:
        docs_url: Where the documentation is published; ends with `/`.
        repository: Where the sources are published, without `/` at the end; empty while nowhere.
        first_page: The number of the first page of a paged answer (an assumption).
        specs_package_version: The version of the data package, or the one that it gets at its next release.
        core_requirement: The core that clients need, as a bound: `~=0.1.0`.
        apis: The APIs by name, in the file's order.
        document: The whole file as data.
    """

    docs_url: str
    repository: str
    first_page: int
    specs_package_version: str
    core_requirement: str
    apis: Mapping[str, ApiEntry]
    document: Mapping[str, Any]

    @classmethod
    def load(cls, checkout: Checkout) -> Registry:
        """Read the registry of a checkout.

        Raises:
            BrokenInput: It is no TOML, of another schema, or a table lacks something.
        """
        try:
            document = tomllib.loads(checkout.registry.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BrokenInput(f"specs/portal.toml can't be read: {error}") from error
        if document.get("schema") != _SCHEMA:
            raise BrokenInput(
                f"specs/portal.toml has schema {document.get('schema')!r}; "
                f"this portalgen reads schema {_SCHEMA}"
            )
        top = _Table("the top of the file", document)
        assumptions = _Table("[assumptions]", top.get("assumptions", dict, {}))
        apis = top.get("apis", dict, {})
        return cls(
            docs_url=top.get("docs_url", str).rstrip("/") + "/",
            repository=top.get("repository", str, "").rstrip("/"),
            first_page=assumptions.get("first_page", int, 0),
            specs_package_version=top.get("specs_package_version", str, "0.1.0"),
            core_requirement=top.get("core_requirement", str, "~=0.1.0"),
            apis={name: _entry(name, table) for name, table in apis.items()},
            document=document,
        )

    def select(self, names: tuple[str, ...]) -> tuple[ApiEntry, ...]:
        """Pick APIs by name; all of them if none is named.

        Raises:
            BrokenInput: A name is not in the registry.
        """
        unknown = [name for name in names if name not in self.apis]
        if unknown:
            raise BrokenInput(
                f"no such API: {', '.join(unknown)}; the registry has {', '.join(self.apis)}"
            )
        return tuple(entry for name, entry in self.apis.items() if not names or name in names)

    def project_urls(self, package: str) -> dict[str, str]:
        """Give a package's links for a package index, by their labels there."""
        urls = {
            "Documentation": self.docs_url,
            "Changelog": f"{self.docs_url}changelogs/#{package}",
        }
        if self.repository:
            urls["Source"] = f"{self.repository}/tree/main/packages/{package}"
            urls["Issues"] = f"{self.repository}/issues"
        return urls

    def error_url(self, code: str) -> str:
        """Say where a business error code is documented."""
        return f"{self.docs_url}errors/{code}/"


@attrs.frozen
class _Table:
    """A TOML table that says where it stands when something in it is wrong."""

    place: str
    values: Mapping[str, Any]

    def get(self, key: str, kind: type[Any], default: Any = None) -> Any:
        found = self.values.get(key, default)
        # A TOML boolean is a Python int, and no key of ours is a boolean.
        if not isinstance(found, kind) or isinstance(found, bool):
            problem = "is missing" if found is None else f"must be {_KINDS[kind]}, not {found!r}"
            raise BrokenInput(f"specs/portal.toml, {self.place}: {key} {problem}")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.get(key, list, [])
        if not all(isinstance(text, str) for text in found):
            raise BrokenInput(f"specs/portal.toml, {self.place}: {key} must hold strings only")
        return tuple(found)

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        found: str = self.get(key, str)
        if found not in choices:
            raise BrokenInput(
                f"specs/portal.toml, {self.place}: {key} is {found!r}; "
                f"it must be one of {', '.join(choices)}"
            )
        return found

    def matching(self, key: str, pattern: re.Pattern[str], meaning: str) -> str:
        found: str = self.get(key, str)
        if not pattern.fullmatch(found):
            raise BrokenInput(
                f"specs/portal.toml, {self.place}: {key} is {found!r}, which is no {meaning}"
            )
        return found


_KINDS: Mapping[type[Any], str] = {
    str: "a string",
    int: "a number",
    list: "a list",
    dict: "a table",
}


def _entry(name: str, table: Any) -> ApiEntry:
    if not _API_NAME.fullmatch(name):
        raise BrokenInput(
            f"specs/portal.toml: {name!r} can't be an API's folder: lower-case words with hyphens"
        )
    at = _Table(f"[apis.{name}]", _Table("[apis]", {name: table}).get(name, dict))
    return ApiEntry(
        api=name,
        title=at.get("title", str),
        version=at.matching("version", _VERSION, "version (1.3.0)"),
        provenance=cast("Provenance", at.choice("provenance", get_args(Provenance))),
        sha256=at.matching("sha256", re.compile("[0-9a-f]{64}"), "SHA-256 in lower-case hex"),
        package_version=at.matching("package_version", _VERSION, "version (0.1.0)"),
        token=cast("Token", at.choice("token", get_args(Token))),
        errors=at.texts("errors"),
        read_only=at.texts("read_only"),
        aliases=tuple(
            _alias(name, old, value) for old, value in at.get("aliases", dict, {}).items()
        ),
    )


def _alias(api: str, old: str, value: Any) -> Alias:
    """Read `old = "new"`, or `old = { to = "new", until = "0.3.0" }` once a release has entered when it goes."""
    table = {"to": value} if isinstance(value, str) else value
    at = _Table(f"[apis.{api}.aliases]", _Table("aliases", {old: table}).get(old, dict))
    until: str = at.get("until", str, "")
    if until and not _VERSION.fullmatch(until):
        raise BrokenInput(
            f"specs/portal.toml, {at.place}: {old}: until is {until!r}, which is no version (0.3.0)"
        )
    return Alias(old=old, new=at.get("to", str), until=until)
