"""Mistakes that a type checker must find: each line marked `refused`, and no other.

Never run; checked by tests/test_typing.py with both type checkers.
"""
# ruff: noqa: T201

from decimal import Decimal
from typing import assert_never

from skifteportal.core import TEST, DelegatedAuth, DirectAuth
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient, DoedsbojournalClient
from skifteportal.doedsbojournal.models import Krav, KravInput, PartType, TilgodehavendeInput
from skifteportal.retskreds import RetskredsClient
from skifteportal.tvangsoploesning_dirigent import TvangsoploesningDirigentClient
from skifteportal.tvangsoploesning_dirigent_kreditor import (
    AsyncTvangsoploesningDirigentKreditorClient,
    TvangsoploesningDirigentKreditorClient,
)
from skifteportal.tvangsoploesning_dirigent_likvidator import (
    AsyncTvangsoploesningDirigentLikvidatorClient,
    TvangsoploesningDirigentLikvidatorClient,
)


def the_wrong_kind_of_token(direct: DirectAuth, delegated: DelegatedAuth) -> None:
    TvangsoploesningDirigentLikvidatorClient(direct)  # refused
    AsyncTvangsoploesningDirigentLikvidatorClient(direct)  # refused
    TvangsoploesningDirigentKreditorClient(delegated)  # refused
    AsyncTvangsoploesningDirigentKreditorClient(delegated)  # refused
    DoedsbojournalClient(delegated)  # refused
    AsyncDoedsbojournalClient(delegated)  # refused
    RetskredsClient(direct)  # refused
    TvangsoploesningDirigentClient(TEST)  # refused


def every_value_but_the_unknown_one(art: PartType | str) -> str:
    match art:
        case PartType.PERSON:
            return "en person"
        case PartType.VIRKSOMHED:
            return "en virksomhed"
        case PartType.ANDEN | PartType.UDENLANDSK_PERSON:
            return "en anden"
        case _:
            assert_never(art)  # refused


def none_is_possible(krav: Krav) -> Decimal:
    if krav.kvittering.kode == "K1":  # refused
        return Decimal(0)
    return krav.beloeb + 1  # refused


def wrong_arguments(portal: DoedsbojournalClient) -> None:
    portal.get_krav("e25d84d3")  # refused
    portal.get_krav("e25d84d3", 7)  # refused
    portal.add_krav("e25d84d3", TilgodehavendeInput(beloeb=Decimal(1), udbetalt=False))  # refused
    portal.get_all_krav("e25d84d3", page="0")  # refused
    portal.get_all_krav("e25d84d3", 0)  # refused
    KravInput(beloeb=1.10, endeligt=True)  # refused
    KravInput(endeligt=True)  # refused


def wrong_results(portal: DoedsbojournalClient, asynchronous: AsyncDoedsbojournalClient) -> None:
    krav: KravInput = portal.get_krav("e25d84d3", "1")  # refused
    print(krav.titel)
    waiting: Krav = asynchronous.get_krav("e25d84d3", "1")  # refused
    print(waiting.titel)
    print(portal.get_all_krav("e25d84d3").beloeb)  # refused
