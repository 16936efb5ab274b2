"""The portal's notices of new versions, and its policy for them (guide section 5)."""

from portalgen.notices.notices_file import Claim, Notice, Notices, notices_path, parse_notices
from portalgen.notices.policy import Finding, Judgement, judge

__all__ = [
    "Claim",
    "Finding",
    "Judgement",
    "Notice",
    "Notices",
    "judge",
    "notices_path",
    "parse_notices",
]
