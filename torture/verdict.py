"""What a torture came to."""

from __future__ import annotations

from typing import NamedTuple


class Verdict(NamedTuple):
    """Its name, how often it was done, what was measured in words, and everything that went wrong.
    ``skipped`` says why it could not be done here."""

    name: str
    times: int
    told: str
    wrong: list[str]
    skipped: str = ""

    def __str__(self) -> str:
        if self.skipped:
            return f"skipped  {self.name}: {self.skipped}"
        how = "WRONG   " if self.wrong else "ok      "
        head = f"{how} {self.name}: {self.times} times; {self.told}"
        return "\n".join([head, *(f"           {one}" for one in self.wrong)])
