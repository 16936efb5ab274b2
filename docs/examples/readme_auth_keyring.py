"""The program about many identities in the README of skifteportal-auth; nothing is sent."""

from functools import partial

from skifteportal.auth import ClientSecretCredential, Keyring

customers = {"30808460": ".skifteportal-sandbox/.env"}  # an env file for each customer
keyring = Keyring(max_idle=100)
for cvr, env_file in customers.items():  # nothing is opened yet
    keyring.add(cvr, partial(ClientSecretCredential.from_env_file, env_file))
print(keyring.direct("30808460"))  # what a client takes
keyring.for_profile("30808460", "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3001")  # what a liquidator's takes
