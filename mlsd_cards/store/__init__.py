"""What happened and where it is kept: the log of events, the state folded from it, the library."""
