"""What a file is, seen from its first bytes: so that a wrong file gets a helpful error."""

import re

__all__ = ["not_pkcs12"]

_PEM_LABEL = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----")
_BASE64 = re.compile(rb"MI[A-Za-z0-9+/\s]+={0,2}\s*")
_JAVA = (
    "is a Java keystore. Convert it: keytool -importkeystore -srckeystore it "
    "-destkeystore new.p12 -deststoretype PKCS12"
)
_BEGINNINGS = {
    b"<": (
        "is HTML or XML: perhaps a login page, saved instead of the certificate. Download the "
        ".p12 file again."
    ),
    b"\xfe\xed\xfe\xed": _JAVA,
    b"\xce\xce\xce\xce": _JAVA,
    b"PK\x03\x04": "is a ZIP archive. Unpack it: the .p12 file may be inside.",
}
# PFX ::= SEQUENCE { version INTEGER (3), … } (RFC 7292, section 4)
_VERSION_3 = b"\x02\x01\x03"
_SEQUENCE = 0x30
_INDEFINITE = 0x80


def not_pkcs12(data: bytes) -> str | None:
    """Say why the bytes are no PKCS#12 file, and what to do; None if they look like one."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return "is empty. Export the certificate again."
    if pem := _PEM_LABEL.search(data[:4096]):
        return (
            f"is PEM text ({pem[1].decode().title()}), not PKCS#12. Open it with "
            "Certificate.from_pem, together with the key"
        )
    if _BASE64.fullmatch(start):
        return "is base64 text. Decode it first: base64 --decode < it > new.p12"
    for beginning, description in _BEGINNINGS.items():
        if start.startswith(beginning):
            return description
    return _wrong_der(data)


def _wrong_der(data: bytes) -> str | None:
    if data[0] != _SEQUENCE or len(data) < len(_VERSION_3):
        return "is not a PKCS#12 file. Give the .p12 or .pfx file from MitID Erhverv."
    first = data[1]
    width = first - _INDEFINITE if first > _INDEFINITE else 0
    content = 2 + width
    if data[content : content + len(_VERSION_3)] != _VERSION_3:
        return (
            "is DER, but not PKCS#12: perhaps a certificate without its key (.cer, .crt). Give "
            "the .p12 or .pfx file, which holds both."
        )
    if first != _INDEFINITE:
        length = int.from_bytes(data[2:content], "big") if width else first
        if len(data) < content + length:
            return (
                f"is cut short: {len(data)} of {content + length} bytes. Copy or download it again."
            )
    return None
