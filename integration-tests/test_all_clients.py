"""All twelve clients: every operation of the list has a method, and every method makes the right call.

The list, the specs and the classes are three sources; each is held against the others. Then every
method, synchronous and asynchronous, is called with made-up arguments over a transport in memory.
"""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

import attrs
import pytest
from all_clients import CLIENTS, ClientOfAnApi
from fixed_tokens import TOKEN
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from json_texts import array, from_schema, spelled
from operation_lists import OPERATIONS

from portalgen.join import path_parameters
from portalgen.names import method_name, snake
from skifteportal.core import TEST, File, _http
from skifteportal.core.codec import decode, encode
from skifteportal.core.shapes import ListOf

if TYPE_CHECKING:
    from portalgen.document import RawOperation

each_client = pytest.mark.parametrize("one", CLIENTS.values(), ids=CLIENTS)
both = pytest.mark.parametrize("prefix", ["", "Async"], ids=["sync", "async"])
each_operation = pytest.mark.parametrize(
    ("one", "raw"),
    [(one, raw) for one in CLIENTS.values() for raw in one.raw],
    ids=[f"{one.api}-{raw.id}" for one in CLIENTS.values() for raw in one.raw],
)
BRIEFLY = settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
IDS = st.uuids() | st.sampled_from(["1183", "a/b?c#d", "æøå %2F", "...", "e25d84d3"])
QUERY = {
    "integer": st.integers(1, 10**6),
    "string": st.sampled_from(["oprettelsestidspunkt", "DESC", "æ&=?#+ %"]),
}
PDF = b"%PDF-1.7 %%EOF"


def test_there_are_twelve():
    assert list(CLIENTS) == list(OPERATIONS)
    assert len(CLIENTS) == 12


@each_client
def test_list_spec_and_classes_hold_the_same_operations(one: ClientOfAnApi):
    listed = OPERATIONS[one.api]
    in_spec = [(raw.id, raw.method, raw.path) for raw in one.raw]
    assert sorted(in_spec) == sorted(operation.signature for operation in listed)
    assert sorted(one.operations) == sorted(operation.id for operation in listed)
    wanted = {method_name(operation.id) for operation in listed}
    assert len(wanted) == len(listed)
    for prefix in ("", "Async"):
        assert all(inspect.isfunction(vars(one.class_(prefix))[name]) for name in wanted)


@attrs.frozen(kw_only=True)
class Exchange:
    """Arguments of a method, what its request must be, and an answer of the portal."""

    arguments: tuple[Any, ...]
    query: dict[str, Any]
    path: str
    body: str | None
    answer: _http.Response
    result: Any


def success(one: ClientOfAnApi, raw: RawOperation) -> tuple[int, dict[str, Any]]:
    [status] = [status for status in raw.node["responses"] if status != "default"]
    return int(status), one.document.resolve(raw.node["responses"][status]).get("content", {})


@st.composite
def exchanges(draw: st.DrawFn, one: ClientOfAnApi, raw: RawOperation) -> Exchange:
    operation = one.operation(raw)
    ids = [draw(IDS) for _ in path_parameters(raw.path)]
    path = raw.path
    for name, value in zip(path_parameters(raw.path), ids, strict=True):
        path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
    query = {
        parameter["name"]: draw(QUERY[one.document.resolve(parameter["schema"])["type"]])
        for parameter in raw.parameters
        if parameter["in"] == "query"
    }
    arguments, body = list(ids), None
    if operation.upload:
        arguments.append(File.from_bytes(PDF, name="kvittering æ.pdf"))
    elif operation.body:
        [media] = one.document.resolve(raw.node["requestBody"])["content"].values()
        body = draw(from_schema(one.document, media["schema"]))
        arguments.append(decode(body.encode(), operation.body))

    status, content = success(one, raw)
    headers, answer, result = {}, b"", None
    if "application/json" in content:
        schema = content["application/json"]["schema"]
        if schema.get("type") == "array":  # a null in it would be left out: no model can keep it
            texts = draw(st.lists(from_schema(one.document, schema["items"]), max_size=2))
            answer, result = array(texts).encode(), [spelled(text) for text in texts]
            if "page" in query:
                headers["X-Total-Count"] = str(len(texts))  # so there is no other page
                query["page"] = 0
        else:
            answer = draw(from_schema(one.document, schema)).encode()
            result = spelled(answer)
    elif content:
        answer = result = PDF
    return Exchange(
        arguments=tuple(arguments),
        query=query,
        path=path,
        body=body,
        answer=_http.Response(status, headers=headers, content=answer),
        result=result,
    )


def call(one: ClientOfAnApi, raw: RawOperation, prefix: str, exchange: Exchange) -> tuple[Any, Any]:
    """Call the method; give the request that came, and the result, waited for."""
    requests: list[_http.Request] = []

    def portal(request: _http.Request) -> _http.Response:
        request.read()
        requests.append(request)
        return exchange.answer

    async def portal_async(request: _http.Request) -> _http.Response:
        await request.aread()
        requests.append(request)
        return exchange.answer

    async def asynchronously() -> Any:
        async with one.connect(_http.MockTransport(portal_async), prefix=prefix) as client:
            found = method(client)
            if inspect.isawaitable(found):
                return await found
            if hasattr(found, "save"):
                return await found.read()
            return [item async for item in found]

    def method(client: Any) -> Any:
        named = {snake(name): value for name, value in exchange.query.items()}
        return getattr(client, method_name(raw.id))(*exchange.arguments, **named)

    if prefix:
        result = asyncio.run(asynchronously())
    else:
        with one.connect(_http.MockTransport(portal)) as client:
            result = method(client)
            if hasattr(result, "save"):
                result = result.read()
            elif "page" in exchange.query:
                result = list(result)
    [request] = requests
    return request, result


@each_operation
@both
def test_a_method_makes_the_call_of_the_spec(one: ClientOfAnApi, raw: RawOperation, prefix: str):
    operation = one.operation(raw)

    @BRIEFLY
    @given(exchanges(one, raw))
    def once(exchange: Exchange) -> None:
        request, result = call(one, raw, prefix, exchange)

        assert request.method == raw.method
        assert f"{request.url.scheme}://{request.url.host}" == TEST.api_url
        path, _, query = request.url.raw_path.decode().partition("?")
        assert path == exchange.path
        assert dict(parse_qsl(query)) == {name: str(one) for name, one in exchange.query.items()}
        if operation.upload:
            [content_type] = one.document.resolve(raw.node["requestBody"])["content"]
            assert request.headers["Content-Type"] == content_type
            assert request.content == PDF
            assert "kvittering" in request.headers["Content-Disposition"]
        elif exchange.body is None:
            assert "Content-Type" not in request.headers
            assert request.content == b""
        else:
            assert request.headers["Content-Type"] == "application/json"
            assert spelled(request.content) == spelled(exchange.body)
        token = None if one.token == "open" else f"Bearer {TOKEN}"
        assert request.headers.get("Authorization") == token

        if operation.answer is None:
            assert result == exchange.result
        else:
            shape = ListOf(operation.answer) if "page" in exchange.query else operation.answer
            assert spelled(encode(result, shape)) == exchange.result

    once()
