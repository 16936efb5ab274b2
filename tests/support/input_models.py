"""Models as the generator writes them, for the tests of what core does with them besides reading and writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from skifteportal.core.inputs import KEEP, Keep, make_input
from skifteportal.core.model import Field, Model
from skifteportal.core.shapes import (
    BOOLEAN,
    DATE_TIME,
    DECIMAL,
    STRING,
    EnumOf,
    ListOf,
    MapOf,
    ModelOf,
    UnionOf,
)

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


@attrs.define(kw_only=True, repr=False)
class Virksomhed(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (Field("cvr_nummer", "cvrNummer", STRING),)
    cvr_nummer: str | None = None


@attrs.define(kw_only=True, repr=False)
class Part(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("type", "type", EnumOf("codec_models:PartType")),
        Field("virksomhed", "virksomhed", ModelOf("input_models:Virksomhed")),
        Field("navn", "navn", STRING),
    )
    type: str | None = None
    virksomhed: Virksomhed | None = None
    navn: str | None = None


@attrs.define(kw_only=True, repr=False)
class PartInput(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("type", "type", EnumOf("codec_models:PartType"), required=True),
        Field("virksomhed", "virksomhed", ModelOf("input_models:Virksomhed")),
    )
    type: str
    virksomhed: Virksomhed | None = None


@attrs.define(kw_only=True, repr=False)
class Reference(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("dokument_id", "dokumentId", STRING),
        Field("navn", "navn", STRING),
    )
    dokument_id: str | None = None
    navn: str | None = None


@attrs.define(kw_only=True, repr=False)
class ReferenceInput(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("dokument_id", "dokumentId", STRING, required=True),
        Field("filnavn", "filnavn", STRING),
        Field("navn", "navn", STRING, required=True),
    )
    dokument_id: str
    filnavn: str | None = None
    navn: str


@attrs.define(kw_only=True, repr=False)
class Sag(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", STRING, required=True),
        Field("oprettet", "oprettet", DATE_TIME),
        Field("modtaget", "modtaget", DATE_TIME),
        Field("beloeb", "beloeb", DECIMAL),
        Field("endeligt", "endeligt", BOOLEAN),
        Field("titel", "titel", STRING),
        Field("kreditor", "kreditor", ModelOf("input_models:Part")),
        Field("bilag", "bilag", ListOf(ModelOf("input_models:Reference"))),
        Field("dokumenter", "dokumenter", ListOf(ModelOf("input_models:Reference"))),
        Field("parter", "parter", MapOf(ModelOf("input_models:Part"))),
        Field("ejer", "ejer", UnionOf("type", {"PERSON": "input_models:Part"})),
        Field("nummer", "nummer", STRING),
    )
    id: str
    oprettet: datetime | None = None
    modtaget: datetime | None = None
    beloeb: Decimal | None = None
    endeligt: bool | None = None
    titel: str | None = None
    kreditor: Part | None = None
    bilag: list[Reference] | None = None
    dokumenter: list[Reference] | None = None
    parter: dict[str, Part] | None = None
    ejer: Part | dict[str, Any] | None = None
    nummer: str | None = None

    def to_input(
        self,
        *,
        beloeb: Decimal | Keep = KEEP,
        keep_unknown: bool = False,
        **changes: object,
    ) -> SagInput:
        given = dict.fromkeys((field.name for field in SagInput.__fields__), KEEP)
        result: SagInput = make_input(
            self,
            "input_models:SagInput",
            given | {"beloeb": beloeb} | changes,
            keep_unknown=keep_unknown,
        )
        return result


@attrs.define(kw_only=True, repr=False)
class SagInput(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("beloeb", "beloeb", DECIMAL, required=True),
        Field("endeligt", "endeligt", BOOLEAN),
        Field("titel", "titel", STRING),
        Field("modtaget", "modtaget", DATE_TIME),
        Field("kreditor", "kreditor", ModelOf("input_models:PartInput")),
        Field("bilag", "bilag", ListOf(STRING)),
        Field("dokumenter", "dokumenter", ListOf(ModelOf("input_models:ReferenceInput"))),
        Field("parter", "parter", MapOf(ModelOf("input_models:PartInput"))),
        Field("ejer", "ejer", UnionOf("type", {"PERSON": "input_models:PartInput"})),
        Field("nummer", "nummer", STRING, read_only=True),
        Field("kode", "a/b~c", STRING),
    )
    beloeb: Decimal
    endeligt: bool | None = None
    titel: str | None = None
    modtaget: datetime | None = None
    kreditor: PartInput | None = None
    bilag: list[str] | None = None
    dokumenter: list[ReferenceInput] | None = None
    parter: dict[str, PartInput] | None = None
    ejer: PartInput | dict[str, Any] | None = None
    nummer: str | None = None
    kode: str | None = None


@attrs.define(kw_only=True, repr=False)
class TraadInput(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("emner", "emner", ListOf(ModelOf("input_models:SagInput"))),
    )
    emner: list[SagInput] | None = None


@attrs.define(kw_only=True, repr=False)
class Aendringer(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("sag_ider", "sagIder", ListOf(STRING), required=True),
        Field("siden", "siden", DATE_TIME, required=True),
    )
    sag_ider: list[str]
    siden: datetime
