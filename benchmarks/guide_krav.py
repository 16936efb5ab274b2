"""The krav of guide 4.3.3, as text: what the benchmarks read."""


def krav(number: int) -> str:
    """One krav as the portal sends it; every other amount has øre."""
    return f"""{{"id":"4b97d591-1b88-4b70-81bc-{number:012d}",
"oprettelsestidspunkt":"2022-09-09T13:08:25.98834636Z",
"redigeringstidspunkt":"2022-09-09T13:08:25.988362763Z",
"indberetter":{{"type":"VIRKSOMHED","virksomhed":{{"cvrNummer":"11111111"}}}},
"beloeb":{123 + number}{".50" if number % 2 else ""},"endeligt":false,"opgjortdato":"2022-04-29",
"rettidigt":true,"harBilag":false,
"kvittering":{{"kode":"K1","overskrift":"Dit krav er nu anmeldt ","indhold":"Du har anmeldt et krav i boet.\\nNår boet udleveres, vil boets kontaktperson få besked om dit krav.\\nDu vil modtage en meddelelse via digital post, når boet udleveres."}},
"slettet":false}}"""
