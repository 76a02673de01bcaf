"""Spaced repetition and quizzes for machine-learning system design interviews."""
