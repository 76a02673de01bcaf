"""The only code that draws and reads keys: a screen for terminals, lines for everything else."""
