"""What a package index shows of our packages is one house's: written by hand or by the generator, it says the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
REGISTRY = tomllib.loads((HOUSE / "specs/portal.toml").read_text("utf-8"))
APIS = tuple(REGISTRY["apis"])
PACKAGES = ("core", "auth", "sandbox", "specs", *APIS)
# The ones by which an index sorts a package under what it does.
ITS_OWN = ("Development Status ::", "Framework ::", "Topic ::")


def pyproject(package):
    path = HOUSE / f"packages/skifteportal-{package}/pyproject.toml"
    return tomllib.loads(path.read_text("utf-8"))


def project(package):
    return pyproject(package)["project"]


@pytest.mark.parametrize("package", PACKAGES)
def test_all_packages_are_described_alike(package):
    ours, model = project(package), project(APIS[0])
    for key in ("readme", "requires-python", "license", "license-files"):
        assert ours[key] == model[key]
    shared = [c for c in model["classifiers"] if not c.startswith(ITS_OWN)]
    assert [c for c in ours["classifiers"] if not c.startswith(ITS_OWN)] == shared
    for start in ("Development Status ::", "Topic ::"):
        assert any(c.startswith(start) for c in ours["classifiers"])
    assert ours["keywords"][:4] == model["keywords"][:4]
    assert pyproject(package)["build-system"] == pyproject(APIS[0])["build-system"]
    assert pyproject(package)["tool"] == pyproject(APIS[0])["tool"]


@pytest.mark.parametrize("package", PACKAGES)
def test_links_follow_the_registry(package):
    name = f"skifteportal-{package}"
    links = {
        "Documentation": REGISTRY["docs_url"],
        "Changelog": f"{REGISTRY['docs_url']}changelogs/#{name}",
    }
    if repository := REGISTRY["repository"]:
        links["Source"] = f"{repository}/tree/main/packages/{name}"
        links["Issues"] = f"{repository}/issues"
    assert project(package)["urls"] == links


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_s_version_is_the_one_that_it_says(package):
    module = package.replace("-", "_")
    init = HOUSE / f"packages/skifteportal-{package}/src/skifteportal/{module}/__init__.py"
    told = re.findall(r'^__version__ = "(.*)"$', init.read_text("utf-8"), re.MULTILINE)
    assert set(told) <= {project(package)["version"]}


@pytest.mark.parametrize("package", PACKAGES)
def test_licences_are_the_house_s(package):
    folder = HOUSE / f"packages/skifteportal-{package}"
    assert (folder / "LICENSE").read_bytes() == (HOUSE / "LICENSE").read_bytes()
    assert (folder / f"src/skifteportal/{package.replace('-', '_')}/py.typed").exists()
