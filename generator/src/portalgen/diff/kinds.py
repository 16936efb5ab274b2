"""The kinds of edits: what each says, what it is when base and revision change places, and what it does to code.

This table and the law (`law.py`, `exceptions.py`) are all there is: a level is never set by hand.
"""

from __future__ import annotations

from enum import Enum

import attrs

__all__ = ["KINDS", "Kind", "Surface"]


class Surface(Enum):
    """What an edit does to what a user's code sees of the generated package."""

    NOTHING = "nothing"
    TEXT = "text"
    ADDS = "adds"
    REMOVES = "removes"
    RENAMES = "renames"
    REQUIRES = "requires"
    BEHAVES = "behaves"
    TYPE = "type"


@attrs.frozen
class Kind:
    """A kind of edit.

    Attributes:
        name: Its name.
        mirror: What it is when base and revision change places.
        says: What happened, as a clause; `{base}` and `{revision}` stand for what stood and stands there.
        request: What it does to code that sends.
        response: What it does to code that reads.
        area: The part of a document that it is about.
    """

    name: str
    mirror: str
    says: str
    request: Surface
    response: Surface
    area: str = "schema"


_S = Surface
_OPERATION, _PARAMETER, _BODY, _ANSWER = "operation", "parameter", "request body", "answer"
_SECURITY, _DOCUMENT = "security", "document"


def _pair(
    one: str,
    other: str,
    says: tuple[str, str],
    surfaces: tuple[Surface, Surface, Surface, Surface],
    area: str = "schema",
) -> tuple[Kind, Kind]:
    """Two kinds that mirror each other; the surfaces are request, response of one, then of the other."""
    return (
        Kind(one, other, says[0], surfaces[0], surfaces[1], area),
        Kind(other, one, says[1], surfaces[2], surfaces[3], area),
    )


def _self(name: str, says: str, request: Surface, response: Surface, area: str = "schema") -> Kind:
    """A kind that is its own mirror."""
    return Kind(name, name, says, request, response, area)


_ALL = (
    # Operations.
    *_pair(
        "operation-removed",
        "operation-added",
        ("The operation {base} is gone", "The operation {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _OPERATION,
    ),
    _self(
        "operation-moved",
        "{base} is {revision} now",
        _S.BEHAVES,
        _S.BEHAVES,
        _OPERATION,
    ),
    _self(
        "operation-renamed",
        "The operationId {base} is {revision} now",
        _S.RENAMES,
        _S.RENAMES,
        _OPERATION,
    ),
    *_pair(
        "operation-id-removed",
        "operation-id-added",
        ("The operationId {base} is gone", "The operation is called {revision} now"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _OPERATION,
    ),
    _self("tags-changed", "The tags are others", _S.NOTHING, _S.NOTHING, _OPERATION),
    _self(
        "stability-changed", "The stability {base} is {revision} now", _S.TEXT, _S.TEXT, _OPERATION
    ),
    # Parameters.
    *_pair(
        "parameter-removed",
        "parameter-added",
        ("The {base} is gone", "The {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _PARAMETER,
    ),
    *_pair(
        "required-parameter-removed",
        "required-parameter-added",
        ("The required {base} is gone", "The {revision} is new and required"),
        (_S.REMOVES, _S.REMOVES, _S.REQUIRES, _S.REQUIRES),
        _PARAMETER,
    ),
    *_pair(
        "parameter-required",
        "parameter-optional",
        ("The {base} is required now", "The {base} may be left out now"),
        (_S.REQUIRES, _S.REQUIRES, _S.ADDS, _S.ADDS),
        _PARAMETER,
    ),
    _self(
        "path-parameter-renamed",
        "The path parameter {base} is {revision} now",
        _S.RENAMES,
        _S.RENAMES,
        _PARAMETER,
    ),
    _self("parameter-moved", "The {base} is a {revision} now", _S.BEHAVES, _S.BEHAVES, _PARAMETER),
    _self(
        "parameter-written-otherwise",
        "The parameter is written as {revision}, not as {base}",
        _S.BEHAVES,
        _S.BEHAVES,
        _PARAMETER,
    ),
    # Request bodies and what is negotiated.
    *_pair(
        "body-removed",
        "body-added",
        ("The request body is gone", "A request body may be sent now"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _BODY,
    ),
    *_pair(
        "required-body-removed",
        "required-body-added",
        ("The required request body is gone", "A request body is required now"),
        (_S.REMOVES, _S.REMOVES, _S.REQUIRES, _S.REQUIRES),
        _BODY,
    ),
    *_pair(
        "body-required",
        "body-optional",
        ("The request body is required now", "The request body may be left out now"),
        (_S.REQUIRES, _S.REQUIRES, _S.ADDS, _S.ADDS),
        _BODY,
    ),
    *_pair(
        "media-type-removed",
        "media-type-added",
        ("The media type {base} is gone", "The media type {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _BODY,
    ),
    *_pair(
        "media-schema-stated",
        "media-schema-unstated",
        ("The media type has a schema now", "The media type has no schema any more"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
        _BODY,
    ),
    # Answers.
    *_pair(
        "success-status-removed",
        "success-status-added",
        ("The success status {base} is gone", "The success status {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _ANSWER,
    ),
    *_pair(
        "error-status-removed",
        "error-status-added",
        ("The error status {base} is gone", "The error status {revision} is new"),
        (_S.ADDS, _S.ADDS, _S.ADDS, _S.ADDS),
        _ANSWER,
    ),
    *_pair(
        "header-removed",
        "header-added",
        ("The answer's header {base} is gone", "The answer's header {revision} is new"),
        (_S.BEHAVES, _S.BEHAVES, _S.ADDS, _S.ADDS),
        _ANSWER,
    ),
    *_pair(
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
    *_pair(
        "credential-refused",
        "credential-accepted",
        (
            "What was a credential for the call is none any more: {base}",
            "A credential opens the call that did not: {revision}",
        ),
        (_S.BEHAVES, _S.BEHAVES, _S.BEHAVES, _S.BEHAVES),
        _SECURITY,
    ),
    _self(
        "scheme-changed",
        "The security scheme is another: {base} is {revision} now",
        _S.BEHAVES,
        _S.BEHAVES,
        _SECURITY,
    ),
    _self(
        "token-url-changed",
        "Tokens come from {revision}, not from {base}",
        _S.BEHAVES,
        _S.BEHAVES,
        _SECURITY,
    ),
    _self(
        "authorization-url-changed",
        "Users give their consent at {revision}, not at {base}",
        _S.BEHAVES,
        _S.BEHAVES,
        _SECURITY,
    ),
    *_pair(
        "scheme-removed",
        "scheme-added",
        ("The security scheme {base} is gone", "The security scheme {revision} is new"),
        (_S.NOTHING, _S.NOTHING, _S.NOTHING, _S.NOTHING),
        _SECURITY,
    ),
    *_pair(
        "server-removed",
        "server-added",
        ("The server {base} is gone", "The server {revision} is new"),
        (_S.BEHAVES, _S.BEHAVES, _S.BEHAVES, _S.BEHAVES),
        _DOCUMENT,
    ),
    # Schemas: names.
    *_pair(
        "property-removed",
        "property-added",
        ("The property {base} is gone", "The property {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    *_pair(
        "required-property-removed",
        "required-property-added",
        ("The required property {base} is gone", "The property {revision} is new and required"),
        (_S.REMOVES, _S.REMOVES, _S.REQUIRES, _S.ADDS),
    ),
    _self("property-renamed", "The property {base} is {revision} now", _S.RENAMES, _S.RENAMES),
    *_pair(
        "property-required",
        "property-optional",
        ("The property is required now", "The property may be missing now"),
        (_S.REQUIRES, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    *_pair(
        "read-only-on",
        "read-only-off",
        ("The property is only answered now, and not to be sent", "The property can be sent now"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    *_pair(
        "write-only-on",
        "write-only-off",
        ("The property is only sent now, and not answered", "The property is answered now"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    *_pair(
        "other-names-narrowed",
        "other-names-widened",
        (
            "Other names than the stated ones: {revision}, before {base}",
            "Other names than the stated ones: {revision}, before {base}",
        ),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    # Schemas: values.
    *_pair(
        "type-narrowed",
        "type-widened",
        ("The type {base} is {revision} now", "The type {base} is {revision} now"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    _self("type-changed", "The type {base} is {revision} now", _S.TYPE, _S.TYPE),
    *_pair(
        "nullable-on",
        "nullable-off",
        ("It may be null now", "It is never null now"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    *_pair(
        "enum-added",
        "enum-dropped",
        ("Only these values are left: {revision}", "The list of values {base} is gone: any value"),
        (_S.TYPE, _S.TYPE, _S.REMOVES, _S.REMOVES),
    ),
    *_pair(
        "enum-value-removed",
        "enum-value-added",
        ("The values {base} are gone", "The values {revision} are new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    *_pair(
        "bound-tightened",
        "bound-loosened",
        ("The bound {base} is {revision} now", "The bound {base} is {revision} now"),
        (_S.TEXT, _S.TEXT, _S.TEXT, _S.TEXT),
    ),
    *_pair(
        "pattern-added",
        "pattern-removed",
        ("The pattern {revision} is new", "The pattern {base} is gone"),
        (_S.TEXT, _S.TEXT, _S.TEXT, _S.TEXT),
    ),
    _self("pattern-changed", "The pattern {base} is {revision} now", _S.TEXT, _S.TEXT),
    *_pair(
        "format-added",
        "format-removed",
        ("The format {revision} is stated now", "The format {base} is no longer stated"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    _self("format-changed", "The format {base} is {revision} now", _S.TYPE, _S.TYPE),
    _self(
        "multiple-changed",
        "It must be a multiple of {revision}, before of {base}",
        _S.TEXT,
        _S.TEXT,
    ),
    *_pair(
        "unique-on",
        "unique-off",
        ("No item may stand twice now", "Items may stand twice now"),
        (_S.TEXT, _S.TEXT, _S.TEXT, _S.TEXT),
    ),
    *_pair(
        "default-added",
        "default-removed",
        (
            "Left out, it means {revision} now",
            "What it means when it is left out ({base}) is no longer said",
        ),
        (_S.TEXT, _S.TEXT, _S.TEXT, _S.TEXT),
    ),
    _self("default-changed", "Left out, it means {revision} now, not {base}", _S.TEXT, _S.TEXT),
    *_pair(
        "items-stated",
        "items-unstated",
        ("The items have a schema now", "The items have no schema any more"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    # Schemas: unions.
    *_pair(
        "union-member-removed",
        "union-member-added",
        ("The union lost {base}", "The union has {revision} as well"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    *_pair(
        "union-put-on",
        "union-dropped",
        ("It must be one of {revision} now", "It need not be one of {base} any more"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    *_pair(
        "discriminator-added",
        "discriminator-removed",
        (
            "The member {revision} tells the union's schemas apart now",
            "No member tells the union's schemas apart any more",
        ),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    _self(
        "discriminator-changed",
        "The union's schemas are told apart by {revision}, not by {base}",
        _S.RENAMES,
        _S.RENAMES,
    ),
    *_pair(
        "tag-removed",
        "tag-added",
        ("The tags {base} are gone", "The tags {revision} are new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    _self(
        "tag-retargeted",
        "The tags {revision} mean other schemas now, before {base}",
        _S.REMOVES,
        _S.REMOVES,
    ),
    *_pair(
        "not-added",
        "not-removed",
        ("Some values are left out now", "No values are left out any more"),
        (_S.TEXT, _S.TEXT, _S.TEXT, _S.TEXT),
    ),
    _self("not-changed", "Other values are left out now", _S.TEXT, _S.TEXT),
    # Component schemas, by name.
    *_pair(
        "schema-removed",
        "schema-added",
        ("The schema {base} is gone", "The schema {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _DOCUMENT,
    ),
    _self(
        "schema-renamed", "The schema {base} is {revision} now", _S.RENAMES, _S.RENAMES, _DOCUMENT
    ),
    # Life and words.
    *_pair(
        "deprecated",
        "undeprecated",
        ("It is marked as going away", "It is no longer marked as going away"),
        (_S.ADDS, _S.ADDS, _S.TEXT, _S.TEXT),
    ),
    _self("sunset-changed", "The day it goes away is {revision}, before {base}", _S.ADDS, _S.ADDS),
    _self("text-changed", "Descriptions, examples or extensions are others", _S.TEXT, _S.TEXT),
    _self("version-changed", "The version {base} is {revision} now", _S.TEXT, _S.TEXT, _DOCUMENT),
)

KINDS = {kind.name: kind for kind in _ALL}
