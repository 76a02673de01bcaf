"""A part of something, and when it is too little to tell."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

FEW = 20
"""A share of fewer answers is noise: what reads as 85 % can be 70 or 95."""

Z = 1.96
"""The quantile of the normal distribution for a confidence of 95 %."""


class Share(NamedTuple):
    """How many of how many were right."""

    right: int = 0
    of: int = 0

    @property
    def percent(self) -> int | None:
        """The share in percent; None while it is of too few."""
        return round(100 * self.right / self.of) if self.of >= FEW else None

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one lies, with a confidence of 95 % (Wilson's interval);
        all of them while there is no answer."""
        if not self.of:
            return 0.0, 1.0
        share, z2 = self.right / self.of, Z * Z / self.of
        middle = share + z2 / 2
        margin = Z * sqrt(share * (1 - share) / self.of + z2 / (4 * self.of))
        return (middle - margin) / (1 + z2), (middle + margin) / (1 + z2)

    def __add__(self, other: Share) -> Share:  # type: ignore[override]  # no tuple is ever added
        return Share(self.right + other.right, self.of + other.of)
