"""`python -m portalgen`."""

from portalgen.cli import main

main(prog_name="portalgen")
