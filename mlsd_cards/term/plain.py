"""Line mode: one fact a line, answers as lines; for pipes, logs and screen readers.

No cursor code, no colour, no redraw. What has been said is not said again.
"""

from __future__ import annotations

import os
import re
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from select import select
from time import monotonic
from types import TracebackType
from typing import IO, Self

from mlsd_cards.cards.question import CHOOSE, RECALL, TOGGLE, TYPE
from mlsd_cards.study import bindings
from mlsd_cards.study.session import BACK, OVER, Session
from mlsd_cards.term import facts
from mlsd_cards.term.line import ASCII, Glyphs
from mlsd_cards.term.terminal import needs_ascii


class Plain:
    """Says what is new in a session, and reads its keys from lines.

    An empty line after an answer is the proposed grade itself, not Enter, so the session's guard
    against an Enter that was meant for the question does not apply.
    """

    def __init__(self, stdin: IO[str], stdout: IO[str]) -> None:
        self._in = Lines(stdin)
        self._out = stdout
        self._glyphs = ASCII if needs_ascii(stdout) else Glyphs()
        self._keys: deque[str] = deque()
        self._session = Session()
        self._said: dict[str, object] = {}
        self._told: set[str] = set()
        self._gone = False
