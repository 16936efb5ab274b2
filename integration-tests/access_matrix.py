"""The access matrix: every operation of all APIs, called by each caller that has no business there.

Beside each answer stands what the guide gives it (`access_expected.py`): 401 without a good token (3.1), 403 for a token
of the wrong kind (4.4) or a key of the wrong case area (2.2), and for who has no relation to the case an empty list, an
object that is not there, or a refused write (2.6, 4.4). Run it to see the table; 1 if an answer is not as expected.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import attrs

from access_expected import WHO, expected
from skifteportal import specs
from skifteportal.sandbox import Client, ManualClock, Portal, Request
from skifteportal.sandbox.answers import json_object
from skifteportal.sandbox.callers import caller_for
from skifteportal.sandbox.case_areas import AREA_OF
from skifteportal.sandbox.oas import resolve
from skifteportal.sandbox.pdf_page import one_page_pdf
from skifteportal.sandbox.routing import Operation, operations
from skifteportal.sandbox.seed import EXAMPLE_DAR, EXAMPLE_PERSON
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_CASE, EXAMPLE_PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from skifteportal.sandbox.tokens import Caller

ISSUER = "https://sysauth.sandbox.test"
STRANGER = "90000003"
ANOTHER_PROFILE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3002"
HANDED_ON_CASE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f1004"
PARENTS = {
    "doedsbojournalId": "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0002",
    "sagId": EXAMPLE_CASE,
    "personId": EXAMPLE_PERSON,
    "cvrNummer": "90000011",
    "darId": EXAMPLE_DAR,
}
KNOWN_COMPANY = {"cvrNummer": "90000011"}
"""Searched for in place of the specification's example, whose company the sandbox does not have."""

DOCUMENTS = {"bilag", "dokumenter"}
OTHER_AREA = {"doedsbo": "tvangsoploesning", "tvangsoploesning": "doedsbo"}
NOBODYS = "00000000-0000-4000-8000-000000000000"
PDF = one_page_pdf("Bilag")
EMPTY = b"[]"


class Row(NamedTuple):
    """One operation: what each caller is to get, and gets."""

    api: str
    operation: str
    expected: Mapping[str, str]
    got: Mapping[str, str]

    @property
    def differs(self) -> list[str]:
        """The callers that get something else."""
        return [who for who in WHO if self.expected[who] != self.got[who]]


class Matrix:
    """A portal with things of the owner's in it, and everybody who asks for them."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        keys = [Client(id=area, secret="", areas=(area,)) for area in OTHER_AREA]
        self.portal = Portal(clients=keys, issuer=ISSUER, clock=self.clock)
        self.stranger_portal = Portal(clients=keys, issuer=ISSUER, clock=self.clock)
        self.kinds = {api: entry["token"] for api, entry in specs.registry()["apis"].items()}
        self.operations = [one for api in specs.apis() for one in operations(api, specs.spec(api))]

    def rows(self) -> Iterator[Row]:
        """Call every operation as everybody."""
        for operation in self.operations:
            got = {who: self.ask(operation, who) for who in WHO}
            token = self.kinds[operation.api]
            wanted = expected(
                operation.api,
                operation.id,
                token=token,
                area=operation.api in AREA_OF,
                former=token != "direct",
            )
            yield Row(operation.api, operation.id, wanted, got)

    def ask(self, operation: Operation, who: str) -> str:
        """Return what a caller gets: the status, and ``[]`` for an empty list; ``-`` where there is no such caller."""
        token = self.token(operation, who)
        if token is None:
            return "-"
        self.portal.reset()
        lifetime = timedelta(seconds=self.portal.settings.token_seconds + 1)
        ids = self.made_by_the_owner(operation, former=who == "former liquidator")
        if who == "expired":
            self.clock.moment += lifetime
        answer = self.call(operation, token, ids)
        if who == "expired":
            self.clock.moment -= lifetime
        return f"{answer.status} []" if answer.body == EMPTY else str(answer.status)

    def token(self, operation: Operation, who: str) -> str | None:
        """The token that a caller sends; empty for none at all, None where there can be no such caller."""
        caller = self.caller(operation, who)
        if caller is None or who == "no token":
            return None if caller is None else ""
        portal = self.stranger_portal if who == "wrong signer" else self.portal
        return portal.access_token(caller)

    def caller(self, operation: Operation, who: str) -> Caller | None:
        """Who asks; None where there can be no such caller."""
        kind, area = self.kinds[operation.api], AREA_OF.get(operation.api)
        delegated = kind == "delegated"
        usual = caller_for(self.portal, profile=EXAMPLE_PROFILE if delegated else "")
        other = caller_for(self.portal, profile="" if delegated else EXAMPLE_PROFILE)
        firm = caller_for(self.portal, company=STRANGER)
        callers: dict[str, Caller | None] = {
            "wrong kind": None if kind == "either" else other,
            "wrong case area": attrs.evolve(usual, client=OTHER_AREA[area or "doedsbo"]),
            "stranger": caller_for(self.portal, profile=ANOTHER_PROFILE) if delegated else firm,
            "former liquidator": caller_for(self.portal, profile=EXAMPLE_PROFILE),
        }
        if (who == "wrong case area" and area is None and kind != "open") or (
            who == "former liquidator" and kind == "direct"
        ):
            return None
        return callers.get(who, usual)

    def made_by_the_owner(self, operation: Operation, *, former: bool) -> dict[str, str]:
        """Make, or find, what the operation's path names, as its owner; what cannot be had is nobody's id."""
        ids = dict(PARENTS)
        if former:
            ids |= {"sagId": HANDED_ON_CASE, "cvrNummer": "90000041"}
        profile = ANOTHER_PROFILE if former else EXAMPLE_PROFILE
        kind = self.kinds[operation.api]
        owner = self.portal.access_token(
            caller_for(self.portal, profile="" if kind in {"direct", "open"} else profile)
        )
        parts = operation.path.split("/")
        for number, part in enumerate(parts):
            name = part[1:-1]
            if part.startswith("{") and name not in ids:
                ids[name] = self.one_of(operation.api, "/".join(parts[:number]), owner, ids)
        return ids

    def one_of(self, api: str, path: str, owner: str, ids: Mapping[str, str]) -> str:
        """The id of an entry of a collection: one that is made, or else one that is there."""
        found = [one for one in self.operations if one.api == api and one.path == path]
        for method in ("POST", "GET"):
            for operation in found:
                if operation.method == method:
                    said: Any = json.loads(self.call(operation, owner, ids).body or b"null")
                    first: list[Any] = (
                        cast("list[Any]", said)[:1] if isinstance(said, list) else [said]
                    )
                    for entry in first:
                        if (json_object(entry) or {}).get("id"):
                            return str(entry["id"])
        return NOBODYS

    def call(self, operation: Operation, token: str, ids: Mapping[str, str]) -> Any:
        """Call an operation with the example of its specification."""
        headers = [("Authorization", f"Bearer {token}")] if token else []
        body = b""
        described = resolve(operation.document, operation.node.get("requestBody"))
        if described is not None:
            kind = next(iter(described["content"]))
            headers += [("Content-Type", kind), ("Content-Disposition", 'filename="bilag.pdf"')]
            body = PDF
            if kind == "application/json":
                body = json.dumps(
                    about(example(operation, described["content"][kind]), ids)
                ).encode()
        target = operation.path.format_map(ids)
        return self.send(
            Request(
                role="api",
                method=operation.method,
                target=target,
                headers=tuple(headers),
                body=body,
            )
        )

    def send(self, request: Request) -> Any:
        """Ask the portal."""
        return self.portal.handle(request)


def example(operation: Operation, media: Mapping[str, Any]) -> Any:
    """The example that the specification gives of a body."""
    if operation.id == "soegVirksomheder":
        return KNOWN_COMPANY
    if "example" in media:
        return media["example"]
    if "examples" in media:
        return next(iter(media["examples"].values()))["value"]
    return resolve(operation.document, media["schema"]).get("example")


def about(body: Any, ids: Mapping[str, str]) -> Any:
    """The example, about the case and company that are asked about."""
    found = json_object(body)
    if found is None:
        return body
    return without_documents({name: ids.get(name, value) for name, value in found.items()})


def without_documents(body: Any) -> Any:
    """The example without documents, which the store does not have."""
    found = json_object(body)
    if found is not None:
        kept = {name: value for name, value in found.items() if name not in DOCUMENTS}
        return {name: without_documents(value) for name, value in kept.items()}
    if isinstance(body, list):
        return [without_documents(one) for one in cast("list[Any]", body)]
    return body


def main() -> int:
    """Print the table."""
    different = 0
    print(f"{'':70}" + "".join(f"{who:20}" for who in WHO))
    for row in Matrix().rows():
        cells = [
            row.got[who] if who not in row.differs else f"{row.got[who]} NOT {row.expected[who]}"
            for who in WHO
        ]
        print(f"{row.api + ' ' + row.operation:70}" + "".join(f"{cell:20}" for cell in cells))
        different += len(row.differs)
    print(f"\n{different} answers are not as expected.")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
