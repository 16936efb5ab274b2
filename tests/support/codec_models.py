"""Models as the generator writes them, with every shape and a circle, for the tests of core's codec."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from skifteportal.core.model import Field, Model
from skifteportal.core.shapes import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DECIMAL,
    INTEGER,
    STRING,
    EnumOf,
    ListOf,
    MapOf,
    ModelOf,
    UnionOf,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

NASTY = "x'\"]; raise SystemExit #\\\n\u2028\x85{v}{t}{keep}~/"
"""A JSON name that would like to be code, and needs escaping in a pointer."""


class PartType(StrEnum):
    PERSON = "PERSON"
    VIRKSOMHED = "VIRKSOMHED"


@attrs.define(kw_only=True, repr=False)
class Virksomhed(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("cvr_nummer", "cvrNummer", STRING, required=True),
    )
    cvr_nummer: str


@attrs.define(kw_only=True, repr=False)
class Part(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("type", "type", EnumOf("codec_models:PartType"), shown=True),
        Field("virksomhed", "virksomhed", ModelOf("codec_models:Virksomhed")),
    )
    type: PartType | str | None = None
    virksomhed: Virksomhed | None = None


@attrs.define(kw_only=True, repr=False)
class Krav(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", STRING, required=True, shown=True),
        Field("oprettet", "oprettelsestidspunkt", DATE_TIME),
        Field("opgjortdato", "opgjortdato", DATE),
        Field("indberetter", "indberetter", ModelOf("codec_models:Part")),
        Field("beloeb", "beloeb", DECIMAL),
        Field("endeligt", "endeligt", BOOLEAN, shown=True),
        Field("antal", "antal", INTEGER),
        Field("koder", "koder", ListOf(STRING)),
        Field("underkrav", "underkrav", ListOf(ModelOf("codec_models:Krav"))),
        Field("frister", "frister", ListOf(DATE_TIME)),
        Field("tal", "tal", MapOf(ListOf(DECIMAL))),
        Field("typer", "typer", ListOf(EnumOf("codec_models:PartType"))),
        Field(
            "ejer",
            "ejer",
            UnionOf("type", {"P": "codec_models:Part", "K": "codec_models:Krav"}),
        ),
        Field("fri", "fri", ANY),
        Field("frie", "frie", ListOf(ANY)),
        Field("nasty", NASTY, STRING),
    )
    id: str
    oprettet: datetime | None = None
    opgjortdato: date | None = None
    indberetter: Part | None = None
    beloeb: Decimal | None = None
    endeligt: bool | None = None
    antal: int | None = None
    koder: list[str] | None = None
    underkrav: list[Krav] | None = None
    frister: list[datetime] | None = None
    tal: dict[str, list[Decimal]] | None = None
    typer: list[PartType | str] | None = None
    ejer: Part | Krav | dict[str, Any] | None = None
    fri: Any = None
    frie: list[Any] | None = None
    nasty: str | None = None


@attrs.define(kw_only=True, repr=False)
class KravInput(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("beloeb", "beloeb", DECIMAL),
        Field("note", "note", STRING),
    )
    beloeb: Decimal | None = None
    note: str | None = None
