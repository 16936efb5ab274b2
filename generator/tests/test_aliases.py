"""Old names: they work, they warn, type checkers know them, and releases take them away."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import warnings
from datetime import date

import pytest
import yaml
from generator_shop import answers, json_body, one_operation, ref
from type_checkers import mypy, pyright

KRAV = {"krav": {"type": "object", "properties": {"id": {"type": "string"}}}}


def old(shop, **aliases):
    """A shop with an operation `hentKrav` and a model `Krav`, whose old names are these."""
    api = shop.spec(
        paths={
            **one_operation(
                path="/krav/{id}",
                operationId="hentKrav",
                parameters=[
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "dybde", "in": "query", "schema": {"type": "integer"}},
                ],
                responses=answers(ref("krav")),
            ),
            **one_operation(
                path="/krav",
                method="put",
                operationId="gemKrav",
                requestBody={"required": True} | json_body(ref("krav")),
                responses={"204": {"description": "Gemt"}, "default": {"description": "Fejl"}},
            ),
        },
        schemas=KRAV,
    )
    enter(shop, **aliases)
    return api


def enter(shop, **aliases):
    path = shop.root / "specs/portal.toml"
    lines = [f"{name} = {value}" for name, value in aliases.items()]
    path.write_text(
        "\n".join([path.read_text("utf-8"), f"[apis.{shop.api}.aliases]", *lines, ""]), "utf-8"
    )


BOTH = {
    "get_krav": '"hent_krav"',
    "Claim": '"Krav"',
    "put_krav": '{ to = "gem_krav", until = "0.2.0" }',
}


def test_old_names_work_and_warn(shop):
    old(shop, **BOTH)
    module = shop.load()
    client = getattr(module, shop.workshop().registry.apis[shop.api].client)
    made: list[object] = []

    class Mine(client):
        def hent_krav(self, *arguments, **options):
            made.append((arguments, options))

        def gem_krav(self, *arguments, **options):
            made.append((arguments, options))

    mine = Mine.__new__(Mine)
    with pytest.warns(
        DeprecationWarning, match=r"get_krav is called hent_krav now; .* in a later release"
    ):
        mine.get_krav("1", dybde=2)
    with pytest.warns(
        DeprecationWarning, match=r"put_krav is called gem_krav now; .* goes in 0\.2\.0"
    ):
        mine.put_krav("body")
    assert made == [(("1",), {"dybde": 2, "options": None}), (("body",), {"options": None})]


def test_an_old_asynchronous_method_is_awaited(shop):
    old(shop, **BOTH)
    shop.load()
    module = sys.modules[shop.module]
    client = getattr(module, next(one for one in module.__all__ if one.startswith("Async")))

    class Mine(client):
        async def hent_krav(self, id_, *, dybde=None, options=None):
            return id_, dybde

    async def call():
        with pytest.warns(DeprecationWarning, match="get_krav is called hent_krav now"):
            return await Mine.__new__(Mine).get_krav("1", dybde=2)

    assert asyncio.run(call()) == ("1", 2)


def test_an_old_class_is_the_new_one_and_warns_each_time(shop):
    old(shop, **BOTH)
    models = shop.load("models")
    for _ in range(2):
        with pytest.warns(DeprecationWarning, match="Claim is called Krav now") as caught:
            assert models.Claim is models.Krav
        assert caught[0].filename == __file__
    assert "Claim" in models.__all__
    assert "Claim" in dir(models)
    with pytest.raises(AttributeError):
        _ = models.Other
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert models.Krav


def test_a_package_without_old_names_has_no_trace_of_them(shop):
    shop.spec(schemas=KRAV)
    shop.generate()
    for name in ("_client.py", "models/__init__.py"):
        assert "deprecated" not in shop.source(name)
        assert "warnings" not in shop.source(name)
    assert "typing-extensions" not in (shop.package() / "pyproject.toml").read_text("utf-8")


def test_type_checkers_accept_the_package_and_know_the_old_names(shop, tmp_path):
    api = old(shop, **BOTH)
    shop.generate()
    assert "typing-extensions>=4.12" in (shop.package() / "pyproject.toml").read_text("utf-8")
    assert "| `get_krav` | `hent_krav` | a later release |" in (
        shop.package() / "README.md"
    ).read_text("utf-8")
    program = tmp_path / "program"
    program.mkdir()
    client = shop.workshop().registry.apis[api].client
    (program / "use.py").write_text(
        f"""from skifteportal.{api} import {client}
from skifteportal.{api}.models import Claim, Krav


def use(portal: {client}, claim: Claim) -> Krav:
    _ = portal.get_krav("1", dybde=2)
    return claim
""",
        "utf-8",
    )
    source = shop.package() / "src"
    found = mypy("--enable-error-code=deprecated", str(program / "use.py"), path=source)
    assert list(found) == [(str(program / "use.py"), 6)]
    assert "get_krav is called hent_krav now" in found[str(program / "use.py"), 6]
    assert mypy("-p", f"skifteportal.{api}", path=source) == {}
    assert pyright(source) == {}


@pytest.mark.parametrize(
    ("aliases", "problem"),
    [
        ({"x": '"gone"'}, "there is no method or class gone that x could mean"),
        ({"gem_krav": '"hent_krav"'}, "gem_krav is no old name: the package has it"),
        ({"Old": '"hent_krav"'}, "Old can't be the name of a method, as hent_krav is"),
        ({"close": '"hent_krav"'}, "close can't be the name of a method"),
        ({"old": '"Krav"'}, "old can't be the name of a class, as Krav is"),
        ({"Model": '"Krav"'}, "Model can't be the name of a class"),
    ],
)
def test_old_names_are_checked(shop, aliases, problem):
    api = old(shop, **aliases)
    assert f"specs/portal.toml, [apis.{api}.aliases]: {problem}" in shop.problems()


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("1", "must be a table"),
        ('{ until = "0.2.0" }', "to is missing"),
        ('{ to = "Krav", until = "soon" }', "until is 'soon', which is no version"),
    ],
)
def test_the_table_is_read_strictly(shop, value, problem):
    old(shop, x=value)
    result = shop.run("generate")
    assert result.exit_code == 2
    assert problem in result.stderr


def test_a_release_enters_when_an_old_name_goes_and_a_later_one_takes_it_away(shop):
    api = old(shop)
    shop.generate()
    first = shop.run("release", "--no-twin", "--date", "2026-01-01", api)
    assert first.exit_code == 0, first.output
    path = shop.root / "specs/portal.toml"
    path.write_text(path.read_text("utf-8") + 'get_krav = "hent_krav"\nClaim = "Krav"\n', "utf-8")
    second = shop.run("release", "--no-twin", "--date", "2026-01-02", api)
    assert second.exit_code == 0, f"{second.output}{second.stderr}"
    assert "0.1.0 → 0.2.0 (minor)" in second.stdout
    assert 'get_krav = {to = "hent_krav", until = "0.3.0"}' in path.read_text("utf-8")
    changelog = (shop.package() / "CHANGELOG.md").read_text("utf-8")
    assert "- `get_krav` is called `hent_krav` now; the old name goes in 0.3.0." in changelog
    assert "goes in 0.3.0" in shop.source("_client.py")
    shop.fragment("mended.fix", "Mended.")
    assert shop.run("release", "--no-twin", "--date", "2026-01-03", api).exit_code == 0
    assert "get_krav" in shop.source("_client.py")
    shop.fragment("new.feature", "New.")
    plan = json.loads(shop.run("release", "--no-twin", "--dry-run", "--format", "json", api).stdout)
    assert plan[0]["old_names_gone"] == ["get_krav", "Claim"]
    last = shop.run("release", "--no-twin", "--date", "2026-01-04", api)
    assert "the old name get_krav goes: hent_krav" in last.stdout
    assert "get_krav" not in shop.source("_client.py")
    assert "- `get_krav` is gone: `hent_krav`." in (shop.package() / "CHANGELOG.md").read_text(
        "utf-8"
    )
    assert shop.run("check").exit_code == 0


def test_a_renamed_method_whose_old_name_is_kept_is_a_minor_release(shop):
    api = old(shop)
    shop.generate()
    assert shop.run("release", "--no-twin", "--date", str(date(2026, 1, 1)), api).exit_code == 0
    base = shop.root / f"specs/{api}/1.0.0-reconstructed.yaml"
    document = yaml.safe_load(base.read_text("utf-8"))
    document["paths"]["/krav/{id}"]["get"]["operationId"] = "findKrav"
    register(shop, api, document)
    plan = json.loads(shop.run("release", "--no-twin", "--dry-run", "--format", "json", api).stdout)
    assert plan[0]["level"] == "major"
    path = shop.root / "specs/portal.toml"
    path.write_text(path.read_text("utf-8") + 'hent_krav = "find_krav"\n', "utf-8")
    plan = json.loads(shop.run("release", "--no-twin", "--dry-run", "--format", "json", api).stdout)
    assert plan[0]["level"] == "minor"


def register(shop, api, document):
    document["info"]["version"] = "1.1.0"
    base = shop.root / f"specs/{api}/1.0.0-reconstructed.yaml"
    new = base.with_name("1.1.0-reconstructed.yaml")
    new.write_text(yaml.safe_dump(document), "utf-8")
    path = shop.root / "specs/portal.toml"
    text = path.read_text("utf-8").replace('version = "1.0.0"', 'version = "1.1.0"', 1)
    digests = [hashlib.sha256(one.read_bytes()).hexdigest() for one in (base, new)]
    path.write_text(text.replace(*digests), "utf-8")
