"""Long work tells how far it is and can be stopped."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called now and then with how much is done and how much there is in all; raises Cancelled to stop the work."""


class Cancelled(Exception):
    """The person asked for the work to stop; what was begun is taken back."""


def unheard(_done: int, _total: int) -> None:
    """The progress of work that nobody watches."""
