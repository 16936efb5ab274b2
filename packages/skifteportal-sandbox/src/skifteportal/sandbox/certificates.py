"""The keys and certificates of one sandbox: made once, when its folder is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from skifteportal.sandbox.pki import (
    Authority,
    Company,
    make_issuing,
    make_root,
    organisation_certificate,
    revocation_list,
    server_certificate,
    write_p12,
)
from skifteportal.sandbox.seed import companies

__all__ = ["Certificates", "make_certificates"]

_OCES_BITS: Final = 3072  # as OCES3's leaves and issuing authority have
_SMALL_BITS: Final = (
    2048  # for what nobody measures: the real root has 4096, which takes seconds to make
)
_YESTERDAY: Final = timedelta(days=1)
_FOUR_YEARS: Final = timedelta(days=4 * 365)


@attrs.frozen(kw_only=True, repr=False)
class Certificates:
    """What goes into a sandbox's folder.

    Attributes:
        files: Content by file name.
        valid_until: When the first of those that ought to be valid runs out.
    """

    files: dict[str, bytes]
    valid_until: datetime


def _pem_key(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def make_certificates(*, now: datetime, password: str) -> Certificates:
    """Make the authorities, the servers' certificate and the .p12 files, good and bad.

    Args:
        now: The present, aware.
        password: Of every .p12 file.
    """
    # Making RSA keys is what takes the time, and threads don't help: it holds the interpreter's lock.
    root_key, foreign_key, token_key = (_rsa_key(_SMALL_BITS) for _ in range(3))
    # Of the certificates only the first company's has a key of its own: the others differ in what they say.
    issuing_key, own_key, other_key, bad_key = (_rsa_key(_OCES_BITS) for _ in range(4))
    root = make_root(root_key, now=now)
    issuing = make_issuing(issuing_key, root=root, now=now)
    own, *others = companies()

    def issue(
        company: Company,
        key: rsa.RSAPrivateKey,
        *,
        by: Authority = issuing,
        start: datetime = now - _YESTERDAY,
    ) -> x509.Certificate:
        return organisation_certificate(company, key.public_key(), issuer=by, not_before=start)

    def p12(
        company: Company,
        key: rsa.RSAPrivateKey,
        leaf: x509.Certificate,
        above: Sequence[x509.Certificate] = (issuing.certificate, root.certificate),
    ) -> bytes:
        return write_p12(company.certificate_name, key, (leaf, *above), password=password)

    def bad(
        by: Authority = issuing,
        start: datetime = now - _YESTERDAY,
        above: Sequence[Authority] = (issuing, root),
    ) -> tuple[x509.Certificate, bytes]:
        leaf = issue(own.company, bad_key, by=by, start=start)
        return leaf, p12(own.company, bad_key, leaf, [one.certificate for one in above])

    good = issue(own.company, own_key)
    revoked, revoked_p12 = bad()
    foreign = make_root(foreign_key, now=now, common_name="Fremmed rod-CA")
    real = make_root(foreign_key, now=now, production=True)
    real_issuing = make_issuing(foreign_key, root=real, now=now, production=True)
    server_key = ec.generate_private_key(ec.SECP256R1())
    server = server_certificate(server_key.public_key(), issuer=root, now=now)
    files = {
        "ca.pem": root.certificate.public_bytes(Encoding.PEM),
        "crl.pem": revocation_list(issuing, revoked=[revoked], now=now).public_bytes(Encoding.PEM),
        "server.pem": _pem_key(server_key) + server.public_bytes(Encoding.PEM),
        "token-key.pem": _pem_key(token_key),
        "issuing-ca.pem": issuing.certificate.public_bytes(Encoding.PEM),
        "issuing.pem": _pem_key(issuing_key) + issuing.certificate.public_bytes(Encoding.PEM),
        f"{own.file}.p12": p12(own.company, own_key, good),
        **{
            f"{one.file}.p12": p12(one.company, other_key, issue(one.company, other_key))
            for one in others
        },
        "udloebet.p12": bad(start=now - _FOUR_YEARS)[1],
        "tilbagekaldt.p12": revoked_p12,
        "fremmed_ca.p12": bad(by=foreign, above=(foreign,))[1],
        "produktion.p12": bad(by=real_issuing, above=(real_issuing, real))[1],
    }
    return Certificates(
        files=files, valid_until=min(server.not_valid_after_utc, good.not_valid_after_utc)
    )
