"""The site is built in all languages, or refused; and it is served, and built anew, while it is written."""

import os
import subprocess
import threading
import urllib.error
import urllib.request

import pytest
from built_site import write_page

from sitepages.build import Built, build, problems
from sitepages.serve import Rebuild, server

CONFIG = """
site_name: {name}
site_description: All of it
docs_dir: docs/{language}
site_dir: site{folder}
strict: true
theme:
  name: material
  font: false
extra:
  alternate:
    - {{name: English, link: /, lang: en}}
    - {{name: Dansk, link: /da/, lang: da}}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checkout")
    for language, file, below in (("en", "mkdocs.yml", ""), ("da", "mkdocs.da.yml", "/da")):
        text = CONFIG.format(name=f"In {language}", language=language, folder=below)
        (folder / file).write_text(text)
        (folder / "docs" / language / "guides").mkdir(parents=True)
        (folder / "docs" / language / "index.md").write_text("# Home\n\nText.\n")
        (folder / "docs" / language / "guides/a.md").write_text(f"# Guide\n\nIn {language}.\n")
    return folder


def test_both_languages_are_built_into_one_site_that_holds_together(root):
    built = build(root)
    site = root / "site"
    assert built.pages == len(list(site.rglob("*.html"))) == 6  # each half has its 404.html
    assert built.size == sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    assert list(problems(site, built)) == []
    page = (site / "da/guides/a/index.html").read_text("utf-8")
    assert 'href="../../../guides/a/" hreflang="en"' in page
    assert '<meta name="description" content="In da.">' in page


def test_danish_alone_leaves_english_where_it_is(root):
    before = build(root)
    assert build(root, ("da",)).pages == before.pages


def test_a_warning_ends_the_build_and_is_seen(root, capsys):
    page = root / "docs/da/guides/broken.md"
    page.write_text("# Broken\n\n[no](no.md)\n")
    with pytest.raises(subprocess.CalledProcessError):
        build(root)
    page.unlink()
    assert "no.md" in capsys.readouterr().out


def test_too_large_a_site_is_a_problem_and_a_slow_build_is_told(tmp_path):
    write_page(tmp_path, "", text='<a href="gone/">gone</a>')
    (tmp_path / "da").mkdir()
    built = Built(pages=1, size=30_000_001, seconds=61)
    assert list(problems(tmp_path, built))[-1] == "the site has 30.0 MB, and may have 30"
    assert "index.html: gone/ leads nowhere" in list(problems(tmp_path, built))
    assert str(built) == "1 pages, 30.0 MB, built in 61 s: OVER THE BUDGET of 60 s"
    assert str(Built(pages=1, size=1, seconds=60)).endswith("built in 60 s")


@pytest.mark.parametrize(
    ("changed", "languages"),
    [("docs/da/index.md", ("da",)), ("docs/en/index.md", ("en", "da"))],
)
def test_what_changed_is_built_anew(root, changed, languages):
    runs = []
    rebuild = Rebuild(root, run=lambda *arguments: runs.append(arguments))
    path = root / changed
    later = path.stat().st_mtime_ns + 10**12
    os.utime(path, ns=(later, later))
    rebuild()
    rebuild()
    assert runs == [(root, languages), (root, ("da",))]


def test_both_languages_are_served_with_the_sites_own_page_for_what_is_not_there(root):
    build(root)
    running = server(root, port=0)
    running.server_bind()
    running.server_activate()
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{running.server_port}"
    try:
        for path in ("/guides/a/", "/da/guides/a/"):
            with urllib.request.urlopen(f"{address}{path}", timeout=30) as answer:
                text = answer.read().decode()
            assert "md-select__link" in text
            assert "livereload(" in text
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{address}/no/", timeout=30)
        with caught.value as refused:
            assert "404 - Not found" in refused.read().decode()
        assert running.error_handler(500) is None
    finally:
        super(type(running), running).shutdown()
        thread.join()
        running.server_close()
