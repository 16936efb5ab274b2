from datetime import UTC, datetime, timedelta

import pytest
from portal_in_memory import GUIDE_ESTATE, IONE_KOSS, contents

from skifteportal.sandbox.control import Control
from skifteportal.sandbox.errors import DumpError, Refused

NEW_COMPANY = "90000001"
KRAV = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"


@pytest.fixture
def control(portal):
    return Control(portal)


def test_it_says_what_this_sandbox_is(control):
    info = control.info()
    assert info["version"] == "0.1.0"
    assert info["time"].startswith("2026-01-15T12:00:00.123456")
    assert info["apis"]["doedsbojournal"]
    assert len(info["apis"]) == 12
    assert "addKrav" in info["operations"]
    assert (info["limit"], info["failures"], info["keep_bodies"]) == (None, [], False)
    control.limit("5/s")
    control.fail("addKrav", status=503)
    assert control.info()["limit"] == "5/1s"
    assert control.info()["failures"] == [{"operation": "addKrav", "status": 503, "times": 1}]


def test_a_reset_puts_everything_back(control, api, clock):
    token = api.token()
    api.krav()
    control.fail("getBo", status=503)
    control.limit("1/h")
    control.freeze("2030-01-01")
    control.access.revoke_client("anmelder")
    control.access.unregister("11111111")
    control.reset()
    assert api("GET", KRAV, token=token).json == []
    assert api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}").status == 200
    assert api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}").status == 200
    assert (control.time()["frozen"], control.portal.clock.now_ns()) == (False, clock.now_ns())
    assert "anmelder" in control.access.clients()
    assert "11111111" in control.access.companies()
    assert len(control.journal) == 3


def test_tokens_run_out_and_deadlines_pass_by_the_clock(control, api):
    token = api.token()
    control.freeze()
    control.advance(299)
    assert api("GET", KRAV, token=token).status == 200
    control.advance("1s")
    assert api("GET", KRAV, token=token).status == 401
    control.run()
    control.release()
    control.set_time(datetime(2026, 6, 1, tzinfo=UTC))
    control.advance(timedelta(days=1))
    assert control.time() == {"time": "2026-06-02T00:00:00.0000000Z", "frozen": False}


def test_a_time_that_is_refused_leaves_the_clock_as_it_was(control):
    for wrong in ("tomorrow", "1066-10-14"):
        with pytest.raises(Refused, match="at: "):
            control.freeze(wrong)
        assert not control.time()["frozen"]
    with pytest.raises(Refused, match="by: "):
        control.advance(float("inf"))


def test_what_is_decided_is_noted_at_once(control):
    def notes():
        return contents(control.portal.memory)[0]

    control.freeze("2026-03-01")
    control.forget_tokens()
    control.access.revoke_client("anmelder")
    assert notes() == {
        "clock": "frozen 1772366400000000000",
        "tokens forgotten": "1",
        "clients taken back": '["anmelder"]',
    }
    control.release()
    control.access.register_client("anmelder")
    assert notes() == {"tokens forgotten": "1"}


def test_tokens_may_be_forgotten(control, api):
    token = api.token()
    control.forget_tokens()
    assert api("GET", KRAV, token=token).status == 401


def test_a_plan_is_checked_and_may_be_called_off(control, api):
    with pytest.raises(Refused, match="operation: there is no such operation"):
        control.fail("nothing", status=503)
    assert control.fail("getAllKrav", status=503).times == 1
    control.clear_failures()
    assert api("GET", KRAV).status == 200


def test_a_limit_is_set_and_taken_away(control, api):
    control.limit("1/s")
    assert [api("GET", KRAV).status for _ in range(2)] == [200, 429]
    control.limit(None)
    assert api("GET", KRAV).status == 200


def test_the_court_acts(control):
    said = control.court("indrykProklama", {}, doedsbojournalId=IONE_KOSS)
    assert said["id"] == IONE_KOSS
    with control.portal.transaction() as world:
        assert world.store.estates[IONE_KOSS].notice is not None


def test_the_courts_refusals_are_typed(control):
    with pytest.raises(Refused, match="act: there is no such act") as caught:
        control.court("nothing")
    assert caught.value.status == 404
    with pytest.raises(Refused) as caught:
        control.court("opretBo", {})
    assert (caught.value.status, caught.value.code, caught.value.field) == (400, None, "cprNummer")
    with pytest.raises(Refused) as caught:
        control.court("opretSag", {"cvrNummer": NEW_COMPANY, "retskredsId": "1183"})
    assert caught.value.code == "sag.opret.manglende.genoptagelsesfrist"
    assert str(caught.value).startswith("sag.opret.manglende.genoptagelsesfrist: ")


def test_what_is_remembered_may_be_dumped_and_loaded(control, api):
    krav = api.krav()
    dump = b"".join(control.dump())
    control.reset()
    assert api("GET", KRAV).json == []
    control.load([dump[:100], dump[100:]])
    assert [one["id"] for one in api("GET", KRAV).json] == [krav]
    with pytest.raises(DumpError):
        control.load(b"{}")


def test_estates_and_claims_may_be_added(control):
    assert control.seed(estates=2, claims=5) > 7
    with pytest.raises(Refused, match="is there already"):
        control.seed(estates=2, claims=5)
    with pytest.raises(Refused):
        control.seed(claims=-1)
