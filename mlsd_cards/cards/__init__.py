"""What is learnt: cards, the deck files they are written in, and how an answer is marked. Pure."""
