"""The settings of a credential, read from a ``.env`` file such as the sandbox writes."""

import os
from collections.abc import Sequence
from pathlib import Path

import attrs

from skifteportal.auth.certificate import Certificate
from skifteportal.core.env_file import read_env_file
from skifteportal.core.environments import Environment
from skifteportal.core.errors import ConfigurationError

__all__ = ["EnvFile"]


@attrs.frozen(repr=False)
class EnvFile:
    """An env file that has what is needed.

    Attributes:
        path: The file.
        settings: What it says.
        environment: The environment that it describes.
    """

    path: Path
    settings: dict[str, str]
    environment: Environment

    @classmethod
    def read(
        cls, path: str | os.PathLike[str], *, name: str | None, keys: Sequence[str]
    ) -> "EnvFile":
        """Read a file.

        Args:
            path: The file.
            name: The environment's name.
            keys: What it must have. A password may be empty, nothing else.

        Raises:
            ConfigurationError: The file or a key is missing.
        """
        file = Path(path)
        settings = read_env_file(file)
        lacking = [
            key
            for key in keys
            if key not in settings or not (settings[key] or key.endswith("_PASSWORD"))
        ]
        if lacking:
            raise ConfigurationError(f"The env file {file} lacks {', '.join(lacking)}.")
        return cls(file, settings, Environment.from_env_file(file, name=name))

    def certificate(self, key: str, password_key: str) -> Certificate:
        """Open the .p12 file that a key names, relative to the env file's folder.

        Raises:
            CertificateError: It can't be used.
        """
        return Certificate.from_p12(
            self.path.parent / self.settings[key], password=self.settings[password_key]
        )
