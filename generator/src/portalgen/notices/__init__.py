"""The portal's notices of new versions, and its policy for them (guide section 5)."""

from portalgen.notices.notices_file import Claim, Notice, Notices, notices_path, parse_notices

__all__ = ["Claim", "Notice", "Notices", "notices_path", "parse_notices"]
