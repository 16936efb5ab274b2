"""Problems name their API and survive pickling."""

from __future__ import annotations

import pickle

from portalgen.problems import ApiProblem


def test_every_problem_names_the_api():
    problem = ApiProblem("tiny", ["a", "b"])
    assert str(problem) == "tiny: a\ntiny: b"
    assert pickle.loads(pickle.dumps(problem)).problems == ("a", "b")
