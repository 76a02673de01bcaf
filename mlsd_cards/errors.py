"""Failures that are not bugs: what happened, where, and what to do, said without a traceback."""


class UserError(Exception):
    """An expected failure; its text is shown as it is and the program leaves with ``code``."""

    code = 1

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(f"{what}\n{remedy}" if remedy else what)


class StaleError(UserError):
    """The card has changed since it was shown: nothing was written, it has to be shown again."""
