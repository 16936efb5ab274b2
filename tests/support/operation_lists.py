"""Every operation of the twelve APIs, written out: apart from the specs and from what is generated.

An operation that is lost, moved or renamed on its way from the sources to a client shows against this list.
"""

from typing import NamedTuple

__all__ = ["ADDED_IN_1_4", "DOEDSBO", "OPERATIONS", "Listed"]

DOEDSBO = "doedsbojournal"
_PAGED = ("page", "size")
_PAGING = {"": (), "P": _PAGED, "PS": (*_PAGED, "sort", "direction")}


class Listed(NamedTuple):
    """An operation of the list."""

    id: str
    method: str
    path: str
    paging: tuple[str, ...]

    @property
    def signature(self) -> tuple[str, str, str]:
        return self.id, self.method, self.path


# operationId, method, path below the prefix; last P: page and size, PS: sort and direction too.
_DOEDSBO_1_3 = """
    searchBo                        POST   .                                      PS
    findChangedSince                POST   /aendringer                            P
    getBo                           GET    /{doedsbojournalId}
    getAllKrav                      GET    /{doedsbojournalId}/krav               PS
    addKrav                         POST   /{doedsbojournalId}/krav
    getKrav                         GET    /{doedsbojournalId}/krav/{kravId}
    updateKrav                      PUT    /{doedsbojournalId}/krav/{kravId}
    deleteKrav                      DELETE /{doedsbojournalId}/krav/{kravId}
    getAllBilagForKrav              GET    /{doedsbojournalId}/krav/{kravId}/bilag
    addBilagForKrav                 POST   /{doedsbojournalId}/krav/{kravId}/bilag
    getBilagForKrav                 GET    /{doedsbojournalId}/krav/{kravId}/bilag/{bilagId}
    deleteBilagForKrav              DELETE /{doedsbojournalId}/krav/{kravId}/bilag/{bilagId}
    getAllTilgodehavende            GET    /{doedsbojournalId}/tilgodehavender    PS
    addTilgodehavende               POST   /{doedsbojournalId}/tilgodehavender
    getTilgodehavende               GET    /{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}
    updateTilgodehavende            PUT    /{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}
    deleteTilgodehavende            DELETE /{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}
    getAllBilagForTilgodehavende    GET    /{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}/bilag
    addBilagForTilgodehavende       POST   /{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}/bilag
    getBilagForTilgodehavende       GET    /{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}/bilag/{bilagId}
    deleteBilagForTilgodehavende    DELETE /{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}/bilag/{bilagId}
    getAllEffektfortegnelse         GET    /{doedsbojournalId}/effektfortegnelser PS
    addEffektfortegnelse            POST   /{doedsbojournalId}/effektfortegnelser
    getEffektfortegnelse            GET    /{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}
    updateEffektfortegnelse         PUT    /{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}
    deleteEffektfortegnelse         DELETE /{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}
    getAllBilagForEffektfortegnelse GET    /{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}/bilag
    addBilagForEffektfortegnelse    POST   /{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}/bilag
    getBilagForEffektfortegnelse    GET    /{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}/bilag/{bilagId}
    deleteBilagForEffektfortegnelse DELETE /{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}/bilag/{bilagId}
    getAllForespoergsel             GET    /{doedsbojournalId}/forespoergsler     PS
    addForespoergsel                POST   /{doedsbojournalId}/forespoergsler
    getForespoergsel                GET    /{doedsbojournalId}/forespoergsler/{forespoergselId}
    updateForespoergsel             PUT    /{doedsbojournalId}/forespoergsler/{forespoergselId}
    deleteForespoergsel             DELETE /{doedsbojournalId}/forespoergsler/{forespoergselId}
    getAllBilagForForespoergsel     GET    /{doedsbojournalId}/forespoergsler/{forespoergselId}/bilag
    addBilagForForespoergsel        POST   /{doedsbojournalId}/forespoergsler/{forespoergselId}/bilag
    getBilagForForespoergsel        GET    /{doedsbojournalId}/forespoergsler/{forespoergselId}/bilag/{bilagId}
    deleteBilagForForespoergsel     DELETE /{doedsbojournalId}/forespoergsler/{forespoergselId}/bilag/{bilagId}
"""
_ADDED_IN_1_4 = """
    getAllAktiv                      GET    /{doedsbojournalId}/aktiver             PS
    addAktiv                         POST   /{doedsbojournalId}/aktiver
    getAktiv                         GET    /{doedsbojournalId}/aktiver/{aktivId}
    updateAktiv                      PUT    /{doedsbojournalId}/aktiver/{aktivId}
    deleteAktiv                      DELETE /{doedsbojournalId}/aktiver/{aktivId}
    getAllBilagForAktiv              GET    /{doedsbojournalId}/aktiver/{aktivId}/bilag
    addBilagForAktiv                 POST   /{doedsbojournalId}/aktiver/{aktivId}/bilag
    getBilagForAktiv                 GET    /{doedsbojournalId}/aktiver/{aktivId}/bilag/{bilagId}
    deleteBilagForAktiv              DELETE /{doedsbojournalId}/aktiver/{aktivId}/bilag/{bilagId}
    getAllProformaopgoerelse         GET    /{doedsbojournalId}/proformaopgoerelser PS
    addProformaopgoerelse            POST   /{doedsbojournalId}/proformaopgoerelser
    getProformaopgoerelse            GET    /{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}
    getAllBilagForProformaopgoerelse GET    /{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}/bilag
    addBilagForProformaopgoerelse    POST   /{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}/bilag
    getBilagForProformaopgoerelse    GET    /{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}/bilag/{bilagId}
    deleteBilagForProformaopgoerelse DELETE /{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}/bilag/{bilagId}
"""
_TABLES: dict[str, tuple[str, str]] = {
    "tvangsoploesning-dirigent": (
        "/tvangsoploesningssager/{sagId}",
        """
        getSag                     GET    .
        getSagensGang              GET    /sagensGang             P
        getAllFrist                GET    /frister                P
        getAllAfgoerelse           GET    /afgoerelser            PS
        getAfgoerelse              GET    /afgoerelser/{afgoerelseId}
        getAllRetsbog              GET    /retsboeger             PS
        getRetsbog                 GET    /retsboeger/{retsbogId}
        getAllSagsdokument         GET    /dokumenter             PS
        getSagsdokumentFil         GET    /dokumenter/{dokumentId}/fil
        getAllErklaeringsanmodning GET    /erklaeringsanmodninger P
        udfyldErklaering           POST   /erklaeringer
        getAllErklaering           GET    /erklaeringer           P
        getErklaering              GET    /erklaeringer/{erklaeringId}
        addKaeremaal               POST   /kaeremaal
        getAllKaeremaal            GET    /kaeremaal              P
        getKaeremaal               GET    /kaeremaal/{kaeremaalId}
        """,
    ),
    "tvangsoploesning-dirigent-kreditor": (
        "/kreditor/tvangsoploesningssager/{sagId}",
        """
        addKrav              POST   /krav
        getAllKrav           GET    /krav            PS
        getKrav              GET    /krav/{kravId}
        updateKrav           PUT    /krav/{kravId}
        deleteKrav           DELETE /krav/{kravId}
        addTilgodehavende    POST   /tilgodehavender
        getAllTilgodehavende GET    /tilgodehavender PS
        getTilgodehavende    GET    /tilgodehavender/{tilgodehavendeId}
        updateTilgodehavende PUT    /tilgodehavender/{tilgodehavendeId}
        deleteTilgodehavende DELETE /tilgodehavender/{tilgodehavendeId}
        addHenvendelse       POST   /henvendelser
        getAllHenvendelse    GET    /henvendelser    P
        """,
    ),
    "tvangsoploesning-dirigent-likvidator": (
        "/likvidator/tvangsoploesningssager/{sagId}",
        """
        getAllKrav                         GET    /krav                     PS
        getKrav                            GET    /krav/{kravId}
        getBilagForKrav                    GET    /krav/{kravId}/bilag/{dokumentId}
        getAllTilgodehavende               GET    /tilgodehavender          PS
        getTilgodehavende                  GET    /tilgodehavender/{tilgodehavendeId}
        getBilagForTilgodehavende          GET    /tilgodehavender/{tilgodehavendeId}/bilag/{dokumentId}
        getAllLikvidator                   GET    /likvidatorer
        addRedegoerelse                    POST   /redegoerelser
        getAllRedegoerelse                 GET    /redegoerelser            P
        getRedegoerelse                    GET    /redegoerelser/{redegoerelseId}
        anmodFristudsaettelse              POST   /fristudsaettelser
        getAllFristudsaettelse             GET    /fristudsaettelser        P
        getFristudsaettelse                GET    /fristudsaettelser/{fristudsaettelseId}
        deleteFristudsaettelse             DELETE /fristudsaettelser/{fristudsaettelseId}
        anmodErklaering                    POST   /erklaeringsanmodninger
        addTidligereLedelse                POST   /tidligereLedelse
        getAllTidligereLedelse             GET    /tidligereLedelse         P
        updateTidligereLedelse             PUT    /tidligereLedelse/{tidligereLedelseId}
        anmodMedlikvidator                 POST   /medlikvidatoranmodninger
        getAllMedlikvidatoranmodning       GET    /medlikvidatoranmodninger P
        getMedlikvidatoranmodning          GET    /medlikvidatoranmodninger/{medlikvidatoranmodningId}
        deleteMedlikvidatoranmodning       DELETE /medlikvidatoranmodninger/{medlikvidatoranmodningId}
        anmodRevisor                       POST   /revisoranmodninger
        getAllRevisoranmodning             GET    /revisoranmodninger       P
        getRevisoranmodning                GET    /revisoranmodninger/{revisoranmodningId}
        deleteRevisoranmodning             DELETE /revisoranmodninger/{revisoranmodningId}
        indgivKonkursbegaering             POST   /konkursbegaeringer
        getAllKonkursbegaering             GET    /konkursbegaeringer       P
        getKonkursbegaering                GET    /konkursbegaeringer/{konkursbegaeringId}
        deleteKonkursbegaering             DELETE /konkursbegaeringer/{konkursbegaeringId}
        fratraedLikvidator                 POST   /fratraedelser
        addAfslutning                      POST   /afslutninger
        getAllAfslutning                   GET    /afslutninger             P
        addBemaerkning                     POST   /bemaerkninger
        getAllBemaerkning                  GET    /bemaerkninger            P
        updateBemaerkning                  PUT    /bemaerkninger/{bemaerkningId}
        deleteBemaerkning                  DELETE /bemaerkninger/{bemaerkningId}
        getAllOpgave                       GET    /opgaver                  PS
        getOpgave                          GET    /opgaver/{opgaveId}
        getFristudsaettelseForOpgave       GET    /opgaver/{opgaveId}/fristudsaettelse
        getKaeremaalForOpgave              GET    /opgaver/{opgaveId}/kaeremaal
        getMedlikvidatoranmodningForOpgave GET    /opgaver/{opgaveId}/medlikvidatoranmodning
        getRedegoerelseForOpgave           GET    /opgaver/{opgaveId}/redegoerelse
        getKonkursbegaeringForOpgave       GET    /opgaver/{opgaveId}/konkursbegaering
        getRevisoranmodningForOpgave       GET    /opgaver/{opgaveId}/revisoranmodning
        """,
    ),
    "henvendelse": (
        "",
        """
        addHenvendelseTraad    POST   /henvendelseTraade
        getAllHenvendelseTraad GET    /henvendelseTraade PS
        getHenvendelseTraad    GET    /henvendelseTraade/{henvendelseTraadId}
        addHenvendelse         POST   /henvendelseTraade/{henvendelseTraadId}/henvendelser
        """,
    ),
    "henvendelse-dirigent": (
        "/sager/{sagId}",
        """
        getAllHenvendelseTraadForSag GET    /henvendelseTraade PS
        getHenvendelseTraadForSag    GET    /henvendelseTraade/{henvendelseTraadId}
        addHenvendelseForSag         POST   /henvendelseTraade/{henvendelseTraadId}/henvendelser
        getHenvendelseDokumentFil    GET    /henvendelseTraade/{henvendelseTraadId}/dokumenter/{dokumentId}/fil
        """,
    ),
    "sagslager": (
        "",
        """
        soegSager POST   /sager PS
        hentSager GET    /sager PS
        """,
    ),
    "dokument-lager-ekstern": (
        "",
        """
        addV2          POST   /v2/dokumenter
        getFil         GET    /v2/dokumenter/{dokumentId}/fil
        getDokument    GET    /v2/dokumenter/{dokumentId}
        deleteDokument DELETE /v2/dokumenter/{dokumentId}
        """,
    ),
    "person": (
        "",
        """
        getPerson GET    /personer/{personId}
        """,
    ),
    "virksomhed": (
        "",
        """
        getVirksomhed    GET    /virksomheder/{cvrNummer}
        soegVirksomheder POST   /virksomheder PS
        """,
    ),
    "adresse": (
        "",
        """
        getAdresse   GET    /adresser/{darId}
        soegAdresser POST   /adresser P
        """,
    ),
    "retskreds": (
        "",
        """
        getAllRetskreds          GET    /retskredse                       P
        getRetskreds             GET    /retskredse/{retskredsId}
        getAllEmbedeForRetskreds GET    /retskredse/{retskredsId}/embeder P
        getAllEmbede             GET    /embeder                          P
        getEmbede                GET    /embeder/{embedeId}
        """,
    ),
}


def _read(table: str, prefix: str) -> tuple[Listed, ...]:
    rows = (line.split() for line in table.strip().splitlines())
    return tuple(
        Listed(id_, method, prefix + path.removeprefix("."), _PAGING["".join(mark)])
        for id_, method, path, *mark in rows
    )


ADDED_IN_1_4 = _read(_ADDED_IN_1_4, "/doedsbojournaler")
OPERATIONS: dict[str, tuple[Listed, ...]] = {
    DOEDSBO: (*_read(_DOEDSBO_1_3, "/doedsbojournaler"), *ADDED_IN_1_4),
    **{api: _read(table, prefix) for api, (prefix, table) in _TABLES.items()},
}
