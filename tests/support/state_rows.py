"""Rows for tests of the sandbox's database."""

__all__ = ["insert"]


def insert(database, name):
    """Enter an object; return its place."""
    place = database.new_place()
    database.enter(place, "thing", name, "", b"x")
    return place
