from typing import Any

import pytest
from portal_in_memory import EXAMPLE_CASE, NEW_CASE, Api

from skifteportal import specs
from skifteportal.sandbox import Request
from skifteportal.sandbox import portal as heart
from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.call import Handler
from skifteportal.sandbox.dissolution import kinds, records
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


@pytest.fixture
def with_rules(monkeypatch, portal):
    """A portal in whose kind of claim rules were entered, as issue 5 will."""

    def enter(**rules):
        kind = Kind(
            **{
                name: getattr(kinds.CREDITORS[0], name)
                for name in ("name", "sees", "may", "starts", "create", "does")
            },
            **rules,
        )
        handlers = {
            "addKrav": Handler(run=lambda call: records.create(kind, call), early=kind.early),
            "updateKrav": Handler(run=lambda call: records.update(kind, call), early=kind.early),
        }
        api = "tvangsoploesning-dirigent-kreditor"
        monkeypatch.setattr(heart, "_APIS", {**heart._APIS, api: {**heart._APIS[api], **handlers}})
        return Api(portal)

    return enter


def test_a_rule_may_answer_before_the_schema(with_rules):
    def early(call):
        raise call.refuse("sag.registrering.krav.opgjortdato.fremtidig", field="opgjortdato")

    api = with_rules(early=early)
    reply = api("POST", f"/kreditor/tvangsoploesningssager/{NEW_CASE}/krav", {"beloeb": "x"})
    assert reply.code == "sag.registrering.krav.opgjortdato.fremtidig"


def test_a_rule_may_look_at_the_case(with_rules):
    seen = []

    def check(call, case):
        seen.append(case.id)
        raise Fault(418, "x")

    api = with_rules(check=check)
    path = f"/kreditor/tvangsoploesningssager/{EXAMPLE_CASE}/krav"
    body = {"beloeb": 1, "endeligt": True}
    claim = api("GET", path).json[0]["id"]
    assert api("POST", path, body).status == 418
    assert api("PUT", f"{path}/{claim}", body).status == 418
    assert seen == [EXAMPLE_CASE, EXAMPLE_CASE]


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
