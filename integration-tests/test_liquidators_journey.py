"""A liquidator's whole journey over real TLS, with the generated clients: from the appointment to the closed case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from skifteportal.core import File, PortalError, read_env_file
from skifteportal.dokument_lager_ekstern import DokumentLagerEksternClient
from skifteportal.henvendelse import HenvendelseClient
from skifteportal.henvendelse.models import HenvendelseInput, HenvendelseTraadInput
from skifteportal.henvendelse_dirigent import HenvendelseDirigentClient
from skifteportal.sagslager import SagslagerClient
from skifteportal.sagslager.models import SagQuery
from skifteportal.sandbox.pdf_page import one_page_pdf
from skifteportal.tvangsoploesning_dirigent import TvangsoploesningDirigentClient
from skifteportal.tvangsoploesning_dirigent_likvidator import (
    TvangsoploesningDirigentLikvidatorClient,
)
from skifteportal.tvangsoploesning_dirigent_likvidator.models import (
    AfslutningInput,
    AfslutningUdfald,
    AnmodningStatus,
    KonkursbegaeringInput,
    OpgaveStatus,
    RedegoerelseInput,
)

if TYPE_CHECKING:
    from pathlib import Path

    from skifteportal.auth import ClientSecretCredential
    from skifteportal.sandbox import Sandbox

COMPANY = "90000021"
PDF = one_page_pdf("Bilag")


def test_from_the_appointment_to_the_closed_case(
    sandbox: Sandbox, env_file: Path, credential: ClientSecretCredential
):
    profile = read_env_file(env_file)["EXAMPLE_PROFILE"]
    delegated = credential.for_profile(profile)

    # the case is found by its company, and is nobody's yet
    with SagslagerClient(credential.direct()) as cases:
        (case,) = cases.soeg_sager(SagQuery(cvr_nummer=COMPANY))
    sag_id = str(case.sag_id)
    place = {"sagId": sag_id}
    with TvangsoploesningDirigentLikvidatorClient(delegated) as portal:
        with pytest.raises(PortalError):
            portal.add_afslutning(sag_id, AfslutningInput(udfald=AfslutningUdfald.OPLOEST))

        # appointed: the profile's token now reaches the case
        sandbox.portal.court("udpegLikvidator", path=place, body={"likvidatorId": profile})
        with SagslagerClient(delegated) as cases:
            mine = {str(one.sag_id): one.roller for one in cases.hent_sager()}
        assert mine[sag_id] == ["LIKVIDATOR"]
        (appointed,) = portal.get_all_likvidator(sag_id)
        assert (str(appointed.likvidator_id), appointed.aktiv) == (profile, True)

        # the report that the court asks for, with a document that the profile uploads
        last_day = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011 - as the court says it
        sandbox.portal.court(
            "saetFrist", path=place, body={"type": "REDEGOERELSE", "fristdato": last_day}
        )
        (task,) = portal.get_all_opgave(sag_id)
        with DokumentLagerEksternClient(delegated) as store:
            report = portal.add_redegoerelse(
                sag_id,
                RedegoerelseInput(opsummering="Selskabet er insolvent.", opgave_id=task.id),
                documents=[File.from_bytes(PDF, name="Redegørelse.pdf")],
                store=store,
            )
            assert [one.filnavn for one in report.dokumenter or []] == ["Redegørelse.pdf"]
            assert portal.get_opgave(sag_id, task.id).status == OpgaveStatus.UDFOERT

            # an inquiry, and the court's answer with its document
            with HenvendelseClient(delegated) as messages:
                thread = messages.add_henvendelse_traad(
                    HenvendelseTraadInput(
                        sag_id=sag_id,
                        emneord="Konkurs",
                        henvendelser=[HenvendelseInput(tekst="Kan der indgives begæring?")],
                    )
                )
            letter = sandbox.portal.court("tilfoejDokument", path=place, body={"navn": "Svar"})
            sandbox.portal.court(
                "besvarHenvendelse",
                path={**place, "henvendelseId": str(thread.id)},
                body={"tekst": "Ja.", "dokumenter": [letter["id"]]},
            )
            with HenvendelseDirigentClient(delegated) as messages:
                answered = messages.get_henvendelse_traad_for_sag(sag_id, thread.id)
                answer = (answered.henvendelser or [])[-1]
                assert (answered.status, answer.tekst) == ("BESVARET", "Ja.")
                file = messages.get_henvendelse_dokument_fil(sag_id, thread.id, letter["id"])
                assert file.read().startswith(b"%PDF-")

            # the bankruptcy petition, which the court grants and publishes
            petition = portal.indgiv_konkursbegaering(
                sag_id,
                KonkursbegaeringInput(),
                documents=[File.from_bytes(PDF, name="Begæring.pdf")],
                store=store,
            )
        sandbox.portal.court(
            "behandlAnmodning",
            path={**place, "anmodninger": "konkursbegaeringer"},
            body={"udfald": "IMOEDEKOMMET", "opgaveId": str(petition.opgave_id)},
        )
        decided = portal.get_konkursbegaering(sag_id, petition.id)
        assert decided.status == AnmodningStatus.AFGJORT

        # the closing: proposed by the liquidator, published by the court
        closing = portal.add_afslutning(sag_id, AfslutningInput(udfald=AfslutningUdfald.KONKURS))
        sandbox.portal.court("publicer", path=place, body={"afslutningId": str(closing.id)})
        with TvangsoploesningDirigentClient(delegated) as general:
            ended = general.get_sag(sag_id)
            assert (ended.status, ended.er_afsluttet) == ("KONKURS", True)
            assert [one.type for one in general.get_all_afgoerelse(sag_id)] == ["AFSLUTNING"]
        with pytest.raises(PortalError) as refused:
            portal.add_redegoerelse(sag_id, RedegoerelseInput(opsummering="For sent"))
        assert refused.value.code == "sag.allerede.afsluttet"
