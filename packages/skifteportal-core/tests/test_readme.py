"""The README's example runs."""

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from skifteportal.core import Client, _http
from skifteportal.core.shapes import ANY

README = Path(__file__).parents[1] / "README.md"


@pytest.mark.parametrize("status", [200, 404, 502])
def test_the_example(api, auth, portal, make_operation, tmp_path, monkeypatch, capsys, status):  # noqa: PLR0917
    class DoedsbojournalClient(Client):
        _api = api

        def __init__(self, *arguments, **options):
            super().__init__(*arguments, transport=_http.MockTransport(portal), **options)

        def add_krav(self, bo_id, krav, *, options):
            operation = make_operation("POST", "/bo/{boId}/krav", body=ANY)
            self._call(operation, (bo_id,), body=krav, options=options)
            return SimpleNamespace(id="k")

        def get_bilag_for_krav(self, *ids):
            operation = make_operation(path="/bo/{boId}/krav/{kravId}/bilag/{id}", answer=None)
            return self._download(operation, ids)

    monkeypatch.chdir(tmp_path)
    (tmp_path / "bilag").mkdir()
    pdf = (200, b"%PDF", {"Content-Disposition": 'attachment; filename="faktura.pdf"'})
    portal.answers((status, '{"fejlkode":"doedsbo.f17"}'), pdf)
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    names = {
        "DoedsbojournalClient": DoedsbojournalClient,
        "credential": SimpleNamespace(direct=lambda: auth),
        "krav": SimpleNamespace(id="k"),
        "bo": SimpleNamespace(id="b"),
        "bilag": SimpleNamespace(id="c"),
        "krav_input": {"beloeb": Decimal("1.10")},
    }
    exec(code, names)
    assert (tmp_path / "bilag" / "faktura.pdf").read_bytes() == b"%PDF"
    assert ("doedsbo.f17 The date" in capsys.readouterr().out) == (status == 404)
