"""What compiling a reader and a writer have in common: the source under way, and its one ``exec``.

Source text is made of our own words, of attribute names that :class:`skifteportal.core.model.Field`
has found to be plain identifiers, and of ``repr()`` of JSON names. Classes, constants and helpers
are reached by names that are given out here. So no text of a spec can become code.
"""

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from skifteportal.core.model import Field, Model
from skifteportal.core.shapes import resolve

__all__ = ["Source", "fields_of", "model_class"]


class Source:
    """Source text of one function, and the names it uses.

    Args:
        names: The constants and helpers that the text may use.
    """

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = dict(names)
        self._lines: list[str] = []
        self._depth = 0
        self._fresh = 0

    def add(self, text: str) -> None:
        """Add lines at the present depth."""
        self._lines.extend("    " * self._depth + line for line in text.split("\n"))

    def indent(self, blocks: int = 1) -> None:
        """Go into a block."""
        self._depth += blocks

    def dedent(self, blocks: int = 1) -> None:
        """Go out of a block."""
        self._depth -= blocks

    def fresh(self, stem: str) -> str:
        """Give out a local name that nothing else has."""
        self._fresh += 1
        return f"{stem}{self._fresh}"

    def bind(self, stem: str, value: object) -> str:
        """Give out a name for an object."""
        name = self.fresh(stem)
        self._names[name] = value
        return name

    def bind_later(self, stem: str, find: Callable[[], Callable[[Any], Any]]) -> str:
        """Give out a name for a function that is found at its first call.

        That is how models refer to each other in circles and none is imported before its time.
        """
        name = self.fresh(stem)
        _find_later(self._names, name, find)
        return name

    def bind_table(
        self, stem: str, finders: Mapping[str, Callable[[], Callable[[Any], Any]]]
    ) -> str:
        """Give out a name for a dict of functions, each found at its first call."""
        table: dict[str, Any] = {}
        for key, find in finders.items():
            _find_later(table, key, find)
        return self.bind(stem, table)

    def build(self, name: str, title: str) -> Callable[[Any], Any]:
        """Compile the text and return the function called ``name`` in it.

        Args:
            name: The function's name in the text.
            title: What stands for a file name in tracebacks.
        """
        code = compile("\n".join(self._lines), f"<{title}>", "exec")
        exec(code, self._names)  # noqa: S102 - see the module's docstring for what can get in here
        built: Callable[[Any], Any] = self._names[name]
        return built


def _find_later(table: dict[str, Any], key: str, find: Callable[[], Callable[[Any], Any]]) -> None:
    # Two threads that come at once find the same function twice, which does no harm.
    def first(value: Any) -> Any:
        found = table[key] = find()
        return found(value)

    table[key] = first


def fields_of(cls: type[Model]) -> tuple[Field, ...]:
    """Return a model's table of fields after comparing it with the class.

    Raises:
        TypeError: The table and the attributes differ, or two fields share a JSON name.
    """
    fields = cls.__fields__
    names = sorted(field.name for field in fields)
    attributes = sorted(a.name for a in attrs.fields(cls) if a.name != "additional_properties")
    if names != attributes:
        raise TypeError(f"{cls.__name__}.__fields__ has {names}, the class has {attributes}")
    if len({field.json_name for field in fields}) != len(fields):
        raise TypeError(f"{cls.__name__}.__fields__ has a JSON name twice")
    return fields


def model_class(reference: str) -> type[Model]:
    """Import a model by its ``"package.module:Class"``.

    Raises:
        TypeError: It is not a model.
    """
    cls = resolve(reference)
    if not issubclass(cls, Model):
        raise TypeError(f"{reference} is not a model")
    return cls
