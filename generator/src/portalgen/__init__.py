"""Turns the portal's OpenAPI files into the packages of this repository."""

__version__ = "0.1.0"
