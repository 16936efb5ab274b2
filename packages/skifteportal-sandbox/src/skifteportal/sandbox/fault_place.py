"""Where the sandbox's own code failed, for its log and for whoever reports it: a place, and no value of anybody's."""

__all__ = ["place_of"]


def place_of(error: BaseException) -> str:
    """Name the function and line that an exception comes from.

    Args:
        error: The exception, caught.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}"
