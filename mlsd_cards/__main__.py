"""``python -m mlsd_cards``."""

from mlsd_cards.cli import main

if __name__ == "__main__":
    main()
