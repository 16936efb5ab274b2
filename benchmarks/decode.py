"""How fast 1,000 krav are read and written, beside other ways to do it.

    python benchmarks/decode.py [rounds]

All take turns in one process, and each prints its median; compare ratios, not milliseconds: the
machine is rarely quiet. The krav is that of guide 4.3.3. What each way keeps:

* ours: everything (see skifteportal.core.model.Model);
* openapi-python-client: unmodified output for the same schema. Amounts are float, timestamps lose
  digits, an unknown enum value costs the whole answer;
* pydantic: Decimal, unknown members and open enums, but timestamps lose digits;
* msgspec structs: Decimal and open enums; no unknown members, timestamps lose digits. The floor.
"""

import importlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import decode_models
import msgspec
import pydantic
from guide_krav import krav

from skifteportal.core.codec import decode, encode
from skifteportal.core.shapes import ListOf, ModelOf

READ_TARGET_TOOL, READ_TARGET_PYDANTIC, WRITE_TARGET_TOOL = 0.40, 1.00, 0.35
SHAPE = ListOf(ModelOf("decode_models:Krav"))


CONTENT = ("[" + ",".join(krav(number) for number in range(1000)) + "]").encode()


def text(**extra: object) -> dict[str, object]:
    return {"type": "string", **extra}


def record(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


SPEC = {
    "openapi": "3.0.3",
    "info": {"title": "krav", "version": "1"},
    "paths": {
        "/krav": {
            "get": {
                "operationId": "getAllKrav",
                "responses": {
                    "200": {
                        "description": "krav",
                        "content": {
                            "application/json": {"schema": {"type": "array", "items": ref("krav")}}
                        },
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "krav": record(
                id=text(),
                oprettelsestidspunkt=text(format="date-time"),
                redigeringstidspunkt=text(format="date-time"),
                indberetter=ref("part"),
                beloeb={"type": "number"},
                endeligt={"type": "boolean"},
                opgjortdato=text(format="date"),
                rettidigt={"type": "boolean"},
                harBilag={"type": "boolean"},
                kvittering=ref("kvittering"),
                slettet={"type": "boolean"},
            ),
            "part": record(type=text(enum=["PERSON", "VIRKSOMHED"]), virksomhed=ref("virksomhed")),
            "virksomhed": record(cvrNummer=text()),
            "kvittering": record(kode=text(), overskrift=text(), indhold=text()),
        }
    },
}


def tool_krav(folder: Path) -> Any:
    """The class Krav that openapi-python-client makes of SPEC."""
    (folder / "spec.json").write_text(json.dumps(SPEC))
    (folder / "config.json").write_text(json.dumps({"post_hooks": []}))
    arguments = f"generate --path {folder}/spec.json --config {folder}/config.json --meta none --output-path {folder}/tool_output"
    subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *arguments.split()],
        check=True,
        capture_output=True,
    )
    sys.path.insert(0, str(folder))
    return importlib.import_module("tool_output.models").Krav


class Open(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="allow")


class PydanticVirksomhed(Open):
    cvrNummer: str | None = None  # noqa: N815


class PydanticPart(Open):
    type: decode_models.PartType | str | None = None
    virksomhed: PydanticVirksomhed | None = None


class PydanticKvittering(Open):
    kode: str | None = None
    overskrift: str | None = None
    indhold: str | None = None


class PydanticKrav(Open):
    id: str | None = None
    oprettelsestidspunkt: datetime | None = None
    redigeringstidspunkt: datetime | None = None
    indberetter: PydanticPart | None = None
    beloeb: Decimal | None = None
    endeligt: bool | None = None
    opgjortdato: date | None = None
    rettidigt: bool | None = None
    harBilag: bool | None = None  # noqa: N815
    kvittering: PydanticKvittering | None = None
    slettet: bool | None = None


class StructVirksomhed(msgspec.Struct):
    cvrNummer: str | None = None  # noqa: N815


class StructPart(msgspec.Struct):
    type: str | None = None
    virksomhed: StructVirksomhed | None = None


class StructKvittering(msgspec.Struct):
    kode: str | None = None
    overskrift: str | None = None
    indhold: str | None = None


class StructKrav(msgspec.Struct):
    id: str | None = None
    oprettelsestidspunkt: datetime | None = None
    redigeringstidspunkt: datetime | None = None
    indberetter: StructPart | None = None
    beloeb: Decimal | None = None
    endeligt: bool | None = None
    opgjortdato: date | None = None
    rettidigt: bool | None = None
    harBilag: bool | None = None  # noqa: N815
    kvittering: StructKvittering | None = None
    slettet: bool | None = None


def medians(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Milliseconds of each way, all taking turns in every round."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def show(what: str, times: dict[str, float], targets: dict[str, float]) -> bool:
    ours = times["ours"]
    met = True
    print(f"\n{what} 1,000 krav ({len(CONTENT) // 1000} kB)")
    for name, milliseconds in times.items():
        line = f"  {name:<26}{milliseconds:8.2f} ms   ours / it {ours / milliseconds:5.2f}"
        if name in targets:
            good = ours / milliseconds <= targets[name]
            met = met and good
            line += f"   target {targets[name]:.2f}: {'met' if good else 'MISSED'}"
        print(line)
    return met


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        tool = tool_krav(Path(folder))
    adapter = pydantic.TypeAdapter(list[PydanticKrav])
    struct_decode = msgspec.json.Decoder(list[StructKrav]).decode
    struct_encode = msgspec.json.Encoder(decimal_format="number").encode
    plain_decode = msgspec.json.Decoder(float_hook=Decimal).decode

    values = decode(CONTENT, SHAPE)
    assert json.loads(encode(values, SHAPE)) == json.loads(CONTENT)
    tool_values = [tool.from_dict(item) for item in json.loads(CONTENT)]
    pydantic_values = adapter.validate_json(CONTENT)
    struct_values = struct_decode(CONTENT)

    reading = medians(
        {
            "ours": lambda: decode(CONTENT, SHAPE),
            "openapi-python-client": lambda: [tool.from_dict(i) for i in json.loads(CONTENT)],
            "pydantic": lambda: adapter.validate_json(CONTENT),
            "msgspec structs": lambda: struct_decode(CONTENT),
            "msgspec to dicts (our base)": lambda: plain_decode(CONTENT),
            "json.loads": lambda: json.loads(CONTENT),
        },
        rounds,
    )
    writing = medians(
        {
            "ours": lambda: encode(values, SHAPE),
            "openapi-python-client": lambda: json.dumps(
                [v.to_dict() for v in tool_values]
            ).encode(),
            "pydantic": lambda: adapter.dump_json(pydantic_values),
            "msgspec structs": lambda: struct_encode(struct_values),
        },
        rounds,
    )
    targets = {"openapi-python-client": READ_TARGET_TOOL, "pydantic": READ_TARGET_PYDANTIC}
    met = show("Reading", reading, targets)
    met &= show("Writing", writing, {"openapi-python-client": WRITE_TARGET_TOOL})
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
