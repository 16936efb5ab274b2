"""The kinds of edits of operations, what they take and answer, security and servers."""

from __future__ import annotations

from portalgen.diff.kind import Kind, Surface, alone, pair

__all__ = ["MESSAGE_KINDS"]

_S = Surface
_OPERATION = "operation"
_PARAMETER = "parameter"
_BODY = "request body"
_ANSWER = "answer"
_SECURITY = "security"
_DOCUMENT = "document"

MESSAGE_KINDS: tuple[Kind, ...] = (
    # Operations.
    *pair(
        "operation-removed",
        "operation-added",
        ("The operation {base} is gone", "The operation {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _OPERATION,
    ),
    alone(
        "operation-moved",
        "{base} is {revision} now",
        _S.BEHAVES,
        _S.BEHAVES,
        _OPERATION,
    ),
    alone(
        "operation-renamed",
        "The operationId {base} is {revision} now",
        _S.RENAMES,
        _S.RENAMES,
        _OPERATION,
    ),
    *pair(
        "operation-id-removed",
        "operation-id-added",
        ("The operationId {base} is gone", "The operation is called {revision} now"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _OPERATION,
    ),
    alone("tags-changed", "The tags are others", _S.NOTHING, _S.NOTHING, _OPERATION),
    alone(
        "stability-changed", "The stability {base} is {revision} now", _S.TEXT, _S.TEXT, _OPERATION
    ),
    # Parameters.
    *pair(
        "parameter-removed",
        "parameter-added",
        ("The {base} is gone", "The {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _PARAMETER,
    ),
    *pair(
        "required-parameter-removed",
        "required-parameter-added",
        ("The required {base} is gone", "The {revision} is new and required"),
        (_S.REMOVES, _S.REMOVES, _S.REQUIRES, _S.REQUIRES),
        _PARAMETER,
    ),
    *pair(
        "parameter-required",
        "parameter-optional",
        ("The {base} is required now", "The {base} may be left out now"),
        (_S.REQUIRES, _S.REQUIRES, _S.ADDS, _S.ADDS),
        _PARAMETER,
    ),
    alone(
        "path-parameter-renamed",
        "The path parameter {base} is {revision} now",
        _S.RENAMES,
        _S.RENAMES,
        _PARAMETER,
    ),
    alone("parameter-moved", "The {base} is a {revision} now", _S.BEHAVES, _S.BEHAVES, _PARAMETER),
    alone(
        "parameter-written-otherwise",
        "The parameter is written as {revision}, not as {base}",
        _S.BEHAVES,
        _S.BEHAVES,
        _PARAMETER,
    ),
    # Request bodies and what is negotiated.
    *pair(
        "body-removed",
        "body-added",
        ("The request body is gone", "A request body may be sent now"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _BODY,
    ),
    *pair(
        "required-body-removed",
        "required-body-added",
        ("The required request body is gone", "A request body is required now"),
        (_S.REMOVES, _S.REMOVES, _S.REQUIRES, _S.REQUIRES),
        _BODY,
    ),
    *pair(
        "body-required",
        "body-optional",
        ("The request body is required now", "The request body may be left out now"),
        (_S.REQUIRES, _S.REQUIRES, _S.ADDS, _S.ADDS),
        _BODY,
    ),
    *pair(
        "media-type-removed",
        "media-type-added",
        ("The media type {base} is gone", "The media type {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _BODY,
    ),
    *pair(
        "media-schema-stated",
        "media-schema-unstated",
        ("The media type has a schema now", "The media type has no schema any more"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
        _BODY,
    ),
    # Answers.
    *pair(
        "success-status-removed",
        "success-status-added",
        ("The success status {base} is gone", "The success status {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _ANSWER,
    ),
    *pair(
        "error-status-removed",
        "error-status-added",
        ("The error status {base} is gone", "The error status {revision} is new"),
        (_S.ADDS, _S.ADDS, _S.ADDS, _S.ADDS),
        _ANSWER,
    ),
    *pair(
        "header-removed",
        "header-added",
        ("The answer's header {base} is gone", "The answer's header {revision} is new"),
        (_S.BEHAVES, _S.BEHAVES, _S.ADDS, _S.ADDS),
        _ANSWER,
    ),
    *pair(
        "header-optional",
        "header-required",
        (
            "The answer's header {base} may be missing now",
            "The answer's header {base} is always there now",
        ),
        (_S.BEHAVES, _S.BEHAVES, _S.BEHAVES, _S.BEHAVES),
        _ANSWER,
    ),
    # Security and servers.
    *pair(
        "credential-refused",
        "credential-accepted",
        (
            "What was a credential for the call is none any more: {base}",
            "A credential opens the call that did not: {revision}",
        ),
        (_S.BEHAVES, _S.BEHAVES, _S.BEHAVES, _S.BEHAVES),
        _SECURITY,
    ),
    alone(
        "scheme-changed",
        "The security scheme is another: {base} is {revision} now",
        _S.BEHAVES,
        _S.BEHAVES,
        _SECURITY,
    ),
    alone(
        "token-url-changed",
        "Tokens come from {revision}, not from {base}",
        _S.BEHAVES,
        _S.BEHAVES,
        _SECURITY,
    ),
    alone(
        "authorization-url-changed",
        "Users give their consent at {revision}, not at {base}",
        _S.BEHAVES,
        _S.BEHAVES,
        _SECURITY,
    ),
    *pair(
        "scheme-removed",
        "scheme-added",
        ("The security scheme {base} is gone", "The security scheme {revision} is new"),
        (_S.NOTHING, _S.NOTHING, _S.NOTHING, _S.NOTHING),
        _SECURITY,
    ),
    *pair(
        "server-removed",
        "server-added",
        ("The server {base} is gone", "The server {revision} is new"),
        (_S.BEHAVES, _S.BEHAVES, _S.BEHAVES, _S.BEHAVES),
        _DOCUMENT,
    ),
)
