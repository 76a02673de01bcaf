"""How well schedulers predict: learnt from the past, measured on what came after it. Pure."""
