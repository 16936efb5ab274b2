import pytest

from skifteportal.sandbox.shapes import party_key


@pytest.mark.parametrize(
    ("party", "key"),
    [
        ({"type": "PERSON", "person": {"personId": "AB-1"}}, "person ab-1"),
        ({"type": "PERSON", "person": {"personId": "ab-1"}}, "person ab-1"),
        ({"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "1"}}, "company 1"),
        ({"type": "ANDEN", "anden": "Skifteretten"}, ""),
        ({}, ""),
    ],
)
def test_whoever_has_an_id_is_found_by_it_however_it_is_written(party, key):
    assert party_key(party) == key
