"""Login variant B from the outside."""

import copy
import pickle
from datetime import UTC, datetime, timedelta

import jwt
import oces
import pytest
from canaries import canary
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from skifteportal.auth import (
    Certificate,
    CertificateExpired,
    CertificateExpiresSoon,
    ClientRefused,
    ExternalSigner,
    ReadyAssertions,
    SignedAssertionCredential,
    SignerFailed,
    WrongAssertion,
    WrongEnvironment,
    WrongKindOfCertificate,
)
from skifteportal.core import _http
from skifteportal.core.credentials import DirectAuth
from skifteportal.core.environments import PRODUCTION
from skifteportal.core.errors import ConfigurationError


@pytest.fixture
def make(environment, certificate, signer, hosts, time):
    def make(**told):
        return SignedAssertionCredential(
            environment,
            **{
                "certificate": certificate,
                "signer": signer,
                "transport": hosts.transport,
                "clock": time.clock,
            }
            | told,
        )

    return make


def assertions(hosts):
    found = [form["client_assertion"] for form in hosts.forms(hosts.logins)]
    return [canary(assertion, "an assertion") for assertion in found]


def claims(hosts, signer, **told):
    (assertion,) = assertions(hosts)
    told = {"audience": "https://sysauth.example"} | told
    return jwt.decode(assertion, signer.chain[0].public_key(), algorithms=["RS256"], **told)


def external(signer, sign=None):
    pem = b"".join(certificate.public_bytes(Encoding.PEM) for certificate in signer.chain)
    key = oces.key_of("signer")
    return ExternalSigner.from_pem(
        pem, sign=sign or (lambda data: key.sign(data, padding.PKCS1v15(), SHA256()))
    )


def test_the_login_of_the_guide(make, call, hosts, signer, certificate):
    (token,) = call(make().direct())
    assert token.endswith("-1")
    (request,) = hosts.logins
    assert str(request.url) == "https://sysauth.example/realms/sts/protocol/openid-connect/token"
    (form,) = hosts.forms([request])
    assert list(form) == ["client_assertion_type", "client_assertion", "grant_type", "scope"]
    assert form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    assert (form["grant_type"], form["scope"]) == ("client_credentials", "openid")
    told = claims(hosts, signer)
    assert (told["sub"], told["iss"]) == (certificate.cvr, signer.cvr)


def test_each_attempt_has_an_assertion_of_its_own(make, call, hosts):
    answers = [_http.Response(503), None]
    hosts.login = lambda form: answers.pop(0)
    call(make().direct())
    first, second = (
        jwt.decode(assertion, options={"verify_signature": False})
        for assertion in assertions(hosts)
    )
    assert first["jti"] != second["jti"]


def test_direct_is_the_same_each_time_and_counts_by_the_cvr_number(make, environment, certificate):
    credential = make()
    auth = credential.direct()
    assert auth is credential.direct()
    assert isinstance(auth, DirectAuth)
    assert auth.environment is credential.environment is environment
    assert auth.rate_limit_key == "30808460"
    assert credential.certificate is certificate


def test_an_issuer_and_an_audience_of_one_s_own(make, call, hosts, signer):
    call(make(issuer="https://test.local", audience="https://x.example").direct())
    assert claims(hosts, signer, audience="https://x.example")["iss"] == "https://test.local"


def test_what_goes_into_the_header_can_be_chosen(make, call, hosts):
    call(make(include_root=False, include_thumbprint=True).direct())
    members = jwt.get_unverified_header(assertions(hosts)[0])
    assert len(members["x5c"]) == 2
    assert "x5t#S256" in members


def test_a_key_that_is_elsewhere(make, call, hosts, signer):
    call(make(signer=external(signer)).direct())
    assert claims(hosts, signer)["iss"] == "12345674"


def test_a_signer_that_fails_sends_nothing_and_is_left_alone_for_a_while(
    make, call, hosts, signer, time
):
    calls, cause = [], ConnectionError("the HSM is down")

    def fail(data):
        calls.append(data)
        raise cause

    auth = make(signer=external(signer, fail)).direct()
    for _ in range(3):
        with pytest.raises(SignerFailed, match="raised ConnectionError") as caught:
            call(auth)
        assert caught.value.__cause__ is cause
    assert len(calls) == 1
    time.pass_(6)
    with pytest.raises(SignerFailed):
        call(auth)
    assert len(calls) == 2
    assert not hosts.logins


def ready(time, **changes):
    told = {
        "iss": "A",
        "sub": "30808460",
        "aud": "https://sysauth.example",
        "exp": time.wall + 60,
        "jti": "1",
    }
    assertion = jwt.encode(
        told | changes, oces.key_of("signer"), "RS256", headers={"x5c": ["MIIB"]}
    )
    return ReadyAssertions(lambda: canary(assertion, "an assertion"))


def test_ready_assertions_are_sent_as_they_are(make, call, hosts, signer, time):
    call(make(signer=ready(time)).direct())
    assert claims(hosts, signer)["jti"] == "1"


def test_a_ready_assertion_for_another_company_is_not_sent(make, call, hosts, time):
    with pytest.raises(WrongAssertion, match="its sub must be 30808460"):
        call(make(signer=ready(time, sub="12345674")).direct())
    assert not hosts.logins


@pytest.mark.parametrize(
    "told", [{"issuer": "A"}, {"include_root": False}, {"include_thumbprint": True}]
)
def test_what_a_supplier_decides_can_not_be_chosen(make, time, told):
    with pytest.raises(ConfigurationError, match="their supplier decides that"):
        make(signer=ready(time), **told)


@pytest.mark.parametrize("argument", ["issuer", "audience"])
def test_a_text_that_can_not_be_right(make, argument):
    with pytest.raises(ConfigurationError, match=f"^{argument} is empty, or has spaces"):
        make(**{argument: " "})


def test_a_function_by_itself_is_told_where_to_go(make):
    with pytest.raises(ConfigurationError, match=r"not function\. A function that signs goes into"):
        make(signer=lambda data: data)


def test_a_signer_without_an_rsa_key(make):
    issued = oces.authority().issue(key=oces.ec_key("leaf"))
    elliptic = Certificate.from_p12(issued.p12(), password="")
    with pytest.raises(WrongKindOfCertificate, match="no RSA key"):
        make(signer=elliptic)
    with pytest.raises(WrongKindOfCertificate, match="no RSA key"):
        elliptic.sign(b"")


def test_a_refusal_says_what_to_check(make, call, hosts, time):
    hosts.login = lambda form: _http.Response(401, json={"error": "invalid_client"})
    credential = make()
    with pytest.raises(ClientRefused) as caught:
        call(credential.direct())
    text = str(caught.value)
    source = credential.certificate.source
    assert f"Check that CVR 30808460, of the certificate in {source}, is" in text
    assert (
        "(CVR 12345674), which signs, is valid and has all certificates above it (2 found)" in text
    )
    with pytest.raises(ClientRefused, match="that the supplier's assertions are signed by"):
        call(make(signer=ready(time)).direct())
    assertions(hosts)


def test_both_certificates_are_held_to_the_environment(certificate, signer):
    issued = oces.authority("production").issue(key=oces.key_of("signer"))
    production = Certificate.from_p12(issued.p12(), password="")
    for given in [(certificate, production), (production, signer)]:
        with pytest.raises(WrongEnvironment):
            SignedAssertionCredential(PRODUCTION, certificate=given[0], signer=given[1])


def test_a_signer_that_expires_while_the_program_runs(make, call, hosts, time, caplog):
    today = datetime.fromtimestamp(time.wall, UTC).replace(microsecond=0)
    issued = oces.authority().issue(
        key=oces.key_of("signer"), not_before=today, not_after=today + timedelta(days=31)
    )
    ageing = Certificate.from_p12(issued.p12(), password="")
    credential = make(signer=ageing)
    time.pass_(2 * 86400)
    with pytest.warns(CertificateExpiresSoon, match="in 28 days") as caught:
        make(signer=ageing)
    assert caught[0].filename == __file__
    call(credential.direct())
    assert "(CVR 30808460) expires in 28 days" in caplog.text
    time.pass_(30 * 86400)
    with pytest.raises(CertificateExpired):
        call(credential.direct())
    assert len(hosts.logins) == len(assertions(hosts)) == 1


def test_repr_shows_no_secret(make):
    assert repr(make()) == "<SignedAssertionCredential prøve cvr=30808460>"


@pytest.mark.parametrize("duplicate", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_can_not_be_pickled_or_copied(make, duplicate):
    with pytest.raises(TypeError, match="A SignedAssertionCredential can't be pickled or copied"):
        duplicate(make())


class TestEnvFile:
    """The sandbox's .env file, or one written by hand."""

    @pytest.fixture
    def write(self, tmp_path, p12, password):
        signing = canary("skovjordbær-Ø12", "the signer's password")
        issued = oces.authority().issue(cvr="12345674", key=oces.key_of("signer"))
        (tmp_path / "signer.p12").write_bytes(issued.p12(signing))
        (tmp_path / "anmelder.p12").write_bytes(p12.read_bytes())

        def write(**changes):
            settings = {
                "AUTH_URL": "https://sysauth.example",
                "EXCHANGE_URL": "https://auth.example",
                "API_URL": "https://api.example",
                "AUTH_CERT": "anmelder.p12",
                "AUTH_CERT_PASSWORD": password,
                "AUTH_SIGNER_CERT": "signer.p12",
                "AUTH_SIGNER_PASSWORD": signing,
            } | changes
            lines = [f"{key}='{value}'\n" for key, value in settings.items() if value is not None]
            (tmp_path / ".env").write_text("".join(lines), encoding="utf-8")
            return tmp_path / ".env"

        return write

    def test_it_makes_a_credential(self, write, call, hosts, signer):
        credential = SignedAssertionCredential.from_env_file(
            write(), name="sandbox", transport=hosts.transport
        )
        assert credential.environment.name == "sandbox"
        assert credential.certificate.cvr == "30808460"
        assert call(credential.direct())
        assert claims(hosts, signer)["iss"] == "12345674"

    def test_what_is_lacking_is_named(self, write):
        path = write(AUTH_SIGNER_CERT="", AUTH_SIGNER_PASSWORD=None)
        with pytest.raises(ConfigurationError) as caught:
            SignedAssertionCredential.from_env_file(path)
        assert str(caught.value) == (
            f"The env file {path} lacks AUTH_SIGNER_CERT, AUTH_SIGNER_PASSWORD."
        )
