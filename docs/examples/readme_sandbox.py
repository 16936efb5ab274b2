"""The first program in the README of skifteportal-sandbox."""

from pathlib import Path

from skifteportal.sandbox import Sandbox

with Sandbox.start(folder=Path("my-portal")) as sandbox:
    print(sandbox.env_file)  # for ClientSecretCredential.from_env_file
    print(sandbox.environment)  # for ClientSecretCredential
    sandbox.reset()  # all as it was started, without a restart
