"""The example in the reference of models: what this version does not know, and an explicit null."""

from decimal import Decimal

from skifteportal.core.codec import to_json
from skifteportal.doedsbojournal.models import KravInput

krav = KravInput(
    beloeb=Decimal("123.45"),
    endeligt=False,
    additional_properties={"nytFelt": "værdi", "opgjortdato": None},
)
print(to_json(krav))
