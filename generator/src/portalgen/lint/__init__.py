"""Checks of a spec before anything is made from it: `portalgen lint`.

Three kinds of rule, a file for each family:

* what breaks generation (`openapi`, `operations`, `schemas`, `values`): errors in every file;
* the house style (`naming`, `answers`, examples): errors in a reconstructed file, warnings in an official
  one, whose style is the court's affair;
* what only a reconstructed file owes its readers (`provenance`, `business_codes`): how sure we are, and that a
  guess costs nobody an answer.

A key that stands twice never gets here: :mod:`portalgen.yaml_file` refuses the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portalgen.lint import (
    answers,
    business_codes,
    naming,
    openapi,
    operations,
    provenance,
    schemas,
    values,
)
from portalgen.lint.finding import Finding, Level, Rule, rule_name
from portalgen.lint.view import Spec

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Finding", "Level", "lint", "rules"]

_GENERATION: tuple[Rule, ...] = (
    *openapi.RULES,
    *operations.RULES,
    *schemas.RULES,
    *values.RULES,
)
_STYLE: tuple[Rule, ...] = (*naming.STYLE_RULES, *answers.STYLE_RULES, *values.STYLE_RULES)
_RECONSTRUCTED: tuple[Rule, ...] = (
    *provenance.RECONSTRUCTED_RULES,
    *business_codes.RECONSTRUCTED_RULES,
)


def rules(*, official: bool) -> Mapping[Rule, Level]:
    """Give the rules for a file, each with the level of its findings.

    Args:
        official: Whether the file is the portal's own; else it is reconstructed.
    """
    if official:
        return {
            **dict.fromkeys(_GENERATION, "error"),
            **dict.fromkeys(_STYLE, "warning"),
        }
    return dict.fromkeys((*_GENERATION, *_STYLE, *_RECONSTRUCTED), "error")


def lint(
    document: Mapping[str, Any],
    *,
    api: Mapping[str, Any],
    codes: Mapping[str, Mapping[str, Any]],
) -> list[Finding]:
    """Check a spec by every rule that applies to it.

    Args:
        document: The spec as :func:`portalgen.yaml_file.read_yaml` gives it.
        api: The API's table in the registry: `provenance` and `read_only` are looked at.
        codes: The API's business error codes, code → entry of `specs/errors/*.yaml`.

    Returns:
        What was found, in the order of the rules, nothing twice. Any document gets an answer,
        however broken.
    """
    spec = Spec(document=document, api=api, codes=codes)
    findings = [
        Finding(rule_name(rule), place.pointer, message, level)
        for rule, level in rules(official=api.get("provenance") == "official").items()
        for place, message in rule(spec)
    ]
    return list(dict.fromkeys(findings))
