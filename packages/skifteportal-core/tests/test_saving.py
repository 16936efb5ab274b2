import pytest

from skifteportal.core import InvalidArgument, _http
from skifteportal.core.saving import SavedFile, name_of


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def answer(name="x.pdf"):
    return _http.Response(200, headers={"Content-Disposition": f'filename="{name}"'})


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ({}, None),
        ({"Content-Disposition": "attachment"}, None),
        ({"Content-Disposition": 'filename="../.."'}, None),
        ({"Content-Disposition": 'filename="/etc/passwd"'}, "passwd"),
    ],
)
def test_the_servers_name_is_made_safe(header, name):
    assert name_of(_http.Headers(header)) == name


def test_a_body_that_begins_again_replaces_what_came_before(tmp_path):
    saved = SavedFile(tmp_path, overwrite=False)
    saved.start(answer())
    saved.write(b"half")
    saved.start(answer("y.pdf"))
    saved.write(b"whole")
    assert saved.finish() == tmp_path / "y.pdf"
    saved.discard()
    assert names(tmp_path) == ["y.pdf"]
    assert (tmp_path / "y.pdf").read_bytes() == b"whole"


def test_discarding_what_never_began_touches_nothing(tmp_path):
    place = tmp_path / "x.pdf"
    place.write_bytes(b"mine")
    SavedFile(place, overwrite=True).discard()
    assert place.read_bytes() == b"mine"


def test_until_it_is_whole_the_old_file_stands(tmp_path):
    place = tmp_path / "x.pdf"
    place.write_bytes(b"old")
    saved = SavedFile(place, overwrite=True)
    saved.start(answer())
    saved.write(b"new")
    assert place.read_bytes() == b"old"
    saved.finish()
    assert place.read_bytes() == b"new"


def no_link(path, target):
    raise OSError(1, "Operation not permitted")


@pytest.fixture(params=["links", "no links"])
def disk(request, monkeypatch):
    """A disk with hard links, and one without, such as FAT."""
    if request.param == "no links":
        monkeypatch.setattr("skifteportal.core.saving.os.link", no_link)


@pytest.mark.usefixtures("disk")
def test_of_two_saves_at_once_to_one_name_one_is_refused(tmp_path):
    first, second = (SavedFile(tmp_path, overwrite=False) for _ in range(2))
    for number, saved in enumerate((first, second)):
        saved.start(answer())
        saved.write(b"%d" % number)
    first.finish()
    with pytest.raises(InvalidArgument, match="a file of that name already") as caught:
        second.finish()
    assert caught.value.argument == "place"
    second.discard()
    assert names(tmp_path) == ["x.pdf"]
    assert (tmp_path / "x.pdf").read_bytes() == b"0"


@pytest.mark.usefixtures("disk")
def test_what_came_between_the_look_and_the_move_is_not_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr("skifteportal.core.saving.Path.exists", lambda path: False)
    place = tmp_path / "x.pdf"
    saved = SavedFile(place, overwrite=False)
    saved.start(answer())
    place.write_bytes(b"another's")
    with pytest.raises(InvalidArgument, match="a file of that name already"):
        saved.finish()
    assert place.read_bytes() == b"another's"


@pytest.mark.usefixtures("disk")
def test_only_its_owner_may_read_it(tmp_path):
    saved = SavedFile(tmp_path / "x.pdf", overwrite=False)
    saved.start(answer())
    saved.write(b"whole")
    assert saved.finish().stat().st_mode & 0o077 == 0
    assert names(tmp_path) == ["x.pdf"]
