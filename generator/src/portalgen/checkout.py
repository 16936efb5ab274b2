"""Finds the checkout that the command stands in, and knows where things are in it."""

from __future__ import annotations

from pathlib import Path

import attrs

from portalgen.problems import BrokenInput

__all__ = ["Checkout"]


@attrs.frozen
class Checkout:
    """A checkout of this repository.

    Attributes:
        root: Its top folder, the one that holds `specs/portal.toml`.
    """

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Checkout:
        """Find the checkout that a folder stands in.

        Args:
            start: Where to begin; the current folder if left out.

        Raises:
            BrokenInput: No folder from `start` upwards holds `specs/portal.toml`.
        """
        start = (start or Path.cwd()).resolve()
        for folder in (start, *start.parents):
            if (folder / "specs" / "portal.toml").is_file():
                return cls(folder)
        raise BrokenInput(
            f"{start} is in no checkout: neither it nor a folder above it has specs/portal.toml. "
            "Run portalgen inside the repository, or name it with --root."
        )

    @property
    def registry(self) -> Path:
        """The registry, `specs/portal.toml`."""
        return self.root / "specs" / "portal.toml"

    def overlay(self, api: str) -> Path:
        """The corrections to an API's file; there need not be any."""
        return self.root / "specs" / api / "overlay.yaml"

    def read_overlay(self, api: str) -> bytes | None:
        """Read the corrections to an API's file; None if there are none.

        Raises:
            BrokenInput: They can't be read.
        """
        try:
            return self.overlay(api).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BrokenInput(
                f"specs/{api}/overlay.yaml can't be read: {error.strerror}"
            ) from error

    @property
    def error_files(self) -> Path:
        """The folder of the portal's error codes."""
        return self.root / "specs" / "errors"

    @property
    def packages(self) -> Path:
        """The folder that packages are generated into."""
        return self.root / "packages"

    @property
    def licence(self) -> Path:
        """The licence, copied into every package."""
        return self.root / "LICENSE"
