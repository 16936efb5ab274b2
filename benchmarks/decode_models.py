"""The krav of guide 4.3.3, as the generator writes models; benchmarks/decode.py reads and writes it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import attrs

from skifteportal.core.model import Field, Model
from skifteportal.core.shapes import BOOLEAN, DATE, DATE_TIME, DECIMAL, STRING, EnumOf, ModelOf

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class PartType(StrEnum):
    PERSON = "PERSON"
    VIRKSOMHED = "VIRKSOMHED"


@attrs.define(kw_only=True, repr=False)
class Virksomhed(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (Field("cvr_nummer", "cvrNummer", STRING),)
    cvr_nummer: str | None = None


@attrs.define(kw_only=True, repr=False)
class Part(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("type", "type", EnumOf("decode_models:PartType"), shown=True),
        Field("virksomhed", "virksomhed", ModelOf("decode_models:Virksomhed")),
    )
    type: PartType | str | None = None
    virksomhed: Virksomhed | None = None


@attrs.define(kw_only=True, repr=False)
class Kvittering(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("kode", "kode", STRING),
        Field("overskrift", "overskrift", STRING),
        Field("indhold", "indhold", STRING),
    )
    kode: str | None = None
    overskrift: str | None = None
    indhold: str | None = None


@attrs.define(kw_only=True, repr=False)
class Krav(Model):
    __fields__: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", STRING, shown=True),
        Field("oprettelsestidspunkt", "oprettelsestidspunkt", DATE_TIME),
        Field("redigeringstidspunkt", "redigeringstidspunkt", DATE_TIME),
        Field("indberetter", "indberetter", ModelOf("decode_models:Part")),
        Field("beloeb", "beloeb", DECIMAL),
        Field("endeligt", "endeligt", BOOLEAN, shown=True),
        Field("opgjortdato", "opgjortdato", DATE),
        Field("rettidigt", "rettidigt", BOOLEAN, shown=True),
        Field("har_bilag", "harBilag", BOOLEAN, shown=True),
        Field("kvittering", "kvittering", ModelOf("decode_models:Kvittering")),
        Field("slettet", "slettet", BOOLEAN, shown=True),
    )
    id: str | None = None
    oprettelsestidspunkt: datetime | None = None
    redigeringstidspunkt: datetime | None = None
    indberetter: Part | None = None
    beloeb: Decimal | None = None
    endeligt: bool | None = None
    opgjortdato: date | None = None
    rettidigt: bool | None = None
    har_bilag: bool | None = None
    kvittering: Kvittering | None = None
    slettet: bool | None = None
