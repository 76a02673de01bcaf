"""Quizzes: what one asks, what stands on it, what comes of it."""
