"""Talking to a running sandbox's control port: for the commands."""

import contextlib
import http.client
import json
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from skifteportal.sandbox.answers import json_answer
from skifteportal.sandbox.errors import NoSandbox, Refused

__all__ = ["ControlClient"]

_NAME: Final = "CONTROL_URL="
_FAILED: Final = 400
_SECONDS: Final = 600.0  # a million claims take their time


class ControlClient:
    """A running sandbox's control port, found by its folder.

    Args:
        folder: The sandbox's folder, whose `.env` has the address.

    Raises:
        NoSandbox: The folder names no control port.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            lines = (folder / ".env").read_text("utf-8").splitlines()
        except FileNotFoundError:
            raise NoSandbox(folder, "there is no .env in it") from None
        except OSError as error:
            raise NoSandbox(folder, f"its .env cannot be read ({error.strerror})") from None
        except UnicodeDecodeError:
            raise NoSandbox(folder, "its .env is damaged") from None
        urls = [line.removeprefix(_NAME) for line in lines if line.startswith(_NAME)]
        if not urls:
            raise NoSandbox(folder, "its .env has no CONTROL_URL")
        self.url = urls[0]

    @contextlib.contextmanager
    def ask(
        self,
        method: str,
        path: str,
        content: bytes | Iterable[bytes] | None = None,
    ) -> Generator[http.client.HTTPResponse]:
        """Ask for something, and give the answer to read from, if it is no refusal.

        Args:
            method: HTTP method.
            path: Path and query.
            content: The JSON to send, whole or in pieces.

        Raises:
            NoSandbox: Nothing listens there, what listens is no sandbox, or it stopped.
            Refused: The portal or the court refused.
        """
        headers = {} if content is None else {"Content-Type": "application/json"}
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(
            address.hostname or "", address.port, timeout=_SECONDS
        )
        try:
            connection.request(method, path, content, headers, encode_chunked=True)
            answer = connection.getresponse()
            if answer.status >= _FAILED:
                raise _refused(json.loads(answer.read()), answer.status)
            yield answer
        except (OSError, http.client.HTTPException, ValueError, KeyError):
            problem = f"nothing at {self.url} answers as a sandbox does"
            raise NoSandbox(self._folder, problem) from None
        finally:
            connection.close()

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Call a path, and return the answer's JSON.

        Args:
            method: HTTP method.
            path: The path.
            body: The body; of a GET the query.

        Raises:
            NoSandbox: Nothing listens there, or what listens is no sandbox.
            Refused: The portal or the court refused.
        """
        given = dict(body or {})
        content = None if method == "GET" else json_answer(200, given).body
        if content is None and given:
            path += f"?{urlencode(given)}"
        with self.ask(method, path, content) as answer:
            return json.loads(answer.read())


def _refused(said: Mapping[str, Any], status: int) -> Refused:
    return Refused(said["message"], status=status, code=said.get("code"), field=said.get("field"))
