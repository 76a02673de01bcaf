"""An interview as lines of a screen and in line mode."""
