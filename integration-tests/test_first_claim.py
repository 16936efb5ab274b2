"""The journey that the product is for, over real mutual TLS: search, file, attach, receipt, read back, change."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from canaries import canary

from skifteportal.core import CallOptions, File, InvalidArgument, NotFound, read_env_file
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient
from skifteportal.doedsbojournal.models import (
    DoedsbojournalAendringer,
    DoedsbojournalQuery,
    KravInput,
    TilgodehavendeInput,
)

QUERY = DoedsbojournalQuery(
    cpr_nummer=canary("4634875520", "the CPR number of the guide's example")
)
NAME = "Faktura nr. 4711; varme på Ærø.pdf"


@pytest.fixture
def pdf(env_file):
    return (env_file.parent / "faktura.pdf").read_bytes()


@pytest.fixture
def bo(portal):
    return portal.search_bo(QUERY).first()


def test_a_claim_is_filed_attached_to_and_read_back(portal, bo, pdf):
    krav = portal.add_krav(
        bo.id, KravInput(beloeb=Decimal("1.10"), endeligt=False, titel="Varme <script>")
    )
    assert krav.kvittering.overskrift == "Dit krav er nu anmeldt "
    assert krav.beloeb.as_tuple() == Decimal("1.10").as_tuple()
    assert krav.titel == "Varme <script>"

    bilag = portal.add_bilag_for_krav(bo.id, krav.id, File.from_bytes(pdf, name=NAME))
    listed = portal.get_all_bilag_for_krav(bo.id, krav.id)
    assert [(b.id, b.filnavn) for b in listed] == [(bilag.id, NAME)]
    assert portal.get_bilag_for_krav(bo.id, krav.id, bilag.id).read() == pdf

    again = portal.get_krav(bo.id, krav.id)
    assert again.har_bilag
    assert [k.id for k in portal.get_all_krav(bo.id)] == [krav.id]


def test_a_download_is_saved_under_the_server_s_file_name(portal, bo, pdf, tmp_path):
    krav = portal.add_krav(bo.id, KravInput(beloeb=Decimal(5), endeligt=True))
    bilag = portal.add_bilag_for_krav(bo.id, krav.id, File.from_bytes(pdf, name="æøå.pdf"))
    saved = portal.get_bilag_for_krav(bo.id, krav.id, bilag.id).save(tmp_path)
    assert saved == tmp_path / "æøå.pdf"
    assert saved.read_bytes() == pdf


def test_a_claim_is_changed_and_withdrawn(portal, bo):
    krav = portal.add_krav(bo.id, KravInput(beloeb=Decimal("10.00"), endeligt=False))
    changed = portal.update_krav(bo.id, krav.id, KravInput(beloeb=Decimal("20.50"), endeligt=False))
    assert changed.beloeb == Decimal("20.50")
    assert portal.delete_krav(bo.id, krav.id) is None
    with pytest.raises(NotFound):
        portal.get_krav(bo.id, krav.id)


def test_a_receivable_paid_out_yesterday(portal, bo):
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 - the sandbox's clock is this machine's
    filed = portal.add_tilgodehavende(
        bo.id,
        TilgodehavendeInput(beloeb=Decimal("99.95"), udbetalt=True, udbetaltdato=yesterday),
    )
    assert filed.udbetaltdato == yesterday


def test_pages_iterate_themselves(portal, bo):
    filed = [
        portal.add_krav(bo.id, KravInput(beloeb=Decimal(n), endeligt=False)).id for n in range(1, 8)
    ]
    pages = portal.get_all_krav(bo.id, size=3)
    assert sorted(krav.id for krav in pages) == sorted(filed)
    assert pages.total() == 7


def test_changes_since_a_moment(portal, bo):
    changes = DoedsbojournalAendringer(
        doedsbojournal_ider=[bo.id], aendret_siden=bo.redigeringstidspunkt - timedelta(seconds=1)
    )
    assert [changed.id for changed in portal.find_changed_since(changes)] == [bo.id]


def test_raw_answer_and_request_id_are_within_reach(portal, bo):
    answers = []
    options = CallOptions(on_answer=answers.append)
    krav = portal.add_krav(
        bo.id, KravInput(beloeb=Decimal("1.10"), endeligt=False), options=options
    )
    (answer,) = answers
    assert answer.status == 201
    assert answer.request_id
    assert krav.id.encode() in answer.content
    assert b'"beloeb":1.10' in answer.content.replace(b" ", b"")


def test_progress_of_an_upload_is_told(portal, bo, pdf):
    krav = portal.add_krav(bo.id, KravInput(beloeb=Decimal(5), endeligt=True))
    told = []
    options = CallOptions(progress=lambda done, total: told.append((done, total)))
    portal.add_bilag_for_krav(
        bo.id, krav.id, File.from_bytes(pdf, name="faktura.pdf"), options=options
    )
    assert told[-1] == (len(pdf), len(pdf))


def test_a_float_is_refused_before_anything_is_sent(portal, bo):
    with pytest.raises(InvalidArgument, match="Decimal"):
        portal.add_krav(bo.id, KravInput(beloeb=0.1, endeligt=False))


@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
@pytest.mark.anyio
async def test_the_same_journey_asynchronously(credential, pdf, tmp_path, anyio_backend):
    async with AsyncDoedsbojournalClient(credential.direct()) as portal:
        bo = await portal.search_bo(QUERY).first()
        krav = await portal.add_krav(bo.id, KravInput(beloeb=Decimal("1.10"), endeligt=False))
        path = tmp_path / "faktura æøå.pdf"
        path.write_bytes(pdf)
        bilag = await portal.add_bilag_for_krav(bo.id, krav.id, path)
        assert await portal.get_bilag_for_krav(bo.id, krav.id, bilag.id).read() == pdf
        assert [k.id async for k in portal.get_all_krav(bo.id)] == [krav.id]


def test_the_example_s_cpr_number_is_the_guide_s(env_file):
    assert read_env_file(env_file)["EXAMPLE_CPR"] == QUERY.cpr_nummer
