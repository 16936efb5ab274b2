"""Login and exchange over real TLS on loopback: what each host is shown."""

import ssl

import jwt
import pytest
from canaries import canary
from cryptography.hazmat.primitives.serialization import Encoding

from skifteportal.auth import ClientSecretCredential, SignedAssertionCredential
from skifteportal.core.environments import Environment

SECRET = canary("0f1e2d3c-not-a-real-secret", "the client secret")
DIRECT = canary("eyJhbGciOiJSUzI1sInR5c.made-up-direct", "the direct token")
DELEGATED = canary("eyJhbGciOiJSUzI1sInR5c.made-up-delegated", "the delegated token")
PROFILE = canary("2f1c9a7e-0d8b-4c55-9f6e-8a1b2c3d4e5f", "a profile's id")


@pytest.fixture
def hosts_over_tls(serve):
    """Both hosts; each notes the certificate that it is shown. The exchange would take one too."""
    shown = {"login": [], "exchange": []}

    def host(name, token, **settings):
        def answer(form, der):
            shown[name].append((der, form))
            return 200, {"access_token": token, "expires_in": 300}

        return serve(answer, **settings)

    auth_url, ca_file, _ = host("login", DIRECT)
    exchange_url, _, _ = host("exchange", DELEGATED, verify_mode=ssl.CERT_OPTIONAL)
    environment = Environment(
        name="loopback",
        auth_url=auth_url,
        exchange_url=exchange_url,
        api_url="https://api.example",
        ca_file=ca_file,
    )
    return environment, shown


def der(certificate):
    return certificate.chain[0].public_bytes(Encoding.DER)


def test_variant_a_shows_its_certificate_to_the_login_and_not_to_the_exchange(
    hosts_over_tls, certificate, call
):
    environment, shown = hosts_over_tls
    credential = ClientSecretCredential(
        environment, client_id="anmelder", client_secret=SECRET, certificate=certificate
    )
    assert call(credential.for_profile(PROFILE)) == [DELEGATED]
    assert [seen for seen, _ in shown["login"]] == [der(certificate)]
    assert [seen for seen, _ in shown["exchange"]] == [None]


def test_variant_b_shows_the_api_user_s_certificate_and_sends_the_reporter_s(
    hosts_over_tls, certificate, signer, call
):
    environment, shown = hosts_over_tls
    credential = SignedAssertionCredential(environment, certificate=certificate, signer=signer)
    assert call(credential.for_profile(PROFILE)) == [DELEGATED]
    ((seen, form),) = shown["login"]
    assert seen == der(certificate)
    assertion = canary(form["client_assertion"], "an assertion")
    claims = jwt.decode(
        assertion,
        signer.chain[0].public_key(),
        algorithms=["RS256"],
        audience=environment.auth_url,
    )
    assert claims["sub"] == certificate.cvr
    ((seen, form),) = shown["exchange"]
    assert seen is None
    assert form["actor_token"] == DIRECT
