"""A small spec of the portal's shape, and a way to change it: for the tests of the differ."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from portalgen.diff import Change, Level, Report, compare
from portalgen.yaml_file import parse_yaml

_SPEC = """
openapi: 3.0.3
info: {title: Krav, version: 1.0.0}
servers: [{url: https://api.example.dk/krav}]
security: [{bearer: []}]
paths:
  /krav/{kravId}:
    parameters:
      - {name: kravId, in: path, required: true, schema: {type: string}}
    get:
      operationId: getKrav
      tags: [krav]
      parameters:
        - {name: dato, in: query, schema: {type: string, format: date}}
        - {name: antal, in: query, schema: {type: integer, maximum: 10}}
        - {name: felter, in: query, schema: {type: array, items: {type: string}}}
        - {name: X-Sag, in: header, schema: {type: string}}
      responses:
        '200':
          description: Kravet
          headers:
            X-Total-Count: {required: true, schema: {type: integer}}
          content:
            application/json: {schema: {$ref: '#/components/schemas/krav'}}
            application/xml: {schema: {type: string}}
        '404': {description: Findes ikke}
        default:
          description: Fejl
          content:
            application/json: {schema: {$ref: '#/components/schemas/fejl'}}
    put:
      operationId: updateKrav
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/kravInput'}}
      responses:
        '200':
          description: Kravet
          content:
            application/json: {schema: {$ref: '#/components/schemas/krav'}}
  /krav:
    post:
      operationId: addKrav
      security: [{oauth: [skriv]}, {bearer: []}]
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/kravInput'}}
          text/csv: {schema: {type: string}}
      responses:
        '201':
          description: Oprettet
          content:
            application/json: {schema: {$ref: '#/components/schemas/krav'}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    oauth:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: https://auth.example.dk/token, scopes: {skriv: Skriv}}
        authorizationCode:
          {authorizationUrl: https://auth.example.dk/a, tokenUrl: https://auth.example.dk/b, scopes: {}}
  schemas:
    krav:
      description: Et krav
      type: object
      required: [id]
      properties:
        id: {type: string}
        titel: {type: string, maxLength: 20}
        beloeb: {type: number, minimum: 1}
        antal: {type: integer, default: 1}
        status: {$ref: '#/components/schemas/status'}
        parter: {type: array, minItems: 1, maxItems: 9, items: {$ref: '#/components/schemas/part'}}
        ejer: {$ref: '#/components/schemas/ejer'}
        frit: {type: object, additionalProperties: {type: string}}
        hemmelig: {type: string, writeOnly: true}
    kravInput:
      type: object
      required: [titel]
      properties:
        titel: {type: string, maxLength: 20, pattern: '^[A-Z]{2,}$'}
        note: {type: string, description: En note}
        beloeb: {type: number, minimum: 1}
        runde: {type: number, multipleOf: 5}
        antal: {type: integer, default: 1}
        status: {$ref: '#/components/schemas/status'}
        part: {$ref: '#/components/schemas/part'}
        ejer: {$ref: '#/components/schemas/ejer'}
        tal: {type: array, items: {type: integer, format: int64}}
        lukket: {type: object, additionalProperties: false, properties: {a: {type: string}}}
        nul: {type: string, nullable: true}
        skabt: {type: string, readOnly: true}
    status: {type: string, enum: [AABEN, LUKKET]}
    part:
      type: object
      properties:
        navn: {type: string}
        overordnet: {$ref: '#/components/schemas/part'}
    ejer:
      oneOf:
        - {$ref: '#/components/schemas/person'}
        - {$ref: '#/components/schemas/virksomhed'}
      discriminator:
        propertyName: art
        mapping: {PERSON: '#/components/schemas/person', FIRMA: '#/components/schemas/virksomhed'}
    person: {type: object, required: [art], properties: {art: {type: string}, cpr: {type: string}}}
    virksomhed: {type: object, required: [art], properties: {art: {type: string}, cvr: {type: string}}}
    fejl: {type: object, properties: {kode: {type: string}}}
    ubrugt: {type: object, properties: {a: {type: string}}}
"""

GONE = object()
SCHEMAS = "/components/schemas"
KRAV = f"{SCHEMAS}/krav/properties"
INPUT = f"{SCHEMAS}/kravInput/properties"
GET = "/paths/~1krav~1{kravId}/get"
PUT = "/paths/~1krav~1{kravId}/put"
POST = "/paths/~1krav/post"
BODY = f"{POST}/requestBody/content/application~1json/schema"


def spec() -> dict[str, Any]:
    """Give a fresh copy of the spec."""
    return parse_yaml(_SPEC.encode(), file="krav.yaml")


def edited(edits: dict[str, Any], document: dict[str, Any] | None = None) -> dict[str, Any]:
    """Give the spec with values put at JSON pointers; GONE takes one away, `-` adds to a list."""
    document = spec() if document is None else deepcopy(document)
    for pointer, value in edits.items():
        *path, last = (p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:])
        node: Any = document
        for step in path:
            node = node[int(step)] if isinstance(node, list) else node.setdefault(step, {})
        if last == "-":
            node.append(deepcopy(value))
        elif value is GONE:
            del node[int(last) if isinstance(node, list) else last]
        else:
            node[int(last) if isinstance(node, list) else last] = deepcopy(value)
    return document


def report(edits: dict[str, Any]) -> Report:
    """Compare the spec with an edited one."""
    return compare(spec(), edited(edits), api="krav")


def the_change(edits: dict[str, Any], kind: str) -> Change:
    """Give the one change of a kind."""
    (found,) = [one for one in report(edits).changes if one.kind == kind]
    return found


def worst(found: Report) -> tuple[Level, Level]:
    """Give both levels."""
    return found.wire, found.client
