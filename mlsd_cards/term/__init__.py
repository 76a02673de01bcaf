"""The only code that draws and that reads keys: a screen for terminals, lines for everything else."""
