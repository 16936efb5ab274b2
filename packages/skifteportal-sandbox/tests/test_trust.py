from datetime import UTC, datetime, timedelta

import pytest

from skifteportal.sandbox.pki import (
    make_issuing,
    make_root,
    organisation_certificate,
    revocation_list,
)
from skifteportal.sandbox.pki.leaf import Company
from skifteportal.sandbox.trust import Trust, Untrusted

NOW = datetime(2026, 1, 15, tzinfo=UTC)
COMPANY = Company(cvr="90000001", name="A/S", certificate_name="A/S", uuid="1")
STRANGER = "does not come from an authority that the portal knows"


@pytest.fixture(scope="module")
def chain(signing_key, other_key):
    root = make_root(signing_key, now=NOW)
    issuing = make_issuing(other_key, root=root, now=NOW)
    leaf = organisation_certificate(
        COMPANY, signing_key.public_key(), issuer=issuing, not_before=NOW
    )
    return root, issuing, leaf


@pytest.fixture
def trust(chain):
    root, issuing, _ = chain
    return Trust(root=root.certificate, revoked=revocation_list(issuing, revoked=[], now=NOW))


def test_a_chain_is_good_with_the_root_and_without(chain, trust):
    root, issuing, leaf = chain
    trust.check([leaf, issuing.certificate, root.certificate], moment=NOW)
    trust.check([leaf, issuing.certificate], moment=NOW)


def test_a_chain_with_a_link_missing_or_in_the_wrong_order_is_refused(chain, trust):
    root, issuing, leaf = chain
    for parts in ([leaf], [leaf, root.certificate], [issuing.certificate, leaf], [leaf, leaf]):
        with pytest.raises(Untrusted, match=STRANGER):
            trust.check(parts, moment=NOW)


def test_another_authoritys_certificate_is_refused_though_its_names_are_the_same(
    chain, trust, signing_key, other_key
):
    foreign = make_root(other_key, now=NOW)
    issuing = make_issuing(signing_key, root=foreign, now=NOW)
    leaf = organisation_certificate(
        COMPANY, signing_key.public_key(), issuer=issuing, not_before=NOW
    )
    for parts in ([leaf, issuing.certificate], [leaf, issuing.certificate, foreign.certificate]):
        with pytest.raises(Untrusted, match=STRANGER):
            trust.check(parts, moment=NOW)


def test_a_company_cannot_issue_certificates(chain, trust, signing_key):
    _, issuing, leaf = chain
    pretended = type(issuing)(certificate=leaf, key=signing_key)
    below = organisation_certificate(
        COMPANY, signing_key.public_key(), issuer=pretended, not_before=NOW
    )
    with pytest.raises(Untrusted, match=STRANGER):
        trust.check([below, leaf, issuing.certificate], moment=NOW)


def test_certificates_are_good_in_their_time_only(chain, trust):
    _, issuing, leaf = chain
    parts = [leaf, issuing.certificate]
    trust.check(parts, moment=leaf.not_valid_after_utc)
    with pytest.raises(Untrusted, match="has expired"):
        trust.check(parts, moment=leaf.not_valid_after_utc + timedelta(seconds=1))
    with pytest.raises(Untrusted, match="not valid yet"):
        trust.check(parts, moment=NOW - timedelta(seconds=1))


def test_a_revoked_certificate_is_refused(chain):
    root, issuing, leaf = chain
    trust = Trust(root=root.certificate, revoked=revocation_list(issuing, revoked=[leaf], now=NOW))
    with pytest.raises(Untrusted, match="was revoked"):
        trust.check([leaf, issuing.certificate], moment=NOW)
    trust.check([issuing.certificate], moment=NOW)
