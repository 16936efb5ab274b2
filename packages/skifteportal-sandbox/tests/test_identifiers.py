"""Ids, judged by the standard library."""

import uuid

from skifteportal.sandbox.identifiers import new_id


def test_an_id_is_a_random_uuid_and_its_own():
    made = [new_id() for _ in range(200)]
    assert len(set(made)) == 200
    for one in made:
        read = uuid.UUID(one)
        assert (str(read), read.version, read.variant) == (one, 4, uuid.RFC_4122)
    assert {one[19] for one in made} == set("89ab")
