"""What every generated Skifteportal client runs on.

Users take from here what a call needs besides the client: the environments, the options, files and the errors.

A name is imported when it is first used: importing one client costs what that client needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skifteportal.core.ahead import Ahead
    from skifteportal.core.answers import Answer
    from skifteportal.core.async_client import AsyncClient, AsyncOpenClient
    from skifteportal.core.catalogue import CodeInfo
    from skifteportal.core.changes import AsyncChanges, Changes
    from skifteportal.core.client import Client, OpenClient
    from skifteportal.core.credentials import DelegatedAuth, DirectAuth, PortalAuth
    from skifteportal.core.documents import (
        AsyncDocumentStore,
        DocumentInput,
        DocumentStore,
    )
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
        ReceiptNotKept,
        ServerError,
        TooManyRequests,
        TransportError,
        Unauthorized,
        UnexpectedStatus,
        Unprocessable,
    )
    from skifteportal.core.files import File, FileInput
    from skifteportal.core.limits import RateLimiter
    from skifteportal.core.lookout import NotInProductionYet
    from skifteportal.core.model import Model
    from skifteportal.core.options import CallOptions, Timeouts
    from skifteportal.core.pages import AsyncPages, Page, Pages
    from skifteportal.core.receipts import Receipt
    from skifteportal.core.stored_document import StoredDocument
    from skifteportal.core.tracing import CallSpan, Tracing

__all__ = [
    "PRODUCTION",
    "TEST",
    "Ahead",
    "Answer",
    "ApiError",
    "AsyncChanges",
    "AsyncClient",
    "AsyncDocumentStore",
    "AsyncDownload",
    "AsyncOpenClient",
    "AsyncOpenDownload",
    "AsyncPages",
    "BadRequest",
    "CallOptions",
    "CallSpan",
    "CallTimeout",
    "Changes",
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
    "DocumentInput",
    "DocumentStore",
    "Download",
    "Environment",
    "File",
    "FileInput",
    "Forbidden",
    "InvalidArgument",
    "Model",
    "NotFound",
    "NotInProductionYet",
    "OpenClient",
    "OpenDownload",
    "OutcomeUnknown",
    "Page",
    "Pages",
    "PagesIncomplete",
    "PortalAuth",
    "PortalError",
    "RateLimiter",
    "Receipt",
    "ReceiptNotKept",
    "ServerError",
    "StoredDocument",
    "Timeouts",
    "TooManyRequests",
    "Tracing",
    "TransportError",
    "Unauthorized",
    "UnexpectedStatus",
    "Unprocessable",
    "read_env_file",
]

_LAZY = {
    "PRODUCTION": "environments",
    "TEST": "environments",
    "Ahead": "ahead",
    "Answer": "answers",
    "ApiError": "errors",
    "AsyncChanges": "changes",
    "AsyncClient": "async_client",
    "AsyncDocumentStore": "documents",
    "AsyncDownload": "downloads",
    "AsyncOpenClient": "async_client",
    "AsyncOpenDownload": "downloads",
    "AsyncPages": "pages",
    "BadRequest": "errors",
    "CallOptions": "options",
    "CallSpan": "tracing",
    "CallTimeout": "errors",
    "Changes": "changes",
    "Client": "client",
    "ClientError": "errors",
    "CodeInfo": "catalogue",
    "ConfigurationError": "errors",
    "Conflict": "errors",
    "ConnectionFailed": "errors",
    "CredentialError": "errors",
    "DeadlineExceeded": "errors",
    "DecodeError": "errors",
    "DelegatedAuth": "credentials",
    "DirectAuth": "credentials",
    "DocumentInput": "documents",
    "DocumentStore": "documents",
    "Download": "downloads",
    "Environment": "environments",
    "File": "files",
    "FileInput": "files",
    "Forbidden": "errors",
    "InvalidArgument": "errors",
    "Model": "model",
    "NotFound": "errors",
    "NotInProductionYet": "lookout",
    "OpenClient": "client",
    "OpenDownload": "downloads",
    "OutcomeUnknown": "errors",
    "Page": "pages",
    "Pages": "pages",
    "PagesIncomplete": "errors",
    "PortalAuth": "credentials",
    "PortalError": "errors",
    "RateLimiter": "limits",
    "Receipt": "receipts",
    "ReceiptNotKept": "errors",
    "ServerError": "errors",
    "StoredDocument": "stored_document",
    "Timeouts": "options",
    "TooManyRequests": "errors",
    "Tracing": "tracing",
    "TransportError": "errors",
    "Unauthorized": "errors",
    "UnexpectedStatus": "errors",
    "Unprocessable": "errors",
    "read_env_file": "env_file",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import a name when it is first used (PEP 562)."""
        if name not in _LAZY:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
