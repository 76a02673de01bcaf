"""Interviews: a whole case played against the clock, and its points."""
