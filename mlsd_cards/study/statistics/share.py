"""A part of something, and when it is too little to tell."""

from __future__ import annotations

from typing import NamedTuple

FEW = 20
"""A share of fewer answers is noise: what reads as 85 % can be 70 or 95."""


class Share(NamedTuple):
    """How many of how many were right."""

    right: int = 0
    of: int = 0

    @property
    def percent(self) -> int | None:
        """The share in percent; None while it is of too few."""
        return round(100 * self.right / self.of) if self.of >= FEW else None

    def __add__(self, other: Share) -> Share:  # type: ignore[override]  # no tuple is ever added
        return Share(self.right + other.right, self.of + other.of)
