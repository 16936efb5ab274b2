import random
from datetime import date

from skifteportal.sandbox import seed_estates
from skifteportal.sandbox.registers.data import registers
from skifteportal.sandbox.seed_estates import made_up_estates

NOW = date(2026, 1, 15)


def made(count, **options):
    return list(made_up_estates(NOW, count=count, chance=random.Random(1), **options))


def test_the_same_chances_give_the_same_estates_and_other_names_other_ids():
    assert [one.id for one in made(3)] == [one.id for one in made(3)]
    assert {one.id for one in made(3)}.isdisjoint(one.id for one in made(3, named="other"))


def test_everybody_has_a_number_of_their_own(monkeypatch):
    monkeypatch.setattr(seed_estates, "_YOUNGEST", 60)
    monkeypatch.setattr(seed_estates, "_OLDEST", 60)

    class Few(random.Random):
        def randint(self, low, high):
            return low

    estates = list(made_up_estates(NOW, count=5, chance=Few(1)))
    assert [one.cpr[6:] for one in estates] == ["0000", "0001", "0002", "0003", "0004"]
    assert len({one.cpr[:6] for one in estates}) == 1


def test_towns_have_their_own_postcode_and_court():
    offices = registers().offices
    for estate in made(60):
        court = offices[estate.details["retskredsId"]]
        address = estate.details["afdoede"]["adresse"]
        assert (address["postnummer"], address["by"]) == (
            court["adresse"]["postnummer"],
            court["adresse"]["by"],
        )
