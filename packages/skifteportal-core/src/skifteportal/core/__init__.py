"""What every generated Skifteportal client runs on.

Users take from here what a call needs besides the client: the environments, the options, files and the errors.
"""

from skifteportal.core.answers import Answer
from skifteportal.core.async_client import AsyncClient, AsyncOpenClient
from skifteportal.core.catalogue import CodeInfo
from skifteportal.core.client import Client, OpenClient
from skifteportal.core.credentials import DelegatedAuth, DirectAuth, PortalAuth
from skifteportal.core.downloads import (
    AsyncDownload,
    AsyncOpenDownload,
    Download,
    OpenDownload,
)
from skifteportal.core.env_file import read_env_file
from skifteportal.core.environments import PRODUCTION, TEST, Environment
from skifteportal.core.errors import (
    ApiError,
    BadRequest,
    CallTimeout,
    ClientError,
    ConfigurationError,
    Conflict,
    ConnectionFailed,
    CredentialError,
    DeadlineExceeded,
    DecodeError,
    Forbidden,
    InvalidArgument,
    NotFound,
    OutcomeUnknown,
    PagesIncomplete,
    PortalError,
    ServerError,
    TooManyRequests,
    TransportError,
    Unauthorized,
    UnexpectedStatus,
    Unprocessable,
)
from skifteportal.core.files import File, FileInput
from skifteportal.core.limits import RateLimiter
from skifteportal.core.model import Model
from skifteportal.core.options import CallOptions, Timeouts
from skifteportal.core.pages import AsyncPages, Page, Pages

__all__ = [
    "PRODUCTION",
    "TEST",
    "Answer",
    "ApiError",
    "AsyncClient",
    "AsyncDownload",
    "AsyncOpenClient",
    "AsyncOpenDownload",
    "AsyncPages",
    "BadRequest",
    "CallOptions",
    "CallTimeout",
    "Client",
    "ClientError",
    "CodeInfo",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "CredentialError",
    "DeadlineExceeded",
    "DecodeError",
    "DelegatedAuth",
    "DirectAuth",
    "Download",
    "Environment",
    "File",
    "FileInput",
    "Forbidden",
    "InvalidArgument",
    "Model",
    "NotFound",
    "OpenClient",
    "OpenDownload",
    "OutcomeUnknown",
    "Page",
    "Pages",
    "PagesIncomplete",
    "PortalAuth",
    "PortalError",
    "RateLimiter",
    "ServerError",
    "Timeouts",
    "TooManyRequests",
    "TransportError",
    "Unauthorized",
    "UnexpectedStatus",
    "Unprocessable",
    "read_env_file",
]
