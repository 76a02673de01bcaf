"""A review as lines of a screen and in line mode."""
