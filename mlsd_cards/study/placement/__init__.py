"""Placements: what to ask somebody who knows much already, and what that shows."""
