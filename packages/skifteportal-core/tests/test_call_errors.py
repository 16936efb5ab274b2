"""How a call goes, in all three worlds: what is raised."""

import ssl

import pytest

from skifteportal.core import (
    ConnectionFailed,
    CredentialError,
    DirectAuth,
    OutcomeUnknown,
    PortalError,
    ServerError,
    UnexpectedStatus,
    Unprocessable,
    _http,
)


def test_an_error_with_a_code(world, portal, make_operation):
    body = '{"fejlkode":"doedsbo.f17","felt":"opgjortdato","besked":"Ione Koss"}'
    portal.answers((422, body, {"X-Correlation-Id": "req-7"}))
    with pytest.raises(Unprocessable) as caught:
        world.call(make_operation("POST"), ())
    error = caught.value
    assert (error.status, error.code, error.field) == (422, "doedsbo.f17", "opgjortdato")
    assert error.request_id == "req-7"
    assert error.doc_url == "https://example.test/errors/doedsbo.f17/"
    assert error.answer.content == body.encode()
    assert "Koss" not in str(error)


def test_a_code_nobody_knows(world, portal, make_operation):
    portal.answers((409, '{"fejlkode":"doedsbo.f43"}'))
    with pytest.raises(Exception, match=r"409 doedsbo.f43$") as caught:
        world.call(make_operation("POST"))
    error = caught.value
    assert error.code == "doedsbo.f43"
    assert error.explanation is None
    assert error.doc_url.endswith("#core.Conflict")


def test_an_error_that_is_html(world, portal, make_operation):
    portal.answers((500, "<html>Koss</html>"))
    with pytest.raises(ServerError) as caught:
        world.call(make_operation())
    assert caught.value.codes == ()
    assert caught.value.request_id == portal.request.headers["X-Request-Id"]


def test_redirects_are_not_followed(world, portal, make_operation):
    portal.answers((302, "", {"Location": "https://evil.test/"}))
    with pytest.raises(UnexpectedStatus, match="302"):
        world.call(make_operation())
    assert len(portal.requests) == 1


def test_a_status_nobody_registered(world, portal, make_operation):
    portal.answers(520)
    with pytest.raises(ServerError, match="520"):
        world.call(make_operation())


def test_credential_errors_pass_untouched(world, make_operation):
    error = CredentialError("no token", retryable=True)

    class NoToken(DirectAuth):
        environment = world.auth.environment
        rate_limit_key = "x"

        def auth_flow(self, request):
            raise error
            yield

    world.auth = NoToken()
    with pytest.raises(CredentialError) as caught:
        world.call(make_operation())
    assert caught.value is error


def test_raised_errors_hold_no_request(world, portal, make_operation):
    portal.answers(_http.ConnectError("secret"))
    with pytest.raises(ConnectionFailed) as caught:
        world.call(make_operation())
    assert caught.value.__cause__ is caught.value.__context__ is None


def raise_while_reading(request):
    raise _http.RemoteProtocolError("Server disconnected without sending a response.")


@pytest.mark.parametrize(
    "handled", [ssl.SSLCertVerificationError(1, "elsewhere"), OSError(111, "Connection refused")]
)
def test_a_call_inside_an_except_clause_is_judged_by_what_happened_to_it(
    world, portal, make_operation, handled
):
    portal.answers(raise_while_reading)
    caught = []

    def call():
        with world.client() as client:
            try:
                raise handled
            except OSError:
                try:
                    client._call(make_operation("POST"))
                except PortalError as error:
                    caught.append(error)

    async def call_async():
        async with world.client() as client:
            try:
                raise handled
            except OSError:
                try:
                    await client._call(make_operation("POST"))
                except PortalError as error:
                    caught.append(error)

    world.run(call if world.synchronous else call_async)
    assert type(caught[0]) is OutcomeUnknown
    assert caught[0].reason == "The connection broke before an answer came."
    assert len(portal.requests) == 1
