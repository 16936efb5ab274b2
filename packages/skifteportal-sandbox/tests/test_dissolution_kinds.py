from typing import Any

import pytest
from portal_in_memory import EXAMPLE_CASE, Api

from skifteportal import specs
from skifteportal.sandbox import Request
from skifteportal.sandbox.dissolution import kinds
from skifteportal.sandbox.dissolution.kinds import Kind

TABLES = {
    "tvangsoploesning-dirigent": kinds.GENERAL,
    "tvangsoploesning-dirigent-kreditor": kinds.CREDITORS,
    "tvangsoploesning-dirigent-likvidator": kinds.LIQUIDATORS,
}
ALL = [(api, kind) for api, table in TABLES.items() for kind in table]


@pytest.mark.parametrize(("api", "kind"), ALL, ids=[f"{api} {kind.name}" for api, kind in ALL])
def test_a_kinds_names_are_the_specifications(api: str, kind: Kind) -> None:
    document: Any = specs.spec(api)
    assert kind.name in document["components"]["schemas"]
    if {"get", "update", "delete"} & set(kind.does):
        assert kind.parameter in document["components"]["parameters"]
    for code in filter(None, [kind.no_task]):
        assert code in specs.error_codes()


def test_the_operations_take_the_token_that_the_registry_says(portal):
    for method, path, kind in (
        ("GET", f"/kreditor/tvangsoploesningssager/{EXAMPLE_CASE}/krav", "direct"),
        ("GET", f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}/krav", "delegated"),
    ):
        api = Api(portal)
        wrong = {"direct": "delegated", "delegated": "direct"}[kind]
        assert api(method, path, token=api.token(kind=wrong)).status == 403
        answer = portal.handle(Request(role="api", method=method, target=path))
        assert answer.status == 401
