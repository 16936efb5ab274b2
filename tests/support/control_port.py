"""Calling a running sandbox's control port as a program in any language would."""

import http.client
import json
from urllib.parse import urlsplit

__all__ = ["JSON", "ControlPort", "PortReply"]

JSON = {"Content-Type": "application/json"}


class PortReply:
    """What the port answered."""

    def __init__(self, answer):
        self.status = answer.status
        self.headers = answer.headers
        self.content = answer.read()

    @property
    def json(self):
        return json.loads(self.content)


class ControlPort:
    """The control port of a sandbox that runs."""

    def __init__(self, sandbox):
        address = urlsplit(sandbox.urls["control"])
        self.address = address.hostname, address.port

    def __call__(self, method, path, body=None, *, headers=JSON, content=None):
        connection = http.client.HTTPConnection(*self.address, timeout=10)
        if content is None and body is not None:
            content = json.dumps(body).encode()
        connection.request(method, path, content, headers)
        try:
            return PortReply(connection.getresponse())
        finally:
            connection.close()
