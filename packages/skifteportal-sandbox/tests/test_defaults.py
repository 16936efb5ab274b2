from skifteportal.sandbox import defaults
from skifteportal.sandbox.up_cli import up


def test_the_command_uses_the_defaults():
    given = {option.name: option.default for option in up.params}
    assert given["folder"] == defaults.FOLDER
    assert {role: given[f"port_{role}"] for role in defaults.PORTS} == defaults.PORTS
    assert len(set(defaults.PORTS.values())) == 4
