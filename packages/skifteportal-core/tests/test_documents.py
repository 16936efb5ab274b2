"""Documents: uploaded, then referred to, by the same credential."""

import json
import pickle
from decimal import Decimal
from types import SimpleNamespace

import attrs
import pytest
from input_models import SagInput, TraadInput

from skifteportal.core import (
    ConfigurationError,
    File,
    InvalidArgument,
    NotFound,
    OutcomeUnknown,
    StoredDocument,
)
from skifteportal.core.shapes import ModelOf

SAG = SagInput(beloeb=Decimal("1.10"), bilag=["d0"])


@attrs.define
class Store:
    """A document store that keeps the names, and fails when told."""

    auth: object
    names: list = attrs.field(factory=list)
    failure: Exception | None = None

    def store(self, file):
        if self.failure is not None and self.names:
            raise self.failure
        self.names.append(file.name)
        number = len(self.names)
        return StoredDocument(id=f"d{number}", filnavn=file.name, navn=f"Bilag {number}")


class AsyncStore(Store):
    async def store(self, file):
        return Store.store(self, file)


@pytest.fixture
def store(world, auth):
    return (Store if world.synchronous else AsyncStore)(auth)


@pytest.fixture
def operation(make_operation):
    return make_operation(
        "POST", "/sager/{id}", body=ModelOf("input_models:SagInput"), documents=("bilag",)
    )


@pytest.fixture
def files(tmp_path):
    path = tmp_path / "faktura.pdf"
    path.write_bytes(b"%PDF")
    return [path, File.from_bytes(b"%PDF", name="kvittering.pdf")]


def call(world, operation, files, store, body=SAG):
    return world.do(
        "_call_with_documents", operation, ("x",), body=body, documents=files, store=store
    )


def test_documents_are_uploaded_and_their_ids_filled_in(world, portal, store, operation, files):
    portal.answers((200, "7"))
    assert call(world, operation, files, store) == 7
    assert store.names == ["faktura.pdf", "kvittering.pdf"]
    assert json.loads(portal.request.content) == {"beloeb": 1.1, "bilag": ["d0", "d1", "d2"]}
    assert SAG.bilag == ["d0"]


def test_references_are_filled_in_where_the_body_has_references(
    world, portal, store, operation, files
):
    operation = attrs.evolve(operation, documents=("dokumenter",))
    portal.answers((200, "7"))
    call(world, operation, files[:1], store)
    assert json.loads(portal.request.content)["dokumenter"] == [
        {"dokumentId": "d1", "filnavn": "faktura.pdf", "navn": "Bilag 1"}
    ]


def test_they_go_to_the_first_of_a_list(world, portal, store, operation, files):
    operation = attrs.evolve(
        operation, body=ModelOf("input_models:TraadInput"), documents=("emner", "bilag")
    )
    portal.answers((200, "7"))
    body = TraadInput(emner=[SagInput(beloeb=Decimal(1)), SagInput(beloeb=Decimal(2))])
    call(world, operation, files[:1], store, body)
    assert json.loads(portal.request.content) == {
        "emner": [{"beloeb": 1, "bilag": ["d1"]}, {"beloeb": 2}]
    }
    with pytest.raises(InvalidArgument, match="emner is empty"):
        call(world, operation, files[:1], store, TraadInput())
    assert len(store.names) == 1


def test_without_documents_it_is_a_call_like_any_other(world, portal, operation):
    portal.answers((200, "7"))
    assert world.do("_call_with_documents", operation, ("x",), body=SAG) == 7
    assert json.loads(portal.request.content)["bilag"] == ["d0"]


def test_stored_documents_need_no_store_and_keep_their_place(
    world, portal, store, operation, files
):
    stored = StoredDocument(id="d9", filnavn="a.pdf", navn="A")
    portal.answers((200, "7"))
    call(world, operation, [stored], None)
    call(world, operation, [files[0], stored, files[1]], store)
    sent = [json.loads(request.content)["bilag"] for request in portal.requests]
    assert sent == [["d0", "d9"], ["d0", "d1", "d9", "d2"]]


@pytest.mark.parametrize(
    ("body", "path"), [(SagInput(beloeb=1.5), "x"), (object(), "x"), (SAG, "..")]
)
def test_what_cannot_be_sent_is_refused_before_anything_is_uploaded(  # noqa: PLR0917
    world, portal, store, operation, files, body, path
):
    with pytest.raises(InvalidArgument):
        world.do(
            "_call_with_documents", operation, (path,), body=body, documents=files, store=store
        )
    assert portal.requests == store.names == []


def test_a_store_of_another_credential_is_refused(  # noqa: PLR0917
    world, portal, store, operation, files, auth
):
    store.auth = type(auth)()
    with pytest.raises(ConfigurationError, match="the very same object"):
        call(world, operation, files, store)
    with pytest.raises(InvalidArgument, match="document store") as caught:
        call(world, operation, files, None)
    assert caught.value.argument == "store"
    with pytest.raises(InvalidArgument, match="documents holds Paths") as caught:
        call(world, operation, ["faktura.pdf"], store)
    assert caught.value.argument == "documents"
    assert portal.requests == store.names == []


@pytest.mark.parametrize(("status", "error"), [(404, NotFound), (502, OutcomeUnknown)])
def test_a_failed_call_says_what_has_been_stored(  # noqa: PLR0917
    world, portal, store, operation, files, status, error
):
    portal.answers(status)
    with pytest.raises(error) as caught:
        call(world, operation, files, store)
    assert [one.id for one in caught.value.documents] == ["d1", "d2"]
    assert pickle.loads(pickle.dumps(caught.value)).documents == caught.value.documents
    assert "2. Give the error's `documents`" in caught.value.__notes__[0]
    portal.answers((200, "7"))
    assert call(world, operation, caught.value.documents, store) == 7
    assert store.names == ["faktura.pdf", "kvittering.pdf"]


def test_a_failed_upload_says_what_has_been_stored_before(world, store, operation, files):
    store.failure = ConfigurationError("down")
    with pytest.raises(ConfigurationError) as caught:
        call(world, operation, files, store)
    assert [one.id for one in caught.value.documents] == ["d1"]
    store.failure = ValueError("somebody's store")
    with pytest.raises(ValueError, match="somebody's") as caught:
        call(world, operation, [StoredDocument(id="d9", filnavn="", navn=""), files[0]], store)
    assert "1. Give" in caught.value.__notes__[0]
    store.failure = ValueError("somebody's store")
    with pytest.raises(ValueError, match="somebody's") as caught:
        call(world, operation, files, store)
    assert not hasattr(caught.value, "__notes__")


def test_what_a_store_answers(files):
    answer = SimpleNamespace(id="d1", navn="Faktura129874.pdf")
    assert StoredDocument.of(answer, files[0]) == StoredDocument(
        id="d1", filnavn="Faktura129874.pdf", navn="Faktura129874.pdf"
    )
    answer.navn = None
    for file, name in zip(files, ("faktura.pdf", "kvittering.pdf"), strict=True):
        assert StoredDocument.of(answer, file).filnavn == name
    assert repr(StoredDocument.of(answer, files[0])) == "<StoredDocument d1>"


def test_a_client_knows_its_credential(world, auth):
    assert world.client().auth is auth
