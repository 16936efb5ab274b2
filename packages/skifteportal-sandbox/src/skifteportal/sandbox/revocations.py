"""Certificates that are revoked while the sandbox runs: in the TLS handshake, and as signers of assertions."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import attrs
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, pkcs12

from skifteportal.sandbox.errors import Refused
from skifteportal.sandbox.folder import Folder
from skifteportal.sandbox.pki import Authority, revocation_list
from skifteportal.sandbox.subject import company_of, serial_number_of
from skifteportal.sandbox.sysauth_server import SysauthServer
from skifteportal.sandbox.trust import Trust

__all__ = ["Known", "Revocations"]

_NOT_FOUND: Final = 404


@attrs.frozen(kw_only=True)
class Known:
    """A certificate of the sandbox's folder.

    Attributes:
        name: Its file: ``anmelder.p12``.
        serial_number: SERIALNUMBER in its subject, which profiles know it by.
        company: CVR number of its company.
        revoked: Whether it was revoked.
        certificate: The certificate.
    """

    name: str
    serial_number: str
    company: str
    revoked: bool
    certificate: x509.Certificate = attrs.field(repr=False)


class Revocations:
    """Revokes certificates of the sandbox's folder, without a restart. Thread-safe.

    Args:
        folder: The folder.
        server: The login's server.
        trust: Judges the signers of assertions.
    """

    def __init__(self, folder: Folder, server: SysauthServer, trust: Trust) -> None:
        self._folder = folder
        self._server = server
        self._trust = trust
        self._first = trust.revoked
        self._guard = threading.Lock()
        self._read: dict[str, x509.Certificate] = {}
        self._revoked: dict[
            int, x509.Certificate
        ] = {}  # since the first start, by their serial numbers

    def certificates(self) -> list[Known]:
        """Return the folder's certificates, by name."""
        with self._guard:
            return self._known()

    def find(self, wanted: str) -> Known:
        """Return a certificate.

        Args:
            wanted: Its file (``anmelder.p12`` or ``anmelder``), or its SERIALNUMBER.

        Raises:
            Refused: There is no such certificate in the folder.
        """
        for known in self.certificates():
            if wanted in {known.name, known.name.removesuffix(".p12"), known.serial_number}:
                return known
        names = ", ".join(path.name for path in self._folder.certificate_files)
        problem = f"there is no such certificate: name one of {names}, or its SERIALNUMBER"
        raise Refused(problem, status=_NOT_FOUND, field="certificate")

    def revoke(self, wanted: str) -> Known:
        """Revoke a certificate: the next handshake with it ends with the alert certificate_revoked.

        Args:
            wanted: Its file, or its SERIALNUMBER.

        Raises:
            Refused: There is no such certificate in the folder.
        """
        found = self.find(wanted)
        if not found.revoked:
            with self._guard:
                certificate = found.certificate
                self._go_by({**self._revoked, certificate.serial_number: certificate})
        return self.find(wanted)

    def _go_by(self, revoked: dict[int, x509.Certificate]) -> None:
        """Refuse the folder's own revoked certificates and these, and close their connections."""
        self._revoked = revoked
        if not revoked:
            self._trust.revoked = self._first
            self._server.revoke(self._folder.revoked_file)
            return
        newer = revocation_list(
            self._authority(), revoked=[*self._first, *revoked.values()], now=datetime.now(UTC)
        )
        file = self._folder.write_revoked(newer.public_bytes(Encoding.PEM))
        self._trust.revoked = newer
        certificates = [one.public_bytes(Encoding.DER) for one in revoked.values()]
        self._server.revoke(file, certificates=certificates)

    @property
    def noted(self) -> str:
        """The X.509 serial numbers of what was revoked since the first start, with blanks between them."""
        return " ".join(str(serial) for serial in self._revoked)

    def prepared(self, note: str) -> Callable[[], None]:
        """Read what `noted` was, and return what revokes that, and nothing else; see `skifteportal.sandbox.kept.Kept`.

        What is not in the folder any more is passed over.

        Raises:
            ValueError: It never was that.
        """
        wanted = {int(serial) for serial in note.split()}

        def put() -> None:
            with self._guard:
                if wanted != self._revoked.keys():
                    known = [one.certificate for one in self._known()]
                    self._go_by(
                        {one.serial_number: one for one in known if one.serial_number in wanted}
                    )

        return put

    def _known(self) -> list[Known]:
        revoked = {entry.serial_number for entry in self._trust.revoked}
        return [
            Known(
                name=path.name,
                serial_number=serial_number_of(certificate),
                company=company_of(certificate) or "",
                revoked=certificate.serial_number in revoked,
                certificate=certificate,
            )
            for path in self._folder.certificate_files
            for certificate in [self._certificate(path.name)]
        ]

    def _certificate(self, name: str) -> x509.Certificate:
        found = self._read.get(name)
        if found is None:
            content = (self._folder.path / name).read_bytes()
            store = pkcs12.load_pkcs12(content, self._folder.password.encode())
            assert store.cert is not None  # noqa: S101 - the sandbox wrote the file
            found = self._read[name] = store.cert.certificate
        return found

    def _authority(self) -> Authority:
        content = self._folder.issuing_file.read_bytes()
        key = load_pem_private_key(content, password=None)
        assert isinstance(key, rsa.RSAPrivateKey)  # noqa: S101 - the folder's digests were compared
        return Authority(certificate=x509.load_pem_x509_certificate(content), key=key)
