import pytest

from skifteportal.core import _http
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
