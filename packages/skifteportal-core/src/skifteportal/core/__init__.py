"""What every generated Skifteportal client runs on.

Users take from here what a call needs besides the client: the environments, the options, files and the errors.
"""

from skifteportal.core.answers import Answer
from skifteportal.core.async_client import AsyncClient, AsyncOpenClient
from skifteportal.core.catalogue import CodeInfo
from skifteportal.core.client import Client, OpenClient
from skifteportal.core.credentials import DelegatedAuth, DirectAuth, PortalAuth
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
    PortalError,
    ServerError,
    TooManyRequests,
    TransportError,
    Unauthorized,
    UnexpectedStatus,
    Unprocessable,
)
from skifteportal.core.limits import RateLimiter
from skifteportal.core.model import Model
from skifteportal.core.options import CallOptions, Timeouts

__all__ = [
    "PRODUCTION",
    "TEST",
    "Answer",
    "ApiError",
    "AsyncClient",
    "AsyncOpenClient",
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
    "Environment",
    "Forbidden",
    "InvalidArgument",
    "Model",
    "NotFound",
    "OpenClient",
    "OutcomeUnknown",
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
]
