"""Reading a ``.env`` file: the settings the sandbox writes and a user may write by hand."""

from __future__ import annotations

from pathlib import Path

from skifteportal.core.errors import ConfigurationError

__all__ = ["read_env_file"]

_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "$": "$"}


def read_env_file(path: str | Path) -> dict[str, str]:
    r"""Read the settings of an env file.

    One ``KEY=value`` a line; ``export `` before the key, blank lines and ``#`` comments are allowed. A value may
    stand in single quotes (taken as it is) or double quotes (``\n``, ``\t``, ``\"``, ``\\`` and ``\$`` are
    read). Nothing is expanded and the process's own environment is neither read nor changed.

    Args:
        path: The file.

    Returns:
        The settings, in the file's order. A relative path in a value is not resolved: that is for the reader of
        that key to do, against the file's folder.

    Raises:
        ConfigurationError: The file cannot be read, or a line is not a setting. The text names the line's number
            and never its content, which may be a secret.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigurationError(
            f"The env file {file} can't be read: {error.strerror}. Give the path of the file, for example the "
            "sandbox's .skifteportal-sandbox/.env."
        ) from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"The env file {file} isn't UTF-8 text.") from None
    settings: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        content = line.strip()
        if not content or content.startswith("#"):
            continue
        key, equals, value = content.removeprefix("export ").partition("=")
        key = key.strip()
        read = _value(value.strip())
        if not equals or not key.isidentifier() or read is None:
            raise ConfigurationError(
                f"Line {number} of the env file {file} isn't a setting. Write KEY=value, with quotes closed."
            )
        settings[key] = read
    return settings


def _value(text: str) -> str | None:
    """A value as meant, None if its quotes are not closed."""
    quote = text[:1]
    if quote not in {"'", '"'} or not quote:
        return text.split(" #", 1)[0].rstrip()
    characters: list[str] = []
    rest = iter(text[1:])
    for character in rest:
        if character == quote:
            after = "".join(rest).strip()
            return "".join(characters) if not after or after.startswith("#") else None
        if character == "\\" and quote == '"':
            following = next(rest, "")
            characters.append(_ESCAPES.get(following, "\\" + following))
        else:
            characters.append(character)
    return None
