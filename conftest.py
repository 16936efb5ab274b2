"""Every test of the repository runs under the search for leaked secrets."""

pytest_plugins = ("canaries", "counted", "forked", "pytester")
