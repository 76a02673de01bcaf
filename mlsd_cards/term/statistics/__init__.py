"""Where one stands, told on a terminal, in sentences and in a pipe."""
