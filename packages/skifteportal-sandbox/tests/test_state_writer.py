from skifteportal.sandbox.state import Database
from skifteportal.sandbox.state import writer as writer_module


def test_what_waits_is_written_as_soon_as_there_is_enough_of_it(monkeypatch):
    monkeypatch.setattr(writer_module, "_MOST_PENDING", 3)
    database = Database()

    def written():
        return database.connection.execute("SELECT count(*) FROM object").fetchone()[0]

    found = []
    for number in range(7):
        database.enter(number + 1, "thing", str(number), "", b"{}")
        database.commit()
        found.append(written())
    assert found == [0, 0, 3, 3, 3, 6, 6]
