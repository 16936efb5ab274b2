"""A program of many features that both type checkers must take as it is.

Never run; checked by tests/test_typing.py.
"""
# ruff: noqa: T201

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import assert_never, assert_type
from uuid import UUID

import attrs

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import (
    TEST,
    Answer,
    ApiError,
    AsyncDownload,
    AsyncPages,
    CallOptions,
    DelegatedAuth,
    DirectAuth,
    Download,
    File,
    NotFound,
    OutcomeUnknown,
    Pages,
    Timeouts,
    TooManyRequests,
)
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient, DoedsbojournalClient
from skifteportal.doedsbojournal.models import (
    BilagMetadata,
    Direction,
    DoedsbojournalQuery,
    Krav,
    KravInput,
    PartInput,
    PartType,
)
from skifteportal.retskreds import RetskredsClient
from skifteportal.retskreds.models import Retskreds
from skifteportal.tvangsoploesning_dirigent import TvangsoploesningDirigentClient
from skifteportal.tvangsoploesning_dirigent_likvidator import (
    TvangsoploesningDirigentLikvidatorClient,
)


def tokens(
    credential: ClientSecretCredential, direct: DirectAuth, delegated: DelegatedAuth
) -> None:
    DoedsbojournalClient(credential.direct())
    TvangsoploesningDirigentLikvidatorClient(credential.for_profile("0a1b2c3d"))
    TvangsoploesningDirigentClient(direct)
    TvangsoploesningDirigentClient(delegated)


def seen(answer: Answer) -> None:
    print(answer.status, answer.request_id, answer.headers)


def all_values(art: PartType | str) -> str:
    match art:
        case PartType.PERSON:
            return "en person"
        case PartType.VIRKSOMHED:
            return "en virksomhed"
        case PartType.ANDEN | PartType.UDENLANDSK_PERSON:
            return "en anden"
        case str():
            return f"ukendt: {art}"
        case _:
            assert_never(art)


def claims(credential: ClientSecretCredential) -> None:
    with DoedsbojournalClient(
        credential.direct(), timeouts=Timeouts(read=10), deadline=60, on_answer=seen
    ) as portal:
        found = portal.search_bo(DoedsbojournalQuery(cpr_nummer="4634875520"), size=10).first()
        if found is None:
            return
        krav = portal.add_krav(
            found.id,
            KravInput(
                beloeb=Decimal("1.10"),
                endeligt=False,
                kreditor=PartInput(type=PartType.PERSON),
                additional_properties={"nytFelt": None},
            ),
            options=CallOptions(deadline=5.0),
        )
        assert_type(krav, Krav)
        assert_type(krav.id, str)
        assert_type(krav.beloeb, Decimal | None)
        assert_type(krav.oprettelsestidspunkt, datetime | None)
        if krav.kreditor is not None and krav.kreditor.type is not None:
            print(all_values(krav.kreditor.type))
        total = sum((k.beloeb for k in portal.get_all_krav(found.id) if k.beloeb), Decimal(0))
        print(total, attrs.evolve(krav, titel="Husleje"))

        pages = portal.get_all_krav(UUID(found.id), direction=Direction.DESC, sort="beloeb")
        assert_type(pages, Pages[Krav])
        bilag = portal.add_bilag_for_krav(found.id, krav.id, Path("faktura.pdf"))
        assert_type(bilag, BilagMetadata)
        portal.add_bilag_for_krav(found.id, krav.id, File.from_bytes(b"%PDF", name="faktura.pdf"))
        download = portal.get_bilag_for_krav(found.id, krav.id, str(bilag.id))
        assert_type(download, Download)
        print(download.save(Path()), len(download.read()))
        with download as opened:
            for chunk in opened.iter_bytes():
                print(len(chunk), opened.filename)
        assert_type(portal.delete_krav(found.id, krav.id), None)


async def the_same_waiting(direct: DirectAuth) -> Krav | None:
    async with AsyncDoedsbojournalClient(direct) as portal:
        pages = portal.get_all_krav("e25d84d3")
        assert_type(pages, AsyncPages[Krav])
        async for krav in pages:
            return krav
        assert_type(portal.get_bilag_for_krav("1", "2", "3"), AsyncDownload)
        return await portal.get_krav("e25d84d3", "1")


def errors(portal: DoedsbojournalClient) -> Decimal | None:
    try:
        return portal.get_krav("e25d84d3", "1").beloeb
    except NotFound:
        return None
    except TooManyRequests as error:
        print(error.retry_after)
    except ApiError as error:
        print(error.status, error.code, error.explanation, error.doc_url, error.request_id)
    except OutcomeUnknown as error:
        print(error.reason)
    return None


def open_to_all() -> list[Retskreds]:
    with RetskredsClient(TEST) as portal:
        return list(portal.get_all_retskreds())
