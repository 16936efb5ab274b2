"""Whatever the control port's commands and the court are told, they do it or refuse it with what is wrong."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portal_in_memory import (
    EXAMPLE_CASE,
    GUIDE_ESTATE,
    HANDED_ON_CASE,
    IONE_KOSS,
    LIQUIDATOR,
    MANAGER,
    NEW_CASE,
    OTHER_LIQUIDATOR,
)

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.control import Control
from skifteportal.sandbox.control.commands import COMMANDS
from skifteportal.sandbox.court import COURT
from skifteportal.sandbox.errors import SandboxError

ALL = (*COMMANDS, *COURT.values())
GOOD = [
    *(EXAMPLE_CASE, NEW_CASE, HANDED_ON_CASE, GUIDE_ESTATE, IONE_KOSS, LIQUIDATOR),
    *("2026-02-01", "2026-01-01T00:00:00Z", "4634875520", "6101010000", "90000011", "11111111"),
    *("1183", "anmelder.p12", "addKrav", "doedsbo.f21", "8w", "5/s", "x", "", "0", "\ud800"),
    *(0, 1, -1, 0.5, 10**20, True, None, [], {}, MANAGER, [MANAGER]),
    {"darId": "9369a624-757a-4a37-ad06-b7c0d84228bf"},
]
LIKELY = {
    "at": ["2026-02-01", "2026-02-01T10:00:00Z"],
    "by": ["8w", 60, 1.5],
    "cprNummer": ["7309514074", "4634875520", "6101010000"],
    "cvrNummer": ["90000011", "11111111", "90000051"],
    "adresse": [{"darId": "9369a624-757a-4a37-ad06-b7c0d84228bf"}],
    "retskredsId": ["1183", "1101", "none"],
    "operation": ["addKrav", "login", "*"],
    "code": ["doedsbo.f21"],
    "status": [503, 429],
    "cut": ["before", "body"],
    "certificate": ["UI:DK-O:G:46e7b1ab-6f3a-4a3b-9c55-000000000009"],
    "cases": [[EXAMPLE_CASE], []],
    "company": ["11111111", "90000001"],
    "client": ["anmelder", "11111111"],
    "limit": ["5/s", None],
    "likvidatorId": [LIQUIDATOR, OTHER_LIQUIDATOR],
    "modtager": [MANAGER, {"type": "ANDEN", "anden": "x"}],
    "kontaktperson": [{"part": MANAGER}],
    "bobestyrer": [{"part": MANAGER}],
    "beloeb": [1, 0, -1],
    "endeligt": [True],
    "claims": [0, 2],
    "estates": [0, 1],
}
VALUES = st.sampled_from(GOOD) | st.text(max_size=5) | st.lists(st.sampled_from(GOOD), max_size=2)


def fitting(schema, name=""):
    """Values that a schema may take, and some others."""
    ways = [VALUES]
    if name in LIKELY:
        ways += [st.sampled_from(LIKELY[name])] * 12
    if schema.get("format") == "date":
        ways += [st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(str)] * 6
    if "enum" in schema:
        ways += [st.sampled_from(schema["enum"])] * 3
    if schema.get("type") == "object":
        ways += [members(schema)] * 3
    if schema.get("type") == "array" and "items" in schema:
        ways += [st.lists(fitting(schema["items"]), max_size=2)] * 3
    return st.one_of(ways)


def members(schema):
    """Objects with what a schema needs, some of what it may have, and seldom something else."""
    known = {name: fitting(one, name) for name, one in schema.get("properties", {}).items()}
    needed = {name: known[name] for name in schema.get("required", ()) if name in known}
    rest = {name: way for name, way in known.items() if name not in needed}
    return st.fixed_dictionaries(needed, optional=rest) | st.dictionaries(
        st.sampled_from([*known, "other"]), VALUES, max_size=3
    )


def ids(described):
    """Values for what a path names."""
    names = [part[1:-1] for part in described.path.split("/") if part.startswith("{")]
    usual = {"doedsbojournalId": [GUIDE_ESTATE, IONE_KOSS], "sagId": [EXAMPLE_CASE, NEW_CASE]}
    kinds = ["fristudsaettelser", "redegoerelser", "nothing"]
    return st.fixed_dictionaries(
        {
            name: st.sampled_from(
                [*usual.get(name, [])] * 4 + (kinds if name == "anmodninger" else [LIQUIDATOR, "x"])
            )
            for name in names
        }
    )


CALLS = st.sampled_from(ALL).flatmap(
    lambda one: st.tuples(st.just(one), ids(one), members(one.schema))
)


@settings(
    max_examples=1000,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(call=CALLS)
def test_it_is_done_or_refused(portal, call):
    described, path, body = call
    control, told = Control(portal), []
    # Half a surrogate pair cannot come in JSON that was read.
    refused = (Fault, SandboxError, *((UnicodeEncodeError,) if "\\ud800" in repr(body) else ()))
    try:
        described.check(body, status=400)
        if described.name in COURT:
            told.append(control.court(described.name, body, **path))
        else:
            told.append(described.run(control, path, body))
    except refused as error:
        told.append(str(error))
    assert told[0] is not None
    assert told[0] != ""
