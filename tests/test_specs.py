"""The contracts in specs/: complete, true to their sources, and without a finding."""

import hashlib
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from operation_lists import ADDED_IN_1_4, DOEDSBO, OPERATIONS

from portalgen.lint import lint
from portalgen.lint.view import Spec
from portalgen.yaml_file import read_yaml
from skifteportal.core.pdf import PdfRule

SPECS = Path(__file__).parents[1] / "specs"
REGISTRY = tomllib.loads((SPECS / "portal.toml").read_text())
API = REGISTRY["apis"]["doedsbojournal"]
FILE = SPECS / "doedsbojournal" / "1.3.0-reconstructed.yaml"
CODES = read_yaml(SPECS / "errors" / "doedsbo.yaml")
# Operations of the next minor version and another API, and of the court's own side.
NEXT_MINOR = {
    "addAktiv",
    "updateAktiv",
    "addBilagForAktiv",
    "addProformaopgoerelse",
    "addBilagForProformaopgoerelse",
    "addV2",  # the document store's, by assumption
}
COURT = {
    "opretBo",
    "udlever",
    "opdaterBobehandling",
    "modtagESagsskridt",
    "afgoerForespoergsel",
    "registrerForAnmelder",
}


@pytest.fixture(scope="module")
def spec():
    return Spec(document=read_yaml(FILE), api=API, codes=CODES)


def test_the_reconstructed_file_has_no_findings(spec):
    assert lint(spec.document, api=API, codes=CODES) == []


def test_it_has_exactly_the_operations_of_its_version(spec):
    expected = {one.signature for one in OPERATIONS[DOEDSBO] if one not in ADDED_IN_1_4}
    assert {(o.id, o.method.upper(), o.path) for o in spec.operations} == expected


def test_what_is_known_of_the_official_file_stands_as_it_does_there(spec):
    document = spec.document
    assert document["openapi"] == "3.0.3"
    assert document["info"]["title"] == "Api til dødsbojournaler"
    assert document["info"]["version"] == "1.3.0"
    assert [server["url"] for server in document["servers"]] == [
        "https://api.domstol.dk",
        "https://api.test-minskiftesag.net",
    ]
    official = {o.id for o in spec.operations if o.place["x-provenance"].value == "official"}
    assert official == {"searchBo", "findChangedSince"}


def test_only_ids_are_required_in_answers(spec):
    required = {
        name: schema["required"]
        for name, schema in spec.components["schemas"].mapping.items()
        if "required" in schema
    }
    sent = {"doedsbojournalAendringer", "partInput", "kravInput", "tilgodehavendeInput"}
    assert all(names == ["id"] for schema, names in required.items() if schema not in sent)
    assert required["kravInput"] == ["beloeb", "endeligt"]


def test_a_download_is_a_pdf_with_its_name_and_an_upload_must_bring_one(spec):
    operations = {operation.id: operation for operation in spec.operations}
    for kind in ("Krav", "Tilgodehavende", "Effektfortegnelse", "Forespoergsel"):
        answer = spec.resolve(operations[f"getBilagFor{kind}"].place["responses"]["200"])
        assert set(answer["content"].mapping) == {"application/pdf"}
        assert answer["headers"].has("Content-Disposition")
        upload = operations[f"addBilagFor{kind}"]
        assert upload.successes[0].name == "201"
        name = spec.resolve(upload.parameters[-1])
        assert (name["name"].value, name["in"].value) == ("Content-Disposition", "header")
        assert name["required"].value is True


@pytest.mark.parametrize("name", REGISTRY["apis"])
def test_the_registry_names_the_file_that_is_there(name):
    entry = REGISTRY["apis"][name]
    file = SPECS / name / f"{entry['version']}-reconstructed.yaml"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"]
    assert entry["provenance"] == "reconstructed"


def test_each_api_takes_the_token_that_the_guide_gives_it():
    assert {name: entry["token"] for name, entry in REGISTRY["apis"].items()} == {
        "doedsbojournal": "direct",
        "tvangsoploesning-dirigent": "either",
        "tvangsoploesning-dirigent-kreditor": "direct",
        "tvangsoploesning-dirigent-likvidator": "delegated",
        "henvendelse": "delegated",
        "henvendelse-dirigent": "delegated",
        "sagslager": "either",
        "dokument-lager-ekstern": "either",
        "person": "either",
        "virksomhed": "either",
        "adresse": "either",
        "retskreds": "open",
    }


def test_there_are_41_codes_and_f40_is_none_of_them():
    assert list(CODES) == [f"doedsbo.f{n}" for n in range(1, 43) if n != 40]
    assert Counter(entry["side"] for entry in CODES.values()) == {"api": 22, "court": 19}


def test_every_rule_for_pdf_documents_has_one_code():
    rules = [rule for entry in CODES.values() for rule in entry.get("pdf_rules", ())]
    assert sorted(rules) == sorted(PdfRule)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_explained_and_named_by_the_operations_that_raise_it(code, spec):
    entry = CODES[code]
    assert set(entry) - {"keeps_optional", "note", "pdf_rules"} == {
        "text",
        "explanation",
        "action",
        "apis",
        "side",
        "operations",
    }
    for key in ("text", "explanation", "action"):
        assert entry[key].strip() == entry[key]
        assert "\n" not in entry[key]
    assert re.search(r"[.!]$", entry["explanation"])
    pdf_rule = code in {"doedsbo.f18", "doedsbo.f24", "doedsbo.f25", "doedsbo.f29"}
    assert ("pdf_rules" in entry) is pdf_rule
    assert entry["apis"] == ["doedsbojournal", *(["dokument-lager-ekstern"] if pdf_rule else [])]
    ours = {operation.id for operation in spec.operations} | NEXT_MINOR
    assert entry["operations"]
    assert set(entry["operations"]) <= ours | COURT
    if entry["side"] == "api":
        assert set(entry["operations"]) <= ours
    else:
        assert set(entry["operations"]) & COURT
