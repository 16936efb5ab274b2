"""API keys are issued for a case area (sagsområde), estates or dissolutions: a key of one is refused by the other's APIs."""

from collections.abc import Mapping
from typing import Final

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.call import World
from skifteportal.sandbox.tokens import Caller

__all__ = ["AREA_OF", "check_area"]

AREA_OF: Final[Mapping[str, str]] = {
    "doedsbojournal": "doedsbo",
    "tvangsoploesning-dirigent": "tvangsoploesning",
    "tvangsoploesning-dirigent-kreditor": "tvangsoploesning",
    "tvangsoploesning-dirigent-likvidator": "tvangsoploesning",
    "henvendelse": "tvangsoploesning",
    "henvendelse-dirigent": "tvangsoploesning",
    "sagslager": "tvangsoploesning",
}
"""The case area of each API; the registers and the document store serve both."""


def check_area(world: World, api: str, caller: Caller) -> None:
    """Refuse a token that was got with an API key of another case area.

    Keys have the areas that they were issued for; a key without any, and login variant B, which has no key, have those
    of the setting `key_areas`.

    Args:
        world: The registered keys, the settings.
        api: The API that is called.
        caller: Whose token it is.

    Raises:
        Fault: The key is for another area.
    """
    area = AREA_OF.get(api)
    client = world.store.clients.get(caller.client)
    areas = (client.areas if client is not None else ()) or world.settings.key_areas
    if area is not None and area not in areas:
        text = f"{api} takes API keys for the case area {area}; this one is for {', '.join(areas)}"
        raise Fault(world.settings.area_status, text)
