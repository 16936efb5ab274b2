"""The program in the README of skifteportal-specs."""

from skifteportal import specs

for api in specs.apis():
    print(api, specs.spec(api)["info"]["version"])
print(specs.error_codes()["doedsbo.f17"]["text"])
