"""One page with every exception and warning of ours that a user can meet: the page that their ``doc_url`` leads to."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

import attrs
from griffe import Docstring, DocstringSectionAttributes, DocstringSectionText

from sitepages.house import House, table
from skifteportal.core.documented import Documented

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from griffe import DocstringSection

__all__ = ["Listed", "exceptions", "pages"]

_PACKAGES = ("core", "auth", "sandbox")


@attrs.frozen(kw_only=True)
class Listed:
    """An exception or a warning.

    Attributes:
        cls: The class.
        home: The module that users import it from.
    """

    cls: type[BaseException]
    home: str

    @property
    def anchor(self) -> str:
        """Where on the page it stands."""
        return f"{self.home.split('.')[1]}.{self.cls.__name__}"


def pages(_house: House) -> Iterator[tuple[str, str]]:
    """Write the page.

    Args:
        _house: The data; the classes tell of themselves.
    """
    parts = [_FOREWORD]
    known = {listed.cls: listed for package in _PACKAGES for listed in exceptions(package)}
    for package in _PACKAGES:
        parts.append(f"## skifteportal.{package}")
        parts += [_section(listed, known) for listed in exceptions(package)]
    yield "en/errors/exceptions.md", "\n\n".join(parts) + "\n"


_FOREWORD = """# Exceptions

All that the packages raise or warn with, each with its attributes. Each carries this page's address, down to its own section,
in `doc_url`; an `ApiError` with a [business error code](codes.md) carries that of the code's page. [Errors](index.md) says what to do."""


def exceptions(package: str) -> Sequence[Listed]:
    """List the exceptions and warnings that a package exports, each base before those that derive from it.

    Args:
        package: ``core``, ``auth`` or ``sandbox``.
    """
    face = import_module(f"skifteportal.{package}")
    found: dict[type[BaseException], str] = {}
    for name in (face.__name__, *_public_modules(face.__path__, face.__name__)):
        module = import_module(name)
        for exported in getattr(module, "__all__", ()):
            cls = getattr(module, exported)
            if _is_listed(cls, package):
                found.setdefault(cls, name)
    return [Listed(cls=cls, home=found[cls]) for cls in sorted(found, key=_lineage)]


def _public_modules(paths: Sequence[str], name: str) -> Iterator[str]:
    names = [module.name for module in pkgutil.walk_packages(paths, f"{name}.")]
    public = [one for one in names if "._" not in one]
    yield from sorted(public, key=lambda one: (one.count("."), one))  # what is nearest to the face


def _is_listed(cls: object, package: str) -> bool:
    return (
        isinstance(cls, type)
        and issubclass(cls, BaseException)
        and cls.__module__.startswith(f"skifteportal.{package}.")
        # What is neither of these is a signal inside, which no user sees.
        and issubclass(cls, (Documented, Warning))
    )


def _lineage(cls: type[BaseException]) -> tuple[bool, Sequence[str]]:
    """Sort by the chain of bases, warnings last."""
    return issubclass(cls, Warning), [base.__qualname__ for base in reversed(cls.__mro__)]


def _section(listed: Listed, known: dict[type[BaseException], Listed]) -> str:
    cls = listed.cls
    bases = [known[base] for base in cls.__mro__[1:] if base in known]
    chain = ", ".join(f"[`{base.cls.__name__}`](#{base.anchor})" for base in bases)
    plain = "`UserWarning`" if issubclass(cls, Warning) else "`Exception`"
    parts = [
        f"### {cls.__name__} {{#{listed.anchor}}}",
        f"`from {listed.home} import {cls.__name__}`, derived from {chain or plain}.",
        *_words(cls),
    ]
    # Private bases have no section of their own: what they document stands with whoever derives from them.
    inherited = set(bases[0].cls.__mro__ if bases else ())
    own = [one for one in reversed(cls.__mro__) if one not in inherited]
    texts = {name: text for one in own for name, text in _attributes(one)}  # the last says most
    if texts:
        head = ("attribute", "beside those of its bases" if bases else "")
        parts.append(table(head, [(f"`{name}`", text) for name, text in texts.items()]))
    return "\n\n".join(parts)


def _words(cls: type) -> Iterator[str]:
    for section in _docstring(cls):
        if isinstance(section, DocstringSectionText):
            yield section.value


def _attributes(cls: type) -> Iterator[tuple[str, str]]:
    for section in _docstring(cls):
        if isinstance(section, DocstringSectionAttributes):
            for attribute in section.value:
                yield attribute.name, " ".join(attribute.description.split())


def _docstring(cls: type) -> Sequence[DocstringSection]:
    """Read a class's own docstring; Python's are written in another style."""
    ours = cls.__module__.startswith("skifteportal.")
    return Docstring((ours and cls.__doc__) or "").parse("google", warnings=False)
