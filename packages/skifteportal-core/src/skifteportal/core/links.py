"""Addresses that the portal gives in its answers: followed within the portal only, for they are sent a token."""

from __future__ import annotations

import re
from urllib.parse import unquote

from skifteportal.core.errors import InvalidArgument
from skifteportal.core.model import Model
from skifteportal.core.operation import Operation

__all__ = ["BY_URL", "follow"]

BY_URL: Operation[bytes] = Operation(id="download", method="GET", path="/{url}", repeatable=True)
"""The fetching of a file by its address. The template stands for it in errors and logs: it is full of ids."""

# RFC 3986 without fragments; what some take for a slash or leave out is no part of it.
_RELATIVE = re.compile(r"(?!//)(?![A-Za-z][A-Za-z0-9+.-]*:)[A-Za-z0-9._~!$&'()*+,;=:@%/?-]+")


def follow(url: object, api_url: str) -> str:
    """The whole address that a relative one stands for, counted from the server's root (guide 4.3.4).

    Args:
        url: As the portal gave it, or a model that has it as ``url``. Within the portal it may be absolute, too.
        api_url: The environment's base address.

    Raises:
        InvalidArgument: There is none, or it leads elsewhere. Nothing was sent.
    """
    if isinstance(url, Model):
        url = getattr(url, "url", None)
    elif not isinstance(url, str):
        raise InvalidArgument(
            "A file is fetched by its metadata: a model that has its url, as the portal gave it.",
            argument="url",
        )
    if not isinstance(url, str) or not url:
        raise InvalidArgument(
            "The portal gave no url for this file. Fetch it by its id.", argument="url"
        )
    inside = url.lower().startswith(f"{api_url.lower()}/")
    relative = url[len(api_url) :] if inside else url
    segments = unquote(relative.partition("?")[0]).split("/")
    if not _RELATIVE.fullmatch(relative) or not {".", ".."}.isdisjoint(segments):
        raise InvalidArgument(
            "The url of the file is no plain relative address within the portal: it is not followed, since the token "
            "would go along.",
            argument="url",
        )
    return f"{api_url}/{relative.removeprefix('/')}"
