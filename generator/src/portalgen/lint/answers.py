"""House style: paged answers and the answer to an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.lint.finding import Problem
    from portalgen.lint.view import Operation, Place, Spec

__all__ = ["STYLE_RULES"]

_HEADER = "X-Total-Count"
_TOTAL = "#/components/headers/totalCount"
_ERROR = "#/components/responses/genericErrorResponse"
_PAGING = ("page", "size", "sort", "direction")


def _query(spec: Spec, operation: Operation) -> dict[str, Place]:
    """Give the query parameters by name, as they stand."""
    found = ((parameter, spec.resolve(parameter)) for parameter in operation.parameters)
    return {
        str(target["name"].value): parameter
        for parameter, target in found
        if target["in"].value == "query"
    }


def paging_is_whole(spec: Spec) -> Iterator[Problem]:
    """`page` and `size`, an array and the total header come together or not at all."""
    for operation in spec.operations:
        query = _query(spec, operation)
        paged = [name for name in ("page", "size") if name in query]
        if len(paged) == 1:
            yield query[paged[0]], f"{paged[0]} without the other of page and size"
        for response in operation.successes:
            header = spec.resolve(response)["headers"][_HEADER]
            is_array = spec.resolve(spec.json_schema(response))["type"].value == "array"
            if paged and not is_array:
                yield response, "takes page and size but does not answer with an array"
            if paged and header.ref != _TOTAL:
                yield (
                    response,
                    f"takes page and size but has no {_HEADER} header, a reference to {_TOTAL}",
                )
            if header.mapping and not paged:
                yield header, f"{_HEADER} counts pages, but the operation takes no page and size"


def sorting_goes_with_paging(spec: Spec) -> Iterator[Problem]:
    """`sort` and `direction` come together, and only with `page`."""
    for operation in spec.operations:
        query = _query(spec, operation)
        if ("sort" in query) != ("direction" in query):
            yield operation.place, "sort and direction must come together"
        if "sort" in query and "page" not in query:
            yield (
                query["sort"],
                "sort without page: nothing says how many of the sorted are answered",
            )


def paging_is_shared(spec: Spec) -> Iterator[Problem]:
    """The four paging parameters are written once, in components."""
    for operation in spec.operations:
        for name, parameter in _query(spec, operation).items():
            if name in _PAGING and parameter.ref != f"#/components/parameters/{name}":
                yield parameter, f"{name} must be a reference to #/components/parameters/{name}"


def error_is_generic(spec: Spec) -> Iterator[Problem]:
    """Every operation's `default` answer is the one genericErrorResponse."""
    for operation in spec.operations:
        default = operation.place["responses"]["default"]
        if default.ref != _ERROR:
            yield default, f"must be a reference to {_ERROR}"


STYLE_RULES = (paging_is_whole, sorting_goes_with_paging, paging_is_shared, error_is_generic)
