"""How the portal keeps what it remembers: encoded rows in SQLite, lists that are counted, objects that notice changes."""

from skifteportal.sandbox.state.content import file_content
from skifteportal.sandbox.state.database import Database
from skifteportal.sandbox.state.listing import Listing
from skifteportal.sandbox.state.session import Session, Shape
from skifteportal.sandbox.state.several import Several
from skifteportal.sandbox.state.table import Names, Table, names_shape

__all__ = [
    "Database",
    "Listing",
    "Names",
    "Session",
    "Several",
    "Shape",
    "Table",
    "file_content",
    "names_shape",
]
