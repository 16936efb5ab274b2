"""The contracts of compulsory dissolution: every operation of the list, and a call for every code."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from operation_lists import OPERATIONS

from portalgen.lint import lint
from portalgen.lint.view import Spec
from portalgen.yaml_file import read_yaml

SPECS = Path(__file__).parents[2] / "specs"
CODES = read_yaml(SPECS / "errors" / "tvangsoploesning.yaml")
DIRIGENT = "tvangsoploesning-dirigent"
KREDITOR = "tvangsoploesning-dirigent-kreditor"
LIKVIDATOR = "tvangsoploesning-dirigent-likvidator"
APIS = (DIRIGENT, KREDITOR, LIKVIDATOR)
# What a body must have. All else is optional: for most of it a code says what is missing.
REQUIRED = {
    DIRIGENT: {"erklaeringInput": ["selskabErAktivt", "harAktiver"]},
    KREDITOR: {
        "kravInput": ["beloeb", "endeligt"],
        "tilgodehavendeInput": ["beloeb", "udbetalt"],
        "henvendelseInput": ["emneord", "tekst"],
    },
    LIKVIDATOR: {
        "fristudsaettelseInput": ["fristId"],
        "erklaeringsanmodningInput": ["modtagere", "fristdato"],
        "tidligereLedelseInput": ["part"],
        "tidligereLedelseAendringInput": ["aktiv"],
        "medlikvidatoranmodningInput": ["likvidatorId"],
        "fratraedelserInput": ["fratraedelser"],
        "fratraedelseInput": ["likvidatorId"],
        "afslutningInput": ["udfald"],
        "bemaerkningInput": ["tekst", "fremhaevet"],
    },
}
SHARED_REQUIRED = {
    "partInput": ["type"],
    "dokumentReferenceInput": ["dokumentId", "filnavn", "navn"],
}
# What the sandbox's control port does for the court, and the codes that nothing else raises.
COURT = {
    "handling.kaeremaal.skrivelse.kaereafgift.mangelfuld": ["videresendKaeremaal"],
    "handling.kaeremaal.skrivelse.landsretten.mangelfuld": ["videresendKaeremaal"],
    "sag.opret.manglende.genoptagelsesfrist": ["opretSag"],
    "sag.retsbog.landsret.ikke.udfyldt.korrekt": ["tilfoejRetsbog"],
    "sag.retsbog.tilfoej.kaeremaal.ikke.fundet": ["tilfoejRetsbog"],
    "sag.status.afsluttet": ["opdaterSagStatus"],
}
# Two codes belong to henvendelse-dirigent, a contract of its own.
THREADS = {"getHenvendelseTraadForSag", "addHenvendelseForSag", "getHenvendelseDokumentFil"}


def read(api: str) -> Spec:
    document = read_yaml(SPECS / api / "1.0.0-reconstructed.yaml")
    return Spec(document=document, api={"provenance": "reconstructed"}, codes=CODES)


FILES = {api: read(api) for api in APIS}
each_file = pytest.mark.parametrize("api", APIS)


def schema_of_body(spec: Spec, operation_id: str) -> str:
    operation = next(o for o in spec.operations if o.id == operation_id)
    return spec.json_schema(operation.place["requestBody"]).ref or ""


@each_file
def test_a_file_has_no_findings(api):
    spec = FILES[api]
    assert lint(spec.document, api=spec.api, codes=CODES) == []


@each_file
def test_a_file_has_exactly_its_operations(api):
    assert sorted((o.id, o.method.upper(), o.path) for o in FILES[api].operations) == sorted(
        one.signature for one in OPERATIONS[api]
    )


def test_there_are_73_operations():
    assert {api: len(OPERATIONS[api]) for api in APIS} == {
        DIRIGENT: 16,
        KREDITOR: 12,
        LIKVIDATOR: 45,
    }


@each_file
def test_a_list_is_paged_and_sorted_as_the_list_says(api):
    expected = {one.id: one.paging for one in OPERATIONS[api]}
    spec = FILES[api]
    for operation in spec.operations:
        names = [spec.resolve(p)["name"].value for p in operation.place["parameters"].items()]
        assert tuple(names) == expected[operation.id], operation.id


@each_file
def test_a_post_answers_201_with_the_entity_and_a_delete_204_with_nothing(api):
    spec = FILES[api]
    for operation in spec.operations:
        (success,) = operation.successes
        expected = {"post": "201", "delete": "204"}.get(operation.method, "200")
        assert success.name == expected, operation.id
        content = spec.resolve(success)["content"].mapping
        assert bool(content) == (operation.method != "delete"), operation.id


def test_files_are_pdfs_with_their_names():
    found = [
        (operation.id, answer["headers"].has("Content-Disposition"))
        for spec in FILES.values()
        for operation in spec.operations
        for answer in [spec.resolve(operation.successes[0])]
        if "application/pdf" in answer["content"].mapping
    ]
    assert found == [
        ("getSagsdokumentFil", True),
        ("getBilagForKrav", True),
        ("getBilagForTilgodehavende", True),
    ]


@each_file
def test_only_ids_are_required_in_answers_and_the_listed_fields_in_bodies(api):
    required = {
        schema.name: schema["required"].value
        for schema in FILES[api].components["schemas"].members()
        if schema.has("required")
    }
    sent = {name: fields for name, fields in required.items() if name.endswith("Input")}
    assert sent == REQUIRED[api] | SHARED_REQUIRED
    assert all(fields == ["id"] for name, fields in required.items() if name not in sent)


@each_file
def test_a_body_has_a_schema_of_its_own_that_no_answer_uses(api):
    spec = FILES[api]
    for operation in spec.operations:
        body = schema_of_body(spec, operation.id)
        assert body.endswith("Input") == (operation.method in ("post", "put")), operation.id
        for success in operation.successes:
            schema = spec.json_schema(success)
            assert not (schema.ref or schema["items"].ref or "").endswith("Input")


def test_put_takes_what_post_takes_but_a_former_manager_stays_who_it_is():
    for api in APIS:
        ids = {operation.id for operation in FILES[api].operations}
        for update in sorted(i for i in ids if i.startswith("update")):
            add = update.replace("update", "add")
            same = schema_of_body(FILES[api], update) == schema_of_body(FILES[api], add)
            assert same == (update != "updateTidligereLedelse"), update


def test_what_two_files_share_stands_in_both_word_for_word():
    found = defaultdict(list)
    for spec in FILES.values():
        for kind in ("schemas", "parameters", "headers", "responses"):
            for part in spec.components[kind].members():
                found[kind, part.name].append(part.value)
    different = [name for name, values in found.items() if any(v != values[0] for v in values)]
    assert different == []
    everywhere = {name for (_, name), values in found.items() if len(values) == len(FILES)}
    assert {"part", "partInput", "adresse", "dokumentReference", "page", "sagId"} <= everywhere


def test_a_claim_may_be_of_nothing():
    krav = FILES[KREDITOR].components["schemas"]["kravInput"]["properties"]
    assert krav["beloeb"].value["minimum"] == 0
    assert not krav["beloeb"].has("exclusiveMinimum")
    assert krav["bilag"]["items"].value == {"type": "string", "format": "uuid"}


def test_there_are_57_codes():
    assert len(CODES) == 57
    assert Counter(code.partition(".")[0] for code in CODES) == {"handling": 37, "sag": 20}
    assert {code: e["operations"] for code, e in CODES.items() if e["side"] == "court"} == COURT


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_explained_and_named_by_the_operations_that_raise_it(code):
    entry = CODES[code]
    keys = {"text", "explanation", "action", "apis", "side", "operations"}
    assert set(entry) - {"keeps_optional", "note"} == keys
    assert entry["side"] in ("api", "court")
    for key in ("text", "explanation", "action"):
        assert entry[key] == " ".join(entry[key].split())
    assert all(re.search(r"[.!]$", entry[key]) for key in ("explanation", "action"))
    if entry["side"] == "api":
        # Every API has an operation that raises it, and every operation is one of these APIs'.
        raised = {
            api: set(entry["operations"])
            & ({o.id for o in FILES[api].operations} if api in FILES else THREADS)
            for api in entry["apis"]
        }
        assert all(raised.values())
        assert set().union(*raised.values()) == set(entry["operations"])


def test_what_any_step_of_the_case_can_raise_names_every_write():
    writes = {
        operation.id
        for api in (DIRIGENT, LIKVIDATOR)
        for operation in FILES[api].operations
        if operation.method != "get"
    }
    assert set(CODES["handling.mapning.fejlet"]["operations"]) == writes
    assert set(CODES["sag.allerede.afsluttet"]["operations"]) == writes - {"addKaeremaal"}
    closed = set(CODES["sag.registrering.sag.afsluttet"]["operations"])
    filing = {o.id for o in FILES[KREDITOR].operations if o.method != "get"}
    assert closed == filing - {"addHenvendelse"}


def test_every_registering_call_has_a_code_of_its_own():
    raised = {name for entry in CODES.values() for name in entry["operations"]}
    writes = {o.id for spec in FILES.values() for o in spec.operations if o.method != "get"}
    assert writes - raised == {"addHenvendelse"}
