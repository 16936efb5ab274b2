import errno
import io
import os
import stat

import pytest

from skifteportal.core import (
    CallOptions,
    ConfigurationError,
    ConnectionFailed,
    InvalidArgument,
    NotFound,
    _http,
)

CONTENT = os.urandom(150_000)
HEADERS = {
    "Content-Type": "application/pdf",
    "Content-Length": str(len(CONTENT)),
    "Content-Disposition": "attachment; filename=\"x.pdf\"; filename*=UTF-8''..%2FFaktur%C3%A6.pdf",
}


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class Pieces(_http.SyncByteStream, _http.AsyncByteStream):
    """A body that comes in pieces; an exception among them is raised."""

    def __init__(self, *pieces, between=None):
        self.pieces = pieces
        self.between = between or (lambda: None)
        self.closed = 0

    def __iter__(self):
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            self.between()
            yield piece

    async def __aiter__(self):
        for piece in self:
            yield piece

    def close(self):
        self.closed += 1

    async def aclose(self):
        self.closed += 1


def file(*pieces, headers=HEADERS, status=200, between=None):
    """A handler that answers with a file in pieces."""
    return lambda _request: _http.Response(
        status, headers=headers, stream=Pieces(*pieces, between=between)
    )


HALVES = (CONTENT[:70_000], CONTENT[70_000:])


@pytest.fixture
def get_bilag(make_operation):
    return make_operation("GET", "/bilag/{id}", id="getBilag", answer=None)


def read(world, operation, **more):
    return world.use("_download", operation, ("b",), then=lambda d: d.read(), **more)


def save(world, operation, place, *, overwrite=False, **more):
    return world.use(
        "_download",
        operation,
        ("b",),
        then=lambda d: d.save(place, overwrite=overwrite),
        **more,
    )


def stream(world, operation, look, **more):
    """Open a download, look at it and at its pieces."""

    def use(download):
        with download as opened:
            return look(opened), list(opened.iter_bytes())

    async def use_async(download):
        async with download as opened:
            return look(opened), [piece async for piece in opened.iter_bytes()]

    return world.use("_download", operation, ("b",), then=use, then_async=use_async, **more)


def test_a_file_is_read_to_memory(world, portal, get_bilag):
    portal.answers(file(*HALVES))
    assert read(world, get_bilag) == CONTENT
    assert portal.request.headers["Accept"] == "*/*"


def test_nothing_is_sent_before_it_is_wanted_but_wrong_ids_are_refused(world, portal, get_bilag):
    async def nothing(download):
        return repr(download)

    kind = "Download" if world.synchronous else "AsyncDownload"
    found = world.use("_download", get_bilag, ("b",), then=repr, then_async=nothing)
    assert found == f"<{kind}>"
    with pytest.raises(InvalidArgument):
        world.use("_download", get_bilag, ("..",), then=repr)
    assert portal.requests == []


def test_a_file_is_saved_at_a_path(world, portal, get_bilag, tmp_path):
    portal.answers(file(*HALVES))
    place = tmp_path / "mine.pdf"
    assert save(world, get_bilag, str(place)) == place
    assert place.read_bytes() == CONTENT
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert names(tmp_path) == ["mine.pdf"]


def test_in_a_folder_it_gets_the_servers_name_made_safe(world, portal, get_bilag, tmp_path):
    portal.answers(file(*HALVES))
    assert save(world, get_bilag, tmp_path) == tmp_path / "Fakturæ.pdf"
    portal.answers(file(b"x", headers={}))
    assert save(world, get_bilag, tmp_path) == tmp_path / "download"
    assert names(tmp_path) == ["Fakturæ.pdf", "download"]


def test_a_file_that_is_there_is_not_overwritten_unasked(world, portal, get_bilag, tmp_path):
    place = tmp_path / "Fakturæ.pdf"
    place.write_text("mine")
    portal.answers(file(*HALVES))
    with pytest.raises(InvalidArgument, match="a file of that name already"):
        save(world, get_bilag, place)
    assert portal.requests == []
    with pytest.raises(InvalidArgument, match="a file of that name already"):
        save(world, get_bilag, tmp_path)
    assert place.read_text() == "mine"
    assert save(world, get_bilag, place, overwrite=True) == place
    assert place.read_bytes() == CONTENT
    assert names(tmp_path) == ["Fakturæ.pdf"]


def test_a_file_that_appears_meanwhile_is_kept_too(world, portal, get_bilag, tmp_path):
    place = tmp_path / "mine.pdf"
    portal.answers(file(*HALVES, between=lambda: place.write_text("mine")))
    with pytest.raises(InvalidArgument, match="a file of that name already"):
        save(world, get_bilag, place)
    assert place.read_text() == "mine"
    assert names(tmp_path) == ["mine.pdf"]


def test_where_nothing_can_be_written(world, portal, get_bilag, tmp_path):
    portal.answers(file(*HALVES))
    with pytest.raises(InvalidArgument, match="can't be written: No such file") as caught:
        save(world, get_bilag, tmp_path / "Koss" / "x.pdf")
    assert caught.value.argument == "place"
    assert "Koss" not in str(caught.value)


# trio warns of the HTTP library's generators, which nobody can finish from here
@pytest.mark.filterwarnings("ignore:Async generator:ResourceWarning")
@pytest.mark.parametrize("step", ["write", "flush"])
def test_a_full_disk(world, portal, get_bilag, tmp_path, monkeypatch, step):  # noqa: PLR0917
    class Full(io.BytesIO):
        pass

    def fail(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    setattr(Full, step, fail)
    monkeypatch.setattr(os, "fdopen", lambda descriptor, _mode: os.close(descriptor) or Full())
    portal.answers(file(*HALVES))
    with pytest.raises(InvalidArgument, match="can't be written: No space left on device"):
        save(world, get_bilag, tmp_path / "x.pdf")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "broken",
    [
        file(HALVES[0], _http.ReadError("x")),
        file(HALVES[0]),  # shorter than announced
        file(*HALVES, b"more"),
        file(b"<html>", status=503, headers={}),
    ],
)
def test_a_broken_answer_is_asked_for_again_and_nothing_is_left(
    world, portal, get_bilag, tmp_path, broken
):
    portal.answers(broken, file(*HALVES))
    assert save(world, get_bilag, tmp_path).read_bytes() == CONTENT
    assert names(tmp_path) == ["Fakturæ.pdf"]
    portal.answers(broken, file(*HALVES))
    assert read(world, get_bilag) == CONTENT
    portal.answers(broken)
    with pytest.raises(Exception, match="getBilag"):
        save(world, get_bilag, tmp_path / "new.pdf")
    assert names(tmp_path) == ["Fakturæ.pdf"]


def test_an_error_is_raised_and_not_saved(world, portal, get_bilag, tmp_path):
    portal.answers((404, '{"fejlkode":"doedsbo.f99"}'))
    with pytest.raises(NotFound) as caught:
        save(world, get_bilag, tmp_path)
    assert caught.value.code == "doedsbo.f99"
    assert names(tmp_path) == []


def test_progress_is_told(world, portal, get_bilag):
    told = []
    options = CallOptions(progress=lambda *where: told.append(where))
    portal.answers(file(*HALVES))
    read(world, get_bilag, options=options)
    stream(world, get_bilag, id, options=options)
    assert told == [(70_000, 150_000), (150_000, 150_000)] * 2
    told.clear()
    portal.answers((503, "x"), file(b"abc", headers={"Content-Encoding": "identity"}))
    read(world, get_bilag, options=options)
    assert told == [(3, None)]


# trio warns of the HTTP library's generators, which nobody can finish from here
@pytest.mark.filterwarnings("ignore:Async generator:ResourceWarning")
def test_what_progress_raises_is_raised_and_lets_go_of_the_connection(world, portal, get_bilag):
    pieces = Pieces(CONTENT)
    portal.answers(lambda _: _http.Response(200, headers=HEADERS, stream=pieces))

    def stop(*where):
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        read(world, get_bilag, options=CallOptions(progress=stop))
    assert pieces.closed


def test_on_answer_sees_no_body_of_a_streamed_file(world, portal, get_bilag):
    answers = []
    portal.answers(file(*HALVES))
    stream(world, get_bilag, id, options=CallOptions(on_answer=answers.append))
    assert (answers[0].status, answers[0].content) == (200, b"")


def test_a_file_piece_by_piece(world, portal, get_bilag):
    portal.answers(file(*HALVES))
    looks, pieces = stream(
        world, get_bilag, lambda o: (o.filename, o.content_type, o.size, repr(o))
    )
    kind = "OpenDownload" if world.synchronous else "AsyncOpenDownload"
    assert looks == (
        "Fakturæ.pdf",
        "application/pdf",
        150_000,
        f"<{kind}, 150000 bytes>",
    )
    assert pieces == list(HALVES)


def test_a_file_of_which_nothing_is_said(world, portal, get_bilag):
    portal.answers(file(b"x", headers={}))
    looks, pieces = stream(
        world, get_bilag, lambda o: (o.filename, o.content_type, o.size, repr(o))
    )
    assert looks[:3] == (None, None, None)
    assert "? bytes" in looks[3]
    assert pieces == [b"x"]


def test_errors_come_when_it_is_opened(world, portal, get_bilag):
    portal.answers(503, 404)
    with pytest.raises(NotFound):
        stream(world, get_bilag, id)


@pytest.mark.parametrize("broken", [file(HALVES[0], _http.ReadError("x")), file(HALVES[0])])
def test_a_file_that_breaks_off_midway(world, portal, get_bilag, broken):
    portal.answers(broken)
    with pytest.raises(
        ConnectionFailed, match=r"while the answer .status 200. was being read"
    ) as e:
        stream(world, get_bilag, id)
    assert e.value.__cause__ is None
    assert len(portal.requests) == 1


def test_it_is_read_once_and_inside_its_with(world, portal, get_bilag):
    def twice(download):
        with download as opened:
            list(opened.iter_bytes())
            next(opened.iter_bytes())

    async def twice_async(download):
        async with download as opened:
            [piece async for piece in opened.iter_bytes()]
            await anext(opened.iter_bytes())

    def after(download):
        with download as opened:
            pass
        next(opened.iter_bytes())

    async def after_async(download):
        async with download as opened:
            pass
        await anext(opened.iter_bytes())

    portal.answers(file(*HALVES))
    for then, then_async in ((twice, twice_async), (after, after_async)):
        with pytest.raises(ConfigurationError, match="can be read once"):
            world.use("_download", get_bilag, ("b",), then=then, then_async=then_async)


def test_a_download_can_be_started_again_and_lets_go_of_its_connections(world, portal, get_bilag):
    bodies = [Pieces(CONTENT), Pieces(CONTENT)]
    portal.answers(*(_http.Response(200, headers=HEADERS, stream=body) for body in bodies))

    def nested(download):
        with download, download:
            pass

    async def nested_async(download):
        async with download, download:
            pass

    world.use("_download", get_bilag, ("b",), then=nested, then_async=nested_async)
    assert [body.closed for body in bodies] == [1, 1]
