"""The court's decisions where there is more than one thing to decide on, or nothing any more."""

import pytest
from portal_in_memory import EXAMPLE_CASE

from skifteportal.sandbox.answers import Fault

LIQUIDATORS = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}"
GENERAL = f"/tvangsoploesningssager/{EXAMPLE_CASE}"


@pytest.fixture
def court(portal):
    def act(name, body, **path):
        return portal.court(name, path={"sagId": EXAMPLE_CASE, **path}, body=body)

    return act


def test_a_case_that_has_ended_ends_no_other_way(liquidator, court):
    made = liquidator("POST", f"{LIQUIDATORS}/afslutninger", {"udfald": "OPLOEST"}).json["id"]
    court("opdaterSagStatus", {"status": "GENOPTAGET"})
    with pytest.raises(Fault) as caught:
        court("publicer", {"afslutningId": made})
    assert (caught.value.code, caught.value.field) == ("sag.status.afsluttet", "afslutningId")
    assert liquidator("GET", GENERAL).json["status"] == "GENOPTAGET"
    assert "publiceret" not in liquidator("GET", f"{LIQUIDATORS}/afslutninger").json[0]


def test_a_second_report_for_a_task_is_dealt_with_after_the_first(liquidator, court):
    (task,) = liquidator("GET", f"{LIQUIDATORS}/opgaver").json
    decided = {"udfald": "IMOEDEKOMMET", "opgaveId": task["id"].upper()}
    for text in ("første", "anden"):
        body = {"opsummering": text, "opgaveId": task["id"]}
        liquidator("POST", f"{LIQUIDATORS}/redegoerelser", body)
        told = court("behandlAnmodning", decided, anmodninger="redegoerelser")
        assert (told["opsummering"], told["status"]) == (text, "BEHANDLET")
        shown = liquidator("GET", f"{LIQUIDATORS}/opgaver/{task['id']}/redegoerelse").json
        assert shown["opsummering"] == text
    with pytest.raises(Fault) as caught:
        court("behandlAnmodning", decided, anmodninger="redegoerelser")
    assert caught.value.status == 409
