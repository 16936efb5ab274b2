"""Receipts: each is handed over, and none is lost silently."""

import pickle
from datetime import UTC, datetime
from types import SimpleNamespace

import attrs
import pytest

from skifteportal.core import DecodeError, Model, Receipt, ReceiptNotKept
from skifteportal.core.model import Field
from skifteportal.core.shapes import STRING, ListOf, ModelOf

CREATED = '{"id":"k1","kvittering":{"kode":"K1","overskrift":"Anmeldt","indhold":"Ione Koss"}}'


@attrs.define(kw_only=True, repr=False)
class Kvittering(Model):
    __fields__ = (
        Field("kode", "kode", STRING),
        Field("overskrift", "overskrift", STRING),
        Field("indhold", "indhold", STRING),
    )
    kode: str | None = None
    overskrift: str | None = None
    indhold: str | None = None


@attrs.define(kw_only=True, repr=False)
class Krav(Model):
    __fields__ = (
        Field("id", "id", STRING),
        Field("kvittering", "kvittering", ModelOf("receipt_models:Kvittering")),
    )
    id: str | None = None
    kvittering: Kvittering | None = None


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    import sys

    models = SimpleNamespace(Krav=Krav, Kvittering=Kvittering)
    monkeypatch.setitem(sys.modules, "receipt_models", models)


@pytest.fixture
def add_krav(make_operation):
    return make_operation("POST", id="addKrav", answer=ModelOf("receipt_models:Krav"))


@pytest.fixture
def kept():
    return []


def test_a_receipt_is_handed_over_with_what_tells_whose_it_is(world, portal, clock, add_krav, kept):
    portal.answers((201, CREATED, {"X-Request-Id": "their-id"}))
    krav = world.call(add_krav, client={"on_receipt": kept.append})
    assert krav.id == "k1"
    assert kept == [
        Receipt(
            operation="addKrav",
            entity_id="k1",
            kvittering=Kvittering(kode="K1", overskrift="Anmeldt", indhold="Ione Koss"),
            received=datetime.fromtimestamp(clock.now + 1_700_000_000, UTC),
            request_id="their-id",
        )
    ]
    assert repr(kept[0]) == "<Receipt of addKrav, k1 [request id their-id]>"


def test_without_their_id_it_has_ours(world, portal, add_krav, kept):
    portal.answers((201, CREATED))
    world.call(add_krav, client={"on_receipt": kept.append})
    assert kept[0].request_id == portal.request.headers["X-Request-Id"]


@pytest.mark.parametrize("more", [{"method": "GET"}, {"method": "PUT"}, {"repeatable": True}])
def test_only_a_create_gives_one(world, portal, add_krav, kept, more):
    portal.answers((200, CREATED))
    world.call(attrs.evolve(add_krav, **more), client={"on_receipt": kept.append})
    assert kept == []


@pytest.mark.parametrize("content", ['{"id":"k1"}', '{"id":"k1","kvittering":null}'])
def test_an_answer_without_one_gives_none(world, portal, add_krav, kept, content):
    portal.answers((201, content))
    world.call(add_krav, client={"on_receipt": kept.append})
    world.call(attrs.evolve(add_krav, answer=None), client={"on_receipt": kept.append})
    assert kept == []


def test_a_list_gives_those_of_all_its_items(world, portal, add_krav, kept):
    portal.answers((201, f"[{CREATED},{{}},{CREATED.replace('k1', 'k2')}]"))
    operation = attrs.evolve(add_krav, answer=ListOf(add_krav.answer))
    world.call(operation, client={"on_receipt": kept.append})
    assert [receipt.entity_id for receipt in kept] == ["k1", "k2"]


def test_a_hook_that_fails_loses_neither_receipt_nor_result(world, portal, add_krav, kept):
    def fail(receipt):
        kept.append(receipt)
        raise OSError("the disk is full")

    portal.answers((201, f"[{CREATED},{CREATED.replace('k1', 'k2')}]"))
    operation = attrs.evolve(add_krav, answer=ListOf(add_krav.answer))
    with pytest.raises(ReceiptNotKept, match="don't make the call again") as caught:
        world.call(operation, client={"on_receipt": fail})
    error = caught.value
    assert [krav.id for krav in error.result] == ["k1", "k2"]
    assert error.receipt is kept[0]
    assert [receipt.entity_id for receipt in kept] == ["k1", "k2"]
    assert isinstance(error.__cause__, OSError)
    assert error.operation == "addKrav"
    assert "Koss" not in f"{error} {error!r}"
    assert len(portal.requests) == 1
    copied = pickle.loads(pickle.dumps(error))
    assert (copied.receipt, copied.result, str(copied)) == (None, None, str(error))


def test_an_answer_that_cannot_be_read_gives_none(world, portal, add_krav, kept):
    portal.answers((201, "{"))
    with pytest.raises(DecodeError):
        world.call(add_krav, client={"on_receipt": kept.append})
    assert kept == []
