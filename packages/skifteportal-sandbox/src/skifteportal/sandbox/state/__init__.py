"""How the portal keeps what it remembers: encoded rows in SQLite, lists that are counted, objects that notice changes."""

from skifteportal.sandbox.state.content import file_content
from skifteportal.sandbox.state.database import Database
from skifteportal.sandbox.state.glance import glance
from skifteportal.sandbox.state.listing import Listing
from skifteportal.sandbox.state.orders import SortKey, rank
from skifteportal.sandbox.state.session import Session, Shape
from skifteportal.sandbox.state.several import Several
from skifteportal.sandbox.state.table import Names, Table, names_shape
from skifteportal.sandbox.state.upgrade import upgrade

__all__ = [
    "Database",
    "Listing",
    "Names",
    "Session",
    "Several",
    "Shape",
    "SortKey",
    "Table",
    "file_content",
    "glance",
    "names_shape",
    "rank",
    "upgrade",
]
