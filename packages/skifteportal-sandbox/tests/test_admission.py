from portal_in_memory import GUIDE_ESTATE


def test_a_call_without_a_token_is_told_to_send_one(api):
    for value in (None, "", "Basic abc", "Bearer", "Bearer "):
        reply = api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}", headers={"Authorization": value})
        assert (reply.status, reply["WWW-Authenticate"]) == (401, 'Bearer realm="sts"')
        assert "Authorization: Bearer" in reply.json["besked"]


def test_an_expired_token_is_refused(api, clock):
    token = api.token()
    clock.advance(seconds=300)
    reply = api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}", token=token)
    assert (reply.status, reply["WWW-Authenticate"]) == (
        401,
        'Bearer realm="sts", error="invalid_token"',
    )


def test_the_scheme_may_be_in_any_case(api):
    reply = api(
        "GET",
        f"/doedsbojournaler/{GUIDE_ESTATE}",
        headers={"Authorization": f"bearer {api.token()}"},
    )
    assert reply.status == 200


def test_a_token_of_the_wrong_kind_is_forbidden(api):
    reply = api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}", token=api.token(kind="delegated"))
    assert (reply.status, reply.json["besked"]) == (
        403,
        "doedsbojournal takes a direct token; this one is delegated",
    )
