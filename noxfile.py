"""The one door to every task of this repository: ``nox -l`` lists them.

``nox -s demo`` shows the product, ``nox -s tests`` is what CI runs. Each session makes its own
environment from a hashed lock in ``requirements/`` and reuses it until the lock or a package's
metadata changes.
"""

from __future__ import annotations

import hashlib
import shutil
import tomllib
from pathlib import Path

import nox
from nox.command import CommandFailed

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["tests"]

HERE = Path(__file__).parent
CLIENTS = tuple(tomllib.loads((HERE / "specs/portal.toml").read_text("utf-8"))["apis"])
PACKAGES = ("core", "auth", "specs", "sandbox", *CLIENTS)
LOCKS = {
    "demo": ("packages", "editable"),
    "tests": ("packages", "generator", "editable", "build", "test", "types", "docs"),
    "docs": ("packages", "generator", "editable", "docs"),
    "zensical": ("packages", "generator", "editable", "docs", "zensical"),
    "build": ("editable", "build"),
    "house": ("house",),
    "schemathesis": ("packages", "editable", "judges"),
    "httpx2": ("packages", "generator", "editable", "test", "httpx2"),
    "bench": ("packages", "generator", "editable", "bench"),
    "browser": ("packages", "editable", "browser"),
}
JUDGES = (
    "guide_curl.py",
    "peers_openssl.py",
    "peers/oidc_provider.py",
    "peers/keycloak.py",
    "peers/postman_collections.py",
)
IN_BROWSER = ("inspector", "site")
NOT_RUN = 2
OF_THE_SITE = ("mkdocs*.yml", "docs/**/*.*", "specs/**/*.*", "packages/*/src/**/*.py")
ALLOW_MISSING = "--allow-missing"
BOUNDED = ("--examples", "2")


def site_to_build() -> list[str]:
    """Name the session that builds the site, if its sources are newer; CI built it a moment before."""
    built = HERE / "site/404.html"
    since = built.stat().st_mtime if built.is_file() else 0
    sources = (path for pattern in OF_THE_SITE for path in HERE.glob(pattern))
    return ["docs"] if any(path.stat().st_mtime > since for path in sources) else []


@nox.session
def demo(session: nox.Session) -> None:
    """File a claim in a portal of your own: the main job, from nothing, in plain words."""
    install(session, "demo")
    session.run("python", "integration-tests/demo.py", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Everything that must hold: lint, types, generated tree, tests, coverage, the site; then ``schemathesis`` and ``packages``."""
    install(session, "tests", with_generator=True)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("portalgen", "lint")
    session.run("portalgen", "check")
    session.run("python", "tests/support/fragments.py", "--committed")
    type_check(session)
    session.run("coverage", "erase")
    # Two cores: a file of tests runs on one of them, since a file shares its servers.
    session.run(
        "coverage", "run", "-m", "pytest", "-n", "2", "--dist", "loadfile", *session.posargs
    )
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")
    if not session.posargs:
        session.run("python", "docs/build_site.py")
        session.notify("schemathesis", posargs=BOUNDED)
        session.notify("packages")


@nox.session
def pytest(session: nox.Session) -> None:
    """The tests alone, or those of ``-- PATH…``: for another Python or system, and while writing."""
    install(session, "tests", with_generator=True)
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def specs(session: nox.Session) -> None:
    """Are the specs the registered ones, do they keep our rules, are the packages made from them?"""
    install(session, "tests", with_generator=True)
    session.run("portalgen", "lint")
    session.run("portalgen", "check")
    session.run("python", "-m", "pytest", "-q", "tests/test_specs.py")


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff over everything; ``nox -s lint -- --fix`` mends and formats."""
    install(session, "tests", with_generator=True)
    session.run("ruff", "check", ".", *session.posargs)
    session.run("ruff", "format", *([] if "--fix" in session.posargs else ["--check"]), ".")


@nox.session
def types(session: nox.Session) -> None:
    """Mypy and pyright, both strict."""
    install(session, "tests", with_generator=True)
    type_check(session)


@nox.session
def generate(session: nox.Session) -> None:
    """Write the generated packages anew from ``specs/``; look at the diff afterwards."""
    install(session, "tests", with_generator=True)
    session.run("portalgen", "generate", *session.posargs)


@nox.session
def surface(session: nox.Session) -> None:
    """Write the snapshots of the packages' public surfaces anew; look at the diff afterwards."""
    install_lock(session, "house")
    session.run("python", "tests/support/surface.py", *session.posargs)


@nox.session
def changelog_check(session: nox.Session) -> None:
    """Refuse a changed package without a changelog fragment; ``-- --base REV`` compares with REV."""
    session.run("python", "tests/support/fragments.py", *session.posargs)


@nox.session
def fragment(session: nox.Session) -> None:
    """Write changelog fragments: ``-- KIND SLUG TEXT PACKAGE…``; 'skifteportal-*' is all packages."""
    session.run("python", "tests/support/fragments.py", "add", *session.posargs)


@nox.session
def changelog(session: nox.Session) -> None:
    """Show what the next section of a changelog will be: ``-- skifteportal-core``; more goes to towncrier."""
    install_lock(session, "house")
    package, *more = session.posargs or ["skifteportal-core"]
    options = ("--config", "pyproject.toml", "--dir", f"packages/{package}")
    session.run("towncrier", "build", *options, *(more or ("--draft", "--version", "next")))


@nox.session
def release(session: nox.Session) -> None:
    """Write a release: versions, changelogs, packages: ``-- API… --dry-run``; ``-- --tag`` when it is committed."""
    install(session, "tests", with_generator=True)
    session.run("portalgen", "release", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation site into ``site/``, in both languages, strictly, and check it."""
    install(session, "docs", with_generator=True)
    session.run("python", "docs/build_site.py")


@nox.session
def docs_serve(session: nox.Session) -> None:
    """Read the documentation site while writing it, in both languages; ``-- PORT`` is another than 8000."""
    install(session, "docs", with_generator=True)
    session.run("python", "docs/serve_site.py", *session.posargs)


@nox.session(requires=site_to_build())
def zensical(session: nox.Session) -> None:
    """Build the documentation site with Zensical as well, and say what differs: a canary, which may fail."""
    install(session, "zensical", with_generator=True)
    session.run("python", "docs/zensical_canary.py")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what we promise, as ratios against something run beside it; asserts nothing."""
    install(session, "bench", with_generator=True)
    for script in sorted((HERE / "benchmarks").glob("*.py")):
        session.log(f"--- {script.name}")
        session.run("python", str(script))


@nox.session
def peers(session: nox.Session) -> None:
    """Let programs that we did not write judge: curl, openssl, oidc-provider and newman (Node), Keycloak (Java).

    One that can't be had on this machine says NOT RUN, and the session fails unless it is called
    with ``-- --allow-missing``. The first run fetches the latter two into the user's cache.
    """
    install(session, "docs", with_generator=True)
    codes = [0, NOT_RUN] if ALLOW_MISSING in session.posargs else [0]
    failed: list[str] = []
    for judge in JUDGES:  # all of them are heard
        try:
            session.run("python", f"integration-tests/{judge}", success_codes=codes)
        except CommandFailed:
            failed.append(judge)
    if failed:
        session.error(f"not passed: {', '.join(failed)}")


@nox.session
def schemathesis(session: nox.Session) -> None:
    """Made-up requests to all operations of a sandbox that runs; ``-- --examples 2`` is what ``tests`` asks for."""
    install(session, "schemathesis")
    session.run("python", "integration-tests/peers/schemathesis_run.py", *session.posargs)


@nox.session(requires=site_to_build())
def browser(session: nox.Session) -> None:
    """Use the documentation site and the sandbox's inspector in a real Chromium; ``-- site`` or ``-- inspector`` is one of them.

    ``-- inspector --pictures docs/en/images`` writes the documentation's pictures anew, ``-- site --pictures FOLDER`` screenshots to
    look at. Without Chromium on the machine each says NOT RUN, and fails unless it is called with ``-- --allow-missing``.
    """
    install(session, "browser")
    programs = [name for name in IN_BROWSER if name in session.posargs] or IN_BROWSER
    codes = [0, NOT_RUN] if ALLOW_MISSING in session.posargs else [0]
    arguments = [given for given in session.posargs if given not in {*IN_BROWSER, ALLOW_MISSING}]
    failed: list[str] = []
    for program in programs:  # both are heard
        script = f"integration-tests/{program}_in_browser.py"
        try:
            session.run("python", script, *arguments, success_codes=codes)
        except CommandFailed:
            failed.append(program)
    if failed:
        session.error(f"not passed: {', '.join(failed)}")


@nox.session
def httpx2(session: nox.Session) -> None:
    """Core, login and the journeys on httpx2: in a copy, the one line that imports httpx is changed."""
    copy = Path(session.virtualenv.location) / "tree"
    shutil.rmtree(copy, ignore_errors=True)
    left_out = shutil.ignore_patterns(".*", "__pycache__", "dist", "site")
    shutil.copytree(HERE, copy, ignore=left_out)
    module = copy / "packages/skifteportal-core/src/skifteportal/core/_http.py"
    before, line, after = module.read_text("utf-8").partition("\nfrom httpx import (")
    if not line:
        session.error("core's _http.py has no line `from httpx import (`: change this session too")
    module.write_text(f"{before}\nfrom httpx2 import ({after}", "utf-8")
    install(session, "httpx2", with_generator=True, root=copy)
    session.chdir(copy)
    tests = ("packages/skifteportal-core", "packages/skifteportal-auth", "integration-tests")
    transport = "packages/skifteportal-sandbox/tests/test_transport.py"
    session.run("python", "-m", "pytest", "-q", *(session.posargs or (*tests, transport)))


@nox.session
def build(session: nox.Session) -> None:
    """Make the wheel and the sdist of every package, or of ``-- PACKAGE…``, in ``dist/``."""
    install_lock(session, "build")
    shutil.rmtree(HERE / "dist", ignore_errors=True)
    for name in session.posargs or [f"skifteportal-{name}" for name in PACKAGES]:
        options = ("--quiet", "--no-isolation", "--outdir", "dist")
        session.run("python", "-m", "build", *options, f"packages/{name}", silent=True)


@nox.session
def packages(session: nox.Session) -> None:
    """Look into every wheel and sdist; install each alone, run its example; then do what the quick start says."""
    session.posargs.clear()
    build(session)
    session.run("python", "integration-tests/check_distributions.py", "dist", "packages")
    wheelhouse = Path(session.virtualenv.location) / "wheelhouse"
    shutil.rmtree(wheelhouse, ignore_errors=True)
    session.run(
        "python", "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--prefer-binary",
        "--require-hashes", "-r", "requirements/demo.txt", "--dest", str(wheelhouse),
    )  # fmt: skip
    session.run("python", "integration-tests/installed_alone.py", "dist", str(wheelhouse), *CLIENTS)
    session.run("python", "integration-tests/newcomers_path.py", "dist", str(wheelhouse))


@nox.session(venv_backend="virtualenv")
def lock(session: nox.Session) -> None:
    """Write ``requirements/*.txt`` anew: pinned, hashed, naming no host."""
    session.install("uv")
    for name, groups in LOCKS.items():
        options = [f"--group={group}" for group in groups]
        session.run(
            "uv", "pip", "compile", "--quiet", "--generate-hashes", "--universal",
            "--python-version=3.11", "--no-header", "--no-annotate", "--no-emit-index-url",
            "--upgrade", *options, f"--output-file=requirements/{name}.txt",
        )  # fmt: skip


def install_lock(session: nox.Session, lock: str) -> None:
    """Bring the session's environment to a lock that none of our packages is needed with."""
    session.install("--quiet", "--require-hashes", "-r", f"requirements/{lock}.txt")


def install(
    session: nox.Session, lock: str, *, with_generator: bool = False, root: Path = HERE
) -> None:
    """Bring the session's environment to the lock, with our packages as editables.

    Nothing is done when neither the lock nor any package's metadata changed since the last run:
    the second run of a session starts at once.
    """
    projects = [root / "packages" / f"skifteportal-{name}" for name in PACKAGES]
    if with_generator:
        projects.append(root / "generator")
    inputs = [HERE / "requirements" / f"{lock}.txt", *(p / "pyproject.toml" for p in projects)]
    content = [str(HERE).encode(), *(path.read_bytes() for path in inputs)]  # editables name HERE
    digest = hashlib.sha256(b"\0".join(content)).hexdigest()
    stamp = Path(session.virtualenv.location) / "installed.sha256"
    if stamp.exists() and stamp.read_text() == digest:
        return
    session.log("making the environment: this takes about half a minute, once")
    session.install("--no-deps", "--require-hashes", "-r", f"requirements/{lock}.txt")
    editables = [argument for project in projects for argument in ("-e", str(project))]
    session.install("--no-deps", "--no-build-isolation", *editables)
    stamp.write_text(digest)


def type_check(session: nox.Session) -> None:
    """Both type checkers over every package, the generator and the example programs."""
    names = [f"skifteportal.{name.replace('-', '_')}" for name in PACKAGES] + ["portalgen"]
    session.run("mypy", *(argument for name in names for argument in ("-p", name)))
    session.run("mypy", "docs/sitepages", silent=True)
    session.run("python", "integration-tests/examples.py")
    python = Path(session.virtualenv.bin) / "python"
    session.run("pyright", "--pythonpath", str(python))
