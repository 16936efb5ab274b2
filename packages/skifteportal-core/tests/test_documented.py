"""Every error knows where the documentation tells of it."""

import pytest

from skifteportal.core import DecodeError, NotFound, PortalError, ReceiptNotKept, errors
from skifteportal.core.documented import Documented

PAGE = "https://skifteportal.readthedocs.io/errors/exceptions/"


@pytest.mark.parametrize("cls", [PortalError, DecodeError, NotFound, ReceiptNotKept])
def test_a_class_has_a_section_of_its_name(cls):
    assert cls.doc_url == f"{PAGE}#core.{cls.__name__}"


def test_a_private_base_has_the_section_of_its_own_base():
    assert errors._CallError.doc_url == PortalError.doc_url


def test_a_users_class_has_the_section_of_ours():
    class MyError(NotFound):
        pass

    assert MyError.doc_url == NotFound.doc_url
    assert Documented.doc_url == PAGE


def test_options_of_a_class_reach_its_other_bases():
    class Named:
        def __init_subclass__(cls, *, name, **options):
            super().__init_subclass__(**options)
            cls.name = name

    class NamedError(PortalError, Named, name="both"):
        pass

    assert NamedError.name == "both"
