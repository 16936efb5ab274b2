"""Old names that a package keeps for a release: methods that call the new ones, classes that are the new ones."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import attrs

from portalgen.docstrings import docstring
from portalgen.escape import Code, SpecText, literal
from portalgen.names import RESERVED_CLASSES, is_class_name, method_name
from portalgen.problems import ApiProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portalgen.extras import Extra
    from portalgen.methods import Method
    from portalgen.registry import Alias, ApiEntry

__all__ = ["OldClass", "OldMethod", "check_aliases", "old_classes", "old_methods"]


@attrs.frozen(kw_only=True)
class OldMethod:
    """A method under its old name, as templates see it.

    Attributes:
        decorator: What warns of it, a type checker's user too.
        name: The old name.
        prefix: `def` or `async def`.
        parameters: What stands in its parentheses.
        returns: Its annotation.
        docstring: Its docstring.
        call: The call of the method under its new name.
    """

    decorator: Code
    name: str
    prefix: str
    parameters: Code
    returns: Code
    docstring: Code
    call: Code


@attrs.frozen(kw_only=True)
class OldClass:
    """A class of `models` under its old name.

    Attributes:
        old: The old name.
        new: The new name.
        message: What the warning says.
    """

    old: str
    new: str
    message: str


def check_aliases(entry: ApiEntry, *, methods: Iterable[str], classes: Iterable[str]) -> None:
    """See that each old name is free, and each new one there.

    Args:
        entry: The API's entry in the registry.
        methods: The names of the client's methods.
        classes: The names of the models and enums.

    Raises:
        ApiProblem: One is not.
    """
    names = {*methods, *classes}
    place = f"specs/portal.toml, [apis.{entry.api}.aliases]"
    problems: list[str] = []
    for one in entry.aliases:
        if one.new not in names:
            problems.append(
                f"{place}: there is no method or class {one.new} that {one.old} could mean"
            )
        elif one.old in names:
            problems.append(f"{place}: {one.old} is no old name: the package has it")
        elif not _can_be(one.old, one.new):
            kind = "class" if one.new[0].isupper() else "method"
            problems.append(f"{place}: {one.old} can't be the name of a {kind}, as {one.new} is")
    if problems:
        raise ApiProblem(entry.api, problems)


def _can_be(old: str, new: str) -> bool:
    if new[0].isupper():
        return is_class_name(old) and old[0].isupper() and old not in RESERVED_CLASSES
    return old == method_name(old)


def old_methods(entry: ApiEntry, methods: Sequence[Method | Extra]) -> tuple[OldMethod, ...]:
    """Give a client's methods under their old names."""
    by_name = {one.name: one for one in methods}
    return tuple(_old_method(one, by_name[one.new]) for one in entry.aliases if one.new in by_name)


def old_classes(entry: ApiEntry, classes: Iterable[str]) -> tuple[OldClass, ...]:
    """Give the classes of `models` under their old names."""
    known = set(classes)
    return tuple(
        OldClass(old=one.old, new=one.new, message=_message(one))
        for one in entry.aliases
        if one.new in known
    )


def _message(alias: Alias) -> str:
    gone = f"in {alias.until}" if alias.until else "in a later release"
    return f"{alias.old} is called {alias.new} now; the old name goes {gone}."


def _old_method(alias: Alias, method: Method | Extra) -> OldMethod:
    message = _message(alias)
    returned = "" if method.returns == "None" else "return "
    awaited = "await " if method.prefix == "async def" else ""
    return OldMethod(
        decorator=Code(f"@typing_extensions.deprecated({literal(SpecText(message))})"),
        name=alias.old,
        prefix=method.prefix,
        parameters=method.parameters,
        returns=method.returns,
        docstring=docstring(f"Call `{alias.new}`, as it is called now.", message, level=2),
        call=Code(f"{returned}{awaited}self.{alias.new}({_arguments(method.parameters)})"),
    )


def _arguments(parameters: str) -> str:
    """Give what is handed on of a method's parameters."""
    tree = ast.parse(f"def method({parameters}): ...").body[0]
    assert isinstance(tree, ast.FunctionDef)  # noqa: S101 - it is written so
    positional = [one.arg for one in tree.args.args[1:]]
    return ", ".join([*positional, *(f"{one.arg}={one.arg}" for one in tree.args.kwonlyargs)])
