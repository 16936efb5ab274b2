"""The command `skifteportal-sandbox`: starts a portal, and controls one that runs."""

from importlib import import_module
from typing import Any, Final

import click
from typing_extensions import override

__all__ = ["main"]

_HERE: Final = "skifteportal.sandbox"
# Every command, with where it lives: loaded when it is called, so that the others stay quick.
_COMMANDS: Final = {
    "up": "up_cli:up",
    "info": "control.state_cli:info",
    "reset": "control.state_cli:reset",
    "seed": "control.state_cli:seed",
    "dump": "control.state_cli:dump",
    "load": "control.state_cli:load",
    "clock": "control.time_cli:clock",
    "fail": "control.call_cli:fail",
    "limit": "control.call_cli:limit",
    "journal": "control.call_cli:journal",
    "court": "control.court_cli:court",
    "profile": "control.access_cli:profile",
    "revoke": "control.access_cli:revoke",
    "register": "control.access_cli:register",
    "unregister": "control.access_cli:unregister",
    "client": "control.access_cli:client",
    "forget-tokens": "control.access_cli:forget_tokens",
    "codes": "provocations.cli:codes",
    "settings": "settings_cli:settings",
}
_START: Final = "up"
_OWN_OPTIONS: Final = frozenset({"--help", "--version"})

_EPILOG: Final = """\b
Examples:
  skifteportal-sandbox                    start a portal, with the options of up
  skifteportal-sandbox up --help          what these are
  skifteportal-sandbox reset              forget what was filed in the one that runs

\b
Exit codes of the commands: 0 it is done; 1 the portal or the court refused; 2 wrong usage, or no
sandbox is running.
"""


class _Group(click.Group):
    """Commands that live beside what they do; without one a portal is started."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"{_HERE}.{module}"), name)
        return command

    @override
    def parse_args(self, ctx: click.Context, args: list[str]) -> Any:
        if not args or (args[0].startswith("-") and args[0] not in _OWN_OPTIONS):
            args = [_START, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Group, context_settings={"max_content_width": 100}, epilog=_EPILOG)
@click.version_option(package_name="skifteportal-sandbox")
def main() -> None:
    """Run a Skifteportal of your own on this machine, and control it while it runs.

    Without a command it starts one, until Ctrl-C. It behaves as the courts' test environment is described to: a login
    with OCES3-shaped certificates over mutual TLS, by client secret or signed assertion, an exchange for liquidators'
    tokens, and all twelve APIs. The other commands talk to the sandbox that runs, which they find by its folder
    (--folder), or need none.
    """
