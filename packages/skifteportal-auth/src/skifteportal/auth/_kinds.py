"""Checking the kinds of what a user gives, who may not use a type checker."""

from skifteportal.auth.certificate import Certificate
from skifteportal.core.environments import Environment
from skifteportal.core.errors import ConfigurationError

__all__ = ["check_kinds"]


def check_kinds(environment: object, certificate: object) -> None:
    """Look at what every credential is made of.

    Args:
        environment: Must be an Environment.
        certificate: Must be a Certificate.

    Raises:
        ConfigurationError: One is of another kind.
    """
    if not isinstance(environment, Environment):
        raise ConfigurationError(
            "environment must be an Environment, such as TEST or PRODUCTION, not "
            f"{type(environment).__name__}."
        )
    if not isinstance(certificate, Certificate):
        raise ConfigurationError(
            "certificate must be a Certificate, such as Certificate.from_p12(path, password=…), not "
            f"{type(certificate).__name__}."
        )
