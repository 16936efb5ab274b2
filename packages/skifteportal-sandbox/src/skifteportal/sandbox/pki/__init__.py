"""A certificate authority of our own that issues OCES3-shaped certificates: subject, issuer, extensions, signatures.

Nothing here is the state's: the keys are made on the machine, and only the sandbox trusts the root.
"""

from skifteportal.sandbox.pki.authority import Authority, make_issuing, make_root, revocation_list
from skifteportal.sandbox.pki.leaf import Company, organisation_certificate, server_certificate
from skifteportal.sandbox.pki.p12 import write_p12

__all__ = [
    "Authority",
    "Company",
    "make_issuing",
    "make_root",
    "organisation_certificate",
    "revocation_list",
    "server_certificate",
    "write_p12",
]
