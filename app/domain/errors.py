"""The one kind of error that is meant for people."""


class UserError(Exception):
    """Something a person can mend: one sentence that says what happened and what to do.

    Every other exception is a bug of ours: it ends in the crash dialog or, on the command line, a traceback.
    """
