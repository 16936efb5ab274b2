"""Which proxy calls go through, and what is wrong with it: without its address, which may hold a password."""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from skifteportal.core.errors import ConfigurationError

__all__ = ["check_proxy", "proxy_in_use", "proxy_settings_problem", "unusable"]

_SOCKS = frozenset({"socks5", "socks5h"})
_SCHEMES = frozenset({"http", "https"}) | _SOCKS
_OF_HTTPS = ("https", "all")  # in the order in which they count
_READ = (*_OF_HTTPS, "http")  # the HTTP library reads all of them, whatever is called
_WHOLE = re.compile(r"[^\s\x00-\x1f\x7f]*")


def check_proxy(proxy: object) -> None:
    """Look at a ``proxy`` argument.

    Args:
        proxy: A proxy's URL, or None.

    Raises:
        ConfigurationError: Nothing can be called through it.
    """
    if proxy is not None and (problem := _problem(proxy)):
        raise ConfigurationError(f"proxy {problem}.")


def proxy_settings_problem() -> str | None:
    """What is wrong with the proxies of the environment variables, or of the system; None if nothing can be seen."""
    for scheme, address in _settings().items():
        if problem := _problem(address if "://" in address else f"http://{address}"):
            return f"{_name(scheme)} {problem}"
    return None


def proxy_in_use(url: str, proxy: object = None) -> str | None:
    """What names the proxy that a call goes through: ``proxy=``, or a variable such as HTTPS_PROXY; None without one.

    Args:
        url: What is called; an https address.
        proxy: What was given as ``proxy``.
    """
    if proxy is not None:
        return "proxy="
    settings = _settings()
    scheme = next((scheme for scheme in _OF_HTTPS if scheme in settings), None)
    if scheme is None or proxy_bypass(urlsplit(url).hostname or ""):
        return None
    return _name(scheme)


def unusable(kind: str, proxy: object = None) -> str:
    """Why the HTTP library could make no client, in a sentence.

    Args:
        kind: The name of the class of what it raised.
        proxy: What was given as ``proxy``.
    """
    problem = None if proxy is not None else proxy_settings_problem()
    return (
        f"{problem}."
        if problem
        else f"The HTTP library can't use these settings ({kind}). Check the options given, and the variables "
        "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY."
    )


def _settings() -> dict[str, str]:
    found = getproxies()
    return {scheme: found[scheme] for scheme in _READ if found.get(scheme)}


def _name(scheme: str) -> str:
    """What the user set it by."""
    wanted = f"{scheme}_proxy"
    set_there = (name for name in os.environ if name.lower() == wanted)
    return next(set_there, "The system's proxy setting")


def _problem(address: object) -> str | None:
    """What is wrong with a proxy's address, to go on a sentence about it."""
    if not isinstance(address, str):
        return "must be a str, such as http://proxy.example:8080"
    try:
        parts = urlsplit(address)
        _ = parts.port  # reading it checks it
    except ValueError:
        return "is no address with a host and, if any, a port, such as http://proxy.example:8080"
    checks = {
        "is empty": address == "",
        "holds a space or a sign that can't be seen": not _WHOLE.fullmatch(address),
        (
            "must begin with http:// (https://, socks5:// or socks5h://), such as "
            "http://proxy.example:8080"
        ): parts.scheme not in _SCHEMES,
        "names no host": not parts.hostname,
        "is a SOCKS proxy, for which a package is missing: pip install socksio": (
            parts.scheme in _SOCKS and find_spec("socksio") is None
        ),
    }
    return next((problem for problem, bad in checks.items() if bad), None)
