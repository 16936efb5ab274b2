"""Control: what a user does to the portal from outside its APIs, from Python and on a port of its own."""

from skifteportal.sandbox.control.control import Control

__all__ = ["Control"]
