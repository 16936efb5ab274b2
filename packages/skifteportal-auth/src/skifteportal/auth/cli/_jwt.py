"""Looking into a JWT (RFC 7519) without checking it: that is the portal's part."""

import base64
import json
from collections.abc import Mapping

__all__ = ["read_parts"]


def read_parts(text: str) -> tuple[Mapping[str, object], Mapping[str, object]] | None:
    """Header and claims; None if the text is no JWT.

    Args:
        text: Three parts of base64url with dots between.
    """
    parts = [_members(part) for part in text.split(".")[:2]]
    match parts:
        case [dict() as header, dict() as claims]:
            return header, claims
        case _:
            return None


def _members(part: str) -> dict[str, object] | None:
    try:
        data = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
        members = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return members if isinstance(members, dict) else None  # pyright: ignore[reportUnknownVariableType]
