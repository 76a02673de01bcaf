"""A quiz as lines of a screen and in line mode."""
