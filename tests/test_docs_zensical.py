"""The canary that builds the site with another builder says what differs, and leaves nothing behind."""

import subprocess

import pytest
from built_site import write_page

from sitepages import zensical


def test_both_languages_are_built_beside_the_site_and_finished(tmp_path, monkeypatch):
    configs = []

    def render(root, module):
        (config,) = root.glob(".zensical.*.yml")
        configs.append(config.read_text("utf-8"))
        assert module == ("zensical", "build", "--clean", "-f", config.name)
        folder = configs[-1].partition("site_dir: ")[2].strip()
        write_page(root / folder, "")
        return ""

    monkeypatch.setattr(zensical, "render", render)
    site = zensical.build_with_zensical(tmp_path)
    assert configs == [
        "INHERIT: mkdocs.yml\nsite_dir: site-zensical/\n",
        "INHERIT: mkdocs.da.yml\nsite_dir: site-zensical/da\n",
    ]
    assert 'href="da/" hreflang="da"' in (site / "index.html").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["site-zensical"]


def test_a_refusal_is_passed_on_and_leaves_no_configuration(tmp_path, monkeypatch):
    def render(_root, module):
        raise subprocess.CalledProcessError(1, module)

    monkeypatch.setattr(zensical, "render", render)
    with pytest.raises(subprocess.CalledProcessError):
        zensical.build_with_zensical(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_differs_is_told(tmp_path):
    for address in ("", "a", "b"):
        write_page(tmp_path / "here", address)
    for address in ("", "a", "c"):
        write_page(tmp_path / "there", address, text='<a href="gone/">gone</a>' if address else "")
    found = list(zensical.differences(tmp_path / "here", tmp_path / "there"))
    assert found[:2] == ["b/index.html is missing", "c/index.html is more"]
    assert "a/index.html: gone/ leads nowhere" in found
