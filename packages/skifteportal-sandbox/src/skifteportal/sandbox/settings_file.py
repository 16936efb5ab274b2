"""Settings from a TOML file: read whole, or refused with what is wrong in it."""

import inspect
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs
import msgspec

from skifteportal.sandbox.errors import SettingsError
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.wanted import perhaps

__all__ = ["described", "read_settings"]

_NAME: Final = 4  # spaces before a setting's name in the docstring


def read_settings(path: Path) -> Settings:
    """Read settings from a TOML file: one ``name = value`` for each that differs from its default.

    Args:
        path: The file.

    Raises:
        SettingsError: It can't be read, names a setting that isn't there, or gives one a value of the wrong type, or one that
            makes no sense.
    """
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"it can't be read ({error.strerror})", path=path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"it is no TOML: {error}", path=path) from None
    fields = attrs.fields_dict(Settings)
    for name in given:
        if name not in fields:
            meant = perhaps(name, fields) or "; skifteportal-sandbox settings lists all"
            raise SettingsError(f"there is no setting {name!r}{meant}", path=path)
    values = {name: _value(path, name, value) for name, value in given.items()}
    try:
        return Settings(**values)
    except SettingsError as error:
        raise SettingsError(error.problem, path=path) from None


def _value(path: Path, name: str, value: Any) -> Any:
    try:
        return msgspec.convert(value, attrs.fields_dict(Settings)[name].type)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{name}: {error}", path=path) from None


def described(settings: Settings) -> list[dict[str, Any]]:
    """Return every setting with its value, its default and what it means.

    Args:
        settings: The values.
    """
    meanings = _meanings()
    return [
        {
            "name": field.name,
            "value": getattr(settings, field.name),
            "default": field.default,
            "meaning": meanings[field.name],
        }
        for field in attrs.fields(Settings)
    ]


def _meanings() -> Mapping[str, str]:
    """Read what each setting means from the docstring, where it is written once."""
    lines = inspect.cleandoc(Settings.__doc__ or "").partition("Attributes:")[2].splitlines()
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        indent, text = len(line) - len(line.lstrip()), line.strip()
        if text and indent == _NAME:
            name, _, text = text.partition(": ")
            found[name] = text
        elif text:
            found[name] += f" {text}"
    return found
