from skifteportal.core.causes import causes_of


def caused(error, cause):
    error.__cause__ = cause
    return error


def test_what_an_error_was_raised_from():
    last = OSError()
    middle = caused(ValueError(), last)
    first = caused(KeyError(), middle)
    assert list(causes_of(first)) == [first, middle, last]


def test_contexts_are_followed_where_there_is_no_cause():
    error = caused(KeyError(), ValueError())
    error.__context__ = TypeError()
    error.__cause__.__context__ = OSError()
    assert list(causes_of(error)) == [error, error.__cause__, error.__cause__.__context__]


def test_what_the_caller_is_handling_is_no_cause():
    handled = OSError()
    handled.__context__ = OSError()
    error = caused(KeyError(), ValueError())
    error.__cause__.__context__ = handled
    assert list(causes_of(error, beyond=handled)) == [error, error.__cause__]


def test_a_loop():
    first = caused(KeyError(), ValueError())
    first.__cause__.__cause__ = first
    assert list(causes_of(first)) == [first, first.__cause__]
