"""The kinds of edits of schemas, of their names and values, and of what is only said."""

from __future__ import annotations

from portalgen.diff.kind import Kind, Surface, alone, pair

__all__ = ["SCHEMA_KINDS"]

_S = Surface
_DOCUMENT = "document"

SCHEMA_KINDS: tuple[Kind, ...] = (  # Schemas: names.
    *pair(
        "property-removed",
        "property-added",
        ("The property {base} is gone", "The property {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    *pair(
        "required-property-removed",
        "required-property-added",
        ("The required property {base} is gone", "The property {revision} is new and required"),
        (_S.REMOVES, _S.REMOVES, _S.REQUIRES, _S.ADDS),
    ),
    alone("property-renamed", "The property {base} is {revision} now", _S.RENAMES, _S.RENAMES),
    *pair(
        "property-required",
        "property-optional",
        ("The property is required now", "The property may be missing now"),
        (_S.REQUIRES, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    *pair(
        "read-only-on",
        "read-only-off",
        ("The property is only answered now, and not to be sent", "The property can be sent now"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    *pair(
        "write-only-on",
        "write-only-off",
        ("The property is only sent now, and not answered", "The property is answered now"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    *pair(
        "other-names-narrowed",
        "other-names-widened",
        (
            "Other names than the stated ones: {revision}, before {base}",
            "Other names than the stated ones: {revision}, before {base}",
        ),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    # Schemas: values.
    *pair(
        "type-narrowed",
        "type-widened",
        ("The type {base} is {revision} now", "The type {base} is {revision} now"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    alone("type-changed", "The type {base} is {revision} now", _S.TYPE, _S.TYPE),
    *pair(
        "nullable-on",
        "nullable-off",
        ("It may be null now", "It is never null now"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    *pair(
        "enum-added",
        "enum-dropped",
        ("Only these values are left: {revision}", "The list of values {base} is gone: any value"),
        (_S.TYPE, _S.TYPE, _S.REMOVES, _S.REMOVES),
    ),
    *pair(
        "enum-value-removed",
        "enum-value-added",
        ("The values {base} are gone", "The values {revision} are new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    *pair(
        "bound-tightened",
        "bound-loosened",
        ("The bound {base} is {revision} now", "The bound {base} is {revision} now"),
        (_S.TEXT, _S.TEXT, _S.TEXT, _S.TEXT),
    ),
    *pair(
        "pattern-added",
        "pattern-removed",
        ("The pattern {revision} is new", "The pattern {base} is gone"),
        (_S.TEXT, _S.TEXT, _S.TEXT, _S.TEXT),
    ),
    alone("pattern-changed", "The pattern {base} is {revision} now", _S.TEXT, _S.TEXT),
    *pair(
        "format-added",
        "format-removed",
        ("The format {revision} is stated now", "The format {base} is no longer stated"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    alone("format-changed", "The format {base} is {revision} now", _S.TYPE, _S.TYPE),
    alone(
        "multiple-changed",
        "It must be a multiple of {revision}, before of {base}",
        _S.TEXT,
        _S.TEXT,
    ),
    *pair(
        "unique-on",
        "unique-off",
        ("No item may stand twice now", "Items may stand twice now"),
        (_S.TEXT, _S.TEXT, _S.TEXT, _S.TEXT),
    ),
    *pair(
        "default-added",
        "default-removed",
        (
            "Left out, it means {revision} now",
            "What it means when it is left out ({base}) is no longer said",
        ),
        (_S.TEXT, _S.TEXT, _S.TEXT, _S.TEXT),
    ),
    alone("default-changed", "Left out, it means {revision} now, not {base}", _S.TEXT, _S.TEXT),
    *pair(
        "items-stated",
        "items-unstated",
        ("The items have a schema now", "The items have no schema any more"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    # Schemas: unions.
    *pair(
        "union-member-removed",
        "union-member-added",
        ("The union lost {base}", "The union has {revision} as well"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    *pair(
        "alternatives-added",
        "alternatives-removed",
        (
            "It may be any of {revision} now, where it was one of them",
            "It is one schema now, where it could be any of {base}",
        ),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    *pair(
        "union-put-on",
        "union-dropped",
        ("It must be one of {revision} now", "It need not be one of {base} any more"),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    *pair(
        "discriminator-added",
        "discriminator-removed",
        (
            "The member {revision} tells the union's schemas apart now",
            "No member tells the union's schemas apart any more",
        ),
        (_S.TYPE, _S.TYPE, _S.TYPE, _S.TYPE),
    ),
    alone(
        "discriminator-changed",
        "The union's schemas are told apart by {revision}, not by {base}",
        _S.RENAMES,
        _S.RENAMES,
    ),
    *pair(
        "tag-removed",
        "tag-added",
        ("The tags {base} are gone", "The tags {revision} are new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
    ),
    alone(
        "tag-retargeted",
        "The tags {revision} mean other schemas now, before {base}",
        _S.REMOVES,
        _S.REMOVES,
    ),
    *pair(
        "not-added",
        "not-removed",
        ("Some values are left out now", "No values are left out any more"),
        (_S.TEXT, _S.TEXT, _S.TEXT, _S.TEXT),
    ),
    alone("not-changed", "Other values are left out now", _S.TEXT, _S.TEXT),
    # Component schemas, by name.
    *pair(
        "schema-removed",
        "schema-added",
        ("The schema {base} is gone", "The schema {revision} is new"),
        (_S.REMOVES, _S.REMOVES, _S.ADDS, _S.ADDS),
        _DOCUMENT,
    ),
    alone(
        "schema-renamed", "The schema {base} is {revision} now", _S.RENAMES, _S.RENAMES, _DOCUMENT
    ),
    # What is written otherwise and means the same, and has another type in Python for it.
    alone(
        "annotation-changed",
        "The type in Python is {revision} now, before {base}",
        _S.TYPE,
        _S.TYPE,
    ),
    # Life and words.
    *pair(
        "deprecated",
        "undeprecated",
        ("It is marked as going away", "It is no longer marked as going away"),
        (_S.ADDS, _S.ADDS, _S.TEXT, _S.TEXT),
    ),
    alone("sunset-changed", "The day it goes away is {revision}, before {base}", _S.ADDS, _S.ADDS),
    alone("text-changed", "Descriptions, examples or extensions are others", _S.TEXT, _S.TEXT),
    alone("version-changed", "The version {base} is {revision} now", _S.TEXT, _S.TEXT, _DOCUMENT),
)
