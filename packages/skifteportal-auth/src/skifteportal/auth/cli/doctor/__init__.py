"""``skifteportal doctor``: why the login does not work, step by step."""
