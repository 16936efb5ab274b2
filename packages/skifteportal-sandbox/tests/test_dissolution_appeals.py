"""Who may appeal: naming another as `part` gives nobody a part in a case."""

import pytest
from portal_in_memory import EXAMPLE_CASE, MANAGER

GENERAL = f"/tvangsoploesningssager/{EXAMPLE_CASE}"
COMPANY = "90000011"
OF_THE_COMPANY = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": COMPANY}}
STRANGER = "90000007"


@pytest.fixture
def secret(portal):
    """A published decision that only the liquidator is told of."""
    case = {"sagId": EXAMPLE_CASE}
    said = {"type": "ANDET", "overskrift": "Afgørelse", "roller": ["LIKVIDATOR"]}
    made = portal.court("afsigAfgoerelse", path=case, body=said)["id"]
    portal.court("publicer", path=case, body={"afgoerelseId": made})
    return made


def appeal(caller, decision, *, company=None, **changes):
    body = {"afgoerelseId": decision, "paastand": "a", "begrundelse": "b", **changes}
    return caller("POST", f"{GENERAL}/kaeremaal", body, company=company)


@pytest.mark.parametrize("part", [OF_THE_COMPANY, MANAGER])
def test_a_stranger_appeals_for_nobody(api, secret, part):
    reply = appeal(api, secret, company=STRANGER, part=part)
    assert reply.code == "handling.kaeremaal.ikke.relateret.til.sag"


def test_a_decision_that_is_not_shared_is_unknown_whoever_is_named(api, secret):
    reply = appeal(api, secret, part=OF_THE_COMPANY)
    assert (reply.code, reply.json["felt"]) == ("handling.mapning.fejlet", "afgoerelseId")


def test_the_company_itself_may_appeal(api, secret):
    assert appeal(api, secret, company=COMPANY).status == 201
    assert appeal(api, secret, company=COMPANY, part=OF_THE_COMPANY).status == 201
