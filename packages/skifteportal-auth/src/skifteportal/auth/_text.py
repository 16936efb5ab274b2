"""Checking the texts that a user gives: a secret pasted with its line break fails here, not there."""

from skifteportal.core.errors import ConfigurationError

__all__ = ["bare_text"]


def bare_text(name: str, value: object) -> str:
    """Return a text that isn't empty and has no space around it.

    Args:
        name: What to call it in the error, which never shows the value.
        value: The value.

    Raises:
        ConfigurationError: It is something else.
    """
    if not isinstance(value, str):
        raise ConfigurationError(f"{name} must be str, not {type(value).__name__}.")
    if not value or value != value.strip():
        raise ConfigurationError(
            f"{name} is empty, or has spaces or a line break around it: give the bare text."
        )
    return value
