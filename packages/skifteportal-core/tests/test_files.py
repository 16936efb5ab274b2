import io
import os
import threading

import anyio
import pytest

from skifteportal.core import TEST, CallOptions, File, InvalidArgument, OutcomeUnknown, _http
from skifteportal.core.credentials import DirectAuth, can_be_sent_again
from skifteportal.core.shapes import ANY

CONTENT = os.urandom(150_000)  # two chunks and a bit


@pytest.fixture
def add_bilag(make_operation):
    return make_operation(
        "POST", "/krav/{id}/bilag", id="addBilag", upload="application/pdf", answer=ANY
    )


@pytest.fixture
def faktura(tmp_path):
    path = tmp_path / "Årsopgørelse.pdf"
    path.write_bytes(CONTENT)
    return path


class Pipe(io.RawIOBase):
    """A stream that can't go back."""

    def __init__(self, content=CONTENT):
        self._inner = io.BytesIO(content)

    def readable(self):
        return True

    def read(self, size=-1):
        return self._inner.read(size)


def make(kind, path):
    return {
        "path": lambda: path,
        "named path": lambda: File.from_path(str(path), name="Årsopgørelse.pdf"),
        "bytes": lambda: File.from_bytes(CONTENT, name="Årsopgørelse.pdf"),
        "stream": lambda: File.from_stream(io.BytesIO(CONTENT), name="Årsopgørelse.pdf"),
        "sized pipe": lambda: File.from_stream(Pipe(), name="Årsopgørelse.pdf", size=len(CONTENT)),
        "pipe": lambda: File.from_stream(Pipe(), name="Årsopgørelse.pdf"),
    }[kind]()


ALL = ["path", "named path", "bytes", "stream", "sized pipe", "pipe"]
REPEATABLE = ALL[:4]


@pytest.mark.parametrize("kind", ALL)
def test_a_file_is_sent(world, portal, add_bilag, faktura, kind):
    portal.answers((201, '{"id":"b"}'))
    assert world.upload(add_bilag, ("k",), make(kind, faktura)) == {"id": "b"}
    request = portal.request
    assert request.content == CONTENT
    assert request.headers["Content-Type"] == "application/pdf"
    assert request.headers["Content-Disposition"] == (
        "attachment; filename=\"Aarsopgoerelse.pdf\"; filename*=UTF-8''%C3%85rsopg%C3%B8relse.pdf"
    )
    assert request.extensions["timeout"]["write"] == 120.0
    if kind == "pipe":
        assert request.headers["Transfer-Encoding"] == "chunked"
        assert "Content-Length" not in request.headers
    else:
        assert request.headers["Content-Length"] == "150000"
        assert "Transfer-Encoding" not in request.headers


@pytest.mark.parametrize("kind", REPEATABLE)
def test_what_can_be_read_again_is_sent_again(world, portal, add_bilag, faktura, kind):
    portal.answers(429, 429, (201, "1"))
    world.upload(add_bilag, ("k",), make(kind, faktura))
    assert [request.content for request in portal.requests] == [CONTENT] * 3


@pytest.mark.parametrize("kind", ["sized pipe", "pipe"])
def test_what_cannot_be_read_again_is_not(world, portal, add_bilag, faktura, kind):
    portal.answers(429)
    with pytest.raises(Exception, match="429"):
        world.upload(add_bilag, ("k",), make(kind, faktura))
    assert len(portal.requests) == 1


def test_a_stream_that_was_not_begun_can_wait(world, portal, add_bilag, unread_transport):
    def take(request):
        return _http.Response(201, json=len(b"".join(request.stream)))

    async def take_async(request):
        return _http.Response(201, json=sum([len(chunk) async for chunk in request.stream]))

    class Late(unread_transport):
        async def handle_async_request(self, request):
            portal(request)
            return await take_async(request)

        def handle_request(self, request):
            portal(request)
            return take(request)

    portal.answers(_http.ConnectError("x"), 200)
    file = File.from_stream(Pipe(), name="x.pdf")
    assert world.upload(add_bilag, ("k",), file, client={"transport": Late(None)}) == 150_000


def test_a_stream_is_sent_from_where_it_stands(world, portal, add_bilag):
    stream = io.BytesIO(b"0123456789")
    stream.seek(4)
    file = File.from_stream(stream, name="x.pdf")
    portal.answers(429, (201, "1"))
    world.upload(add_bilag, ("k",), file)
    world.upload(add_bilag, ("k",), file)
    assert {request.content for request in portal.requests} == {b"456789"}
    assert not stream.closed


def test_a_part_of_a_stream_can_be_sent(world, portal, add_bilag):
    file = File.from_stream(io.BytesIO(b"0123456789"), name="x.pdf", size=4)
    portal.answers((201, "1"))
    world.upload(add_bilag, ("k",), file)
    assert portal.request.content == b"0123"


def test_an_empty_file(world, portal, add_bilag):
    portal.answers((201, "1"))
    world.upload(add_bilag, ("k",), File.from_bytes(b"", name="x.pdf"))
    assert portal.request.headers["Content-Length"] == "0"


def test_progress_is_told(world, portal, add_bilag, faktura):
    told = []
    portal.answers((201, "1"))
    options = CallOptions(progress=lambda *where: told.append(where))
    world.upload(add_bilag, ("k",), faktura, options=options)
    assert told == [(65536, 150_000), (131072, 150_000), (150_000, 150_000)]


def test_a_name_can_be_given(world, portal, add_bilag, faktura):
    portal.answers((201, "1"))
    world.upload(add_bilag, ("k",), File.from_path(faktura, name="../bilag 1.pdf"))
    assert portal.request.headers["Content-Disposition"] == 'attachment; filename="bilag 1.pdf"'


@pytest.mark.parametrize("name", ["", "/", "\r\n"])
def test_a_file_needs_a_name(name):
    with pytest.raises(InvalidArgument, match="needs a name"):
        File.from_bytes(b"x", name=name)


@pytest.mark.parametrize("wrong", [b"bytes", "/a/path.pdf", None, io.BytesIO()])
def test_what_is_no_file_is_refused(world, portal, add_bilag, wrong):
    with pytest.raises(InvalidArgument, match="given as a Path or a File") as caught:
        world.upload(add_bilag, ("k",), wrong)
    assert caught.value.argument == "file"
    assert portal.requests == []


def test_what_cannot_be_read_is_refused_and_not_named(world, portal, add_bilag, tmp_path):
    with pytest.raises(InvalidArgument, match="can't be read: No such file") as caught:
        world.upload(add_bilag, ("k",), tmp_path / "Koss.pdf")
    assert "Koss" not in str(caught.value)
    with pytest.raises(InvalidArgument, match="Is a directory"):
        world.upload(add_bilag, ("k",), tmp_path)
    with pytest.raises(InvalidArgument, match="must be a binary one"):
        world.upload(add_bilag, ("k",), File.from_stream(io.StringIO("x"), name="x.pdf"))


def test_streams_that_are_closed_or_none_are_refused():
    closed = io.BytesIO()
    closed.close()
    for wrong in (closed, "text", None):
        with pytest.raises(InvalidArgument, match="closed, or no binary stream"):
            File.from_stream(wrong, name="x.pdf")


def test_a_file_that_gets_shorter_is_not_sent_as_if_it_were_whole(world, portal, add_bilag):
    file = File.from_stream(Pipe(b"123"), name="x.pdf", size=10)
    with pytest.raises(InvalidArgument, match="shorter than its size says"):
        world.upload(add_bilag, ("k",), file)


def test_a_broken_upload_has_an_unknown_outcome(world, portal, add_bilag, faktura):
    portal.answers(_http.ReadError("x"))
    with pytest.raises(OutcomeUnknown):
        world.upload(add_bilag, ("k",), faktura)


class Asking(DirectAuth):
    """Sends the request again if the portal wants another token and the body allows it."""

    environment = TEST
    rate_limit_key = "client-7"
    allowed = None

    def auth_flow(self, request):
        response = yield request
        if response.status_code == 401:
            self.allowed = can_be_sent_again(request)
            yield request


class Reading(_http.BaseTransport, _http.AsyncBaseTransport):
    """Reads the body as a real transport does: as it comes, leaving the request as it is."""

    def __init__(self):
        self.bodies = []

    def handle_request(self, request):
        return self.answer(b"".join(request.stream))

    async def handle_async_request(self, request):
        return self.answer(b"".join([chunk async for chunk in request.stream]))

    def answer(self, body):
        self.bodies.append(body)
        return _http.Response(401 if len(self.bodies) == 1 else 201, json=1)


@pytest.mark.parametrize("kind", ALL)
def test_an_auth_flow_can_send_a_file_again_or_knows_that_it_cannot(
    world, add_bilag, faktura, kind
):
    world.auth, transport = Asking(), Reading()
    file = make(kind, faktura)
    if kind in REPEATABLE:
        world.upload(add_bilag, ("k",), file, client={"transport": transport})
        assert transport.bodies == [CONTENT, CONTENT]
        assert world.auth.allowed
    else:
        with pytest.raises(InvalidArgument, match="its stream can't go back"):
            world.upload(add_bilag, ("k",), file, client={"transport": transport})
        assert not world.auth.allowed


class Interrupted(_http.BaseTransport, _http.AsyncBaseTransport):
    """Reads a part of the first body, has something else done, and then reads the rest."""

    def __init__(self, meanwhile):
        self.bodies = []
        self.meanwhile = meanwhile

    def handle_request(self, request):
        chunks = iter(request.stream)
        first = next(chunks)
        if meanwhile := self.meanwhile:
            self.meanwhile = None
            meanwhile()
        self.bodies.append(first + b"".join(chunks))
        return _http.Response(201, json=1)

    async def handle_async_request(self, request):
        chunks = aiter(request.stream)
        first = await anext(chunks)
        if meanwhile := self.meanwhile:
            self.meanwhile = None
            await meanwhile()
        self.bodies.append(first + b"".join([chunk async for chunk in chunks]))
        return _http.Response(201, json=1)


def upload_while_it_is_uploaded(world, operation, file):
    """Upload a file while an upload of it is under way. Returns the bodies, and the second upload's error."""
    refused = []

    def run():
        def meanwhile():
            try:
                client._upload(operation, ("k",), file)
            except InvalidArgument as error:
                refused.append(error)

        transport = Interrupted(meanwhile)
        with world.client(transport=transport) as client:
            client._upload(operation, ("k",), file)
            return transport.bodies, refused

    async def run_async():
        async def meanwhile():
            try:
                await client._upload(operation, ("k",), file)
            except InvalidArgument as error:
                refused.append(error)

        transport = Interrupted(meanwhile)
        async with world.client(transport=transport) as client:
            await client._upload(operation, ("k",), file)
            return transport.bodies, refused

    return world.run(run if world.synchronous else run_async)


@pytest.mark.parametrize("kind", ["path", "named path", "bytes"])
def test_two_uploads_of_one_file_at_once_are_both_whole(world, add_bilag, faktura, kind):
    bodies, refused = upload_while_it_is_uploaded(world, add_bilag, make(kind, faktura))
    assert bodies == [CONTENT, CONTENT]
    assert refused == []


@pytest.mark.parametrize("kind", ["stream", "sized pipe", "pipe"])
def test_a_stream_is_not_read_by_two_uploads_at_once(world, add_bilag, faktura, kind):
    bodies, refused = upload_while_it_is_uploaded(world, add_bilag, make(kind, faktura))
    assert bodies == [CONTENT]
    assert [(error.argument, "sent already" in str(error)) for error in refused] == [("file", True)]


@pytest.mark.parametrize("kind", ["sized pipe", "pipe"])
def test_a_pipe_that_was_sent_is_not_sent_as_an_empty_file(world, portal, add_bilag, faktura, kind):
    portal.answers((201, "1"))
    file = make(kind, faktura)
    world.upload(add_bilag, ("k",), file)
    with pytest.raises(InvalidArgument, match="can't go back"):
        world.upload(add_bilag, ("k",), file)
    assert len(portal.requests) == 1


def test_after_a_failed_upload_its_stream_can_be_sent(world, portal, add_bilag):
    portal.answers(_http.ReadError("x"), (201, "1"))
    file = File.from_stream(io.BytesIO(CONTENT), name="x.pdf")
    try:
        world.upload(add_bilag, ("k",), file)
    except OutcomeUnknown:  # the failed upload lives on in the error
        world.upload(add_bilag, ("k",), file)
    assert [request.content for request in portal.requests] == [CONTENT, CONTENT]


@pytest.mark.parametrize("wrong", ["text", 5, None, [1, 2]])
def test_the_content_of_a_file_is_bytes(wrong):
    with pytest.raises(InvalidArgument, match="must be bytes") as caught:
        File.from_bytes(wrong, name="x.pdf")
    assert caught.value.argument == "data"


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_other_kinds_of_bytes_will_do(world, portal, add_bilag, kind):
    portal.answers((201, "1"))
    world.upload(add_bilag, ("k",), File.from_bytes(kind(b"abc"), name="x.pdf"))
    assert portal.request.content == b"abc"


def test_a_file_is_not_left_open_when_sending_breaks(world, add_bilag, faktura):
    class Breaking(_http.BaseTransport, _http.AsyncBaseTransport):
        def handle_request(self, request):
            next(iter(request.stream))
            raise _http.WriteError("x")

        async def handle_async_request(self, request):
            await anext(aiter(request.stream))
            raise _http.WriteError("x")

    with pytest.raises(OutcomeUnknown):  # and no ResourceWarning, which would be an error
        world.upload(add_bilag, ("k",), faktura, client={"transport": Breaking()})


def test_a_files_repr_tells_no_name(faktura):
    assert repr(File.from_path(faktura)) == "<File, ? bytes>"
    assert repr(File.from_bytes(b"abc", name="Koss.pdf")) == "<File, 3 bytes>"


def test_an_asynchronous_client_reads_files_in_a_thread(faktura):
    seen = set()

    class Watched(Pipe):
        def read(self, size=-1):
            seen.add(threading.current_thread())
            return super().read(size)

    async def send():
        upload = File.from_stream(Watched(), name="x.pdf").upload(None)
        return b"".join([chunk async for chunk in aiter(upload)])

    assert anyio.run(send) == CONTENT
    assert threading.main_thread() not in seen
