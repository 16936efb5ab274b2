"""A tiny spec without a fault, and a way to put one fault into it: for the tests of the linter."""

from copy import deepcopy
from typing import Any

from portalgen.lint import Finding, lint
from portalgen.yaml_file import parse_yaml

_GOOD = """
openapi: 3.0.3
info: {title: Api til ting, version: 1.0.0}
paths:
  /ting:
    get:
      operationId: getAllTing
      x-provenance: guide
      parameters:
        - $ref: '#/components/parameters/page'
        - $ref: '#/components/parameters/size'
        - $ref: '#/components/parameters/sort'
        - $ref: '#/components/parameters/direction'
      responses:
        '200':
          description: Ting
          headers:
            X-Total-Count:
              $ref: '#/components/headers/totalCount'
          content:
            application/json:
              schema:
                type: array
                items:
                  $ref: '#/components/schemas/ting'
        default:
          $ref: '#/components/responses/genericErrorResponse'
    post:
      operationId: addTing
      x-provenance: guide
      requestBody:
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/tingInput'
      responses:
        '201':
          description: Tingen
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/ting'
        default:
          $ref: '#/components/responses/genericErrorResponse'
  /ting/soegning:
    post:
      operationId: searchTing
      x-provenance: inferred
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                navn: {type: string}
            examples:
              navn:
                value: {navn: saks}
      responses:
        '200':
          description: Ting
          content:
            application/json:
              schema:
                type: array
                items:
                  $ref: '#/components/schemas/ting'
        default:
          $ref: '#/components/responses/genericErrorResponse'
  /ting/{tingId}:
    parameters:
      - $ref: '#/components/parameters/tingId'
    get:
      operationId: getTing
      x-provenance: guide
      responses:
        '200':
          description: Tingens fil
          content:
            application/pdf:
              schema: {type: string, format: binary}
        default:
          $ref: '#/components/responses/genericErrorResponse'
    put:
      operationId: updateTing
      x-provenance: guide
      requestBody:
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/tingInput'
      responses:
        '200':
          description: Tingen
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/ting'
        default:
          $ref: '#/components/responses/genericErrorResponse'
    delete:
      operationId: deleteTing
      x-provenance: guide
      responses:
        '204':
          description: Slettet
        default:
          $ref: '#/components/responses/genericErrorResponse'
components:
  parameters:
    page: {name: page, in: query, schema: {type: integer, minimum: 0, maximum: 9}}
    size: {name: size, in: query, schema: {type: integer}, example: 20}
    sort: {name: sort, in: query, schema: {type: string}}
    direction: {name: direction, in: query, schema: {type: string, enum: [ASC, DESC]}}
    tingId: {name: tingId, in: path, required: true, schema: {type: string, format: uuid}}
  headers:
    totalCount: {schema: {type: integer}}
  responses:
    genericErrorResponse:
      description: Fejl
      content:
        application/json:
          schema:
            $ref: '#/components/schemas/genericErrorResponse'
  schemas:
    ting:
      x-provenance: inferred
      type: object
      required: [id]
      properties:
        id: {type: string, x-provenance: guide}
        navn: {type: string, nullable: true, minLength: 1, maxLength: 9}
        del:
          $ref: '#/components/schemas/del'
          x-provenance: guide
        dyr:
          $ref: '#/components/schemas/dyr'
      example: {id: t1, navn: null, del: {art: A}}
    tingInput:
      x-provenance: guide
      type: object
      required: [antal]
      properties:
        antal: {type: integer, default: 1}
        navn: {type: string, pattern: '^[a-z]+$'}
        dele:
          type: array
          items:
            $ref: '#/components/schemas/del'
        slutdato: {type: string, format: date}
    del:
      x-provenance: guide
      type: object
      properties:
        art: {type: string, enum: [A, B]}
        dele:
          type: array
          items:
            $ref: '#/components/schemas/del'
    dyr:
      x-provenance: inferred
      oneOf:
        - $ref: '#/components/schemas/hund'
        - $ref: '#/components/schemas/kat'
      discriminator:
        propertyName: art
        mapping:
          HUND: '#/components/schemas/hund'
          KAT: kat
    hund:
      x-provenance: inferred
      type: object
      properties:
        art: {type: string}
    kat:
      x-provenance: inferred
      allOf:
        - $ref: '#/components/schemas/hund'
        - type: object
          properties:
            liv: {type: number, minimum: 1, exclusiveMinimum: true, maximum: 9}
    genericErrorResponse:
      x-provenance: inferred
      type: object
      properties:
        fejlkode: {type: string}
"""

API: dict[str, Any] = {"provenance": "reconstructed", "read_only": ["searchTing"]}
CODES: dict[str, Any] = {
    "ting.f1": {"operations": ["addTing", "updateTing"], "keeps_optional": ["navn", "dele"]},
    "ting.f2": {"operations": ["addTing"], "keeps_optional": ["dele.dele", "slutdato"]},
    "ting.f3": {"operations": ["opretTing"], "keeps_optional": ["hvadSomHelst"]},
    "ting.f4": {"operations": ["addTing"]},
}
SCHEMAS = "/components/schemas"
ADD = "/paths/~1ting/post"
LIST = "/paths/~1ting/get"
ONE = "/paths/~1ting~1{tingId}"
SEARCH = "/paths/~1ting~1soegning/post"

REMOVED = object()


def good() -> dict[str, Any]:
    """Give a fresh copy of the spec."""
    return parse_yaml(_GOOD.encode(), file="tiny.yaml")


def changed(edits: dict[str, Any]) -> dict[str, Any]:
    """Give the spec with values put at JSON pointers, or REMOVED from them."""
    document = good()
    for pointer, value in edits.items():
        *path, last = (p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:])
        node: Any = document
        for step in path:
            node = node[int(step)] if isinstance(node, list) else node.setdefault(step, {})
        place: Any = int(last) if isinstance(node, list) else last
        if value is REMOVED:
            del node[place]
        elif isinstance(node, list):
            node.insert(place, deepcopy(value))
        else:
            node[place] = deepcopy(value)
    return document


def findings(edits: dict[str, Any], *, api: Any = None, codes: Any = None) -> list[Finding]:
    """Lint the spec after some edits."""
    return lint(
        changed(edits),
        api=API if api is None else api,
        codes=CODES if codes is None else codes,
    )


def assert_only(rule: str, pointer: str, found: list[Finding]) -> None:
    """Assert that one rule found something, at one place, and no other rule of ours did.

    openapi-spec-validator may have seen it too.
    """
    ours = {(f.rule, f.pointer) for f in found if f.rule != "openapi-is-valid"}
    assert ours == {(rule, pointer)}, found
