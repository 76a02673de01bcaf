"""Paths, clock, chance, store and library of one run, wired together."""

from __future__ import annotations

import os
import time
from functools import cached_property
from typing import TYPE_CHECKING

from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import LATEST, Moment

if TYPE_CHECKING:
    from random import Random

    from mlsd_cards.cards.problem import Problem
    from mlsd_cards.store.catalogue import Catalogue, Filter
    from mlsd_cards.store.database import Store
    from mlsd_cards.store.library import Library, Root
    from mlsd_cards.store.preferences import Preferences
    from mlsd_cards.store.watch import Watch
    from mlsd_cards.study.agenda import Agenda, Limits
    from mlsd_cards.study.planning.follow import Following
    from mlsd_cards.study.summary import Outlook

HOME = "MLSD_CARDS_HOME"


class App:
    """One run. Nothing is opened before it is asked for."""

    def __init__(
        self, home: str | None = None, decks: tuple[str, ...] = (), *, strict: bool = False
    ) -> None:
        self.home = os.path.abspath(os.path.expanduser(home or default_home()))
        self.decks = decks
        self.strict = strict
        """Whether every deck must have all that a bundled one has."""
        self.watch: Watch = lambda items, _: items
        """Shows how far long work over decks and cards is, where somebody looks."""

    def moment(self, at: int | None = None, offset: int | None = None) -> Moment:
        """Now, or the instant ``at`` (ms UTC), where this machine is."""
        at = wall() if at is None else at
        if not 0 <= at < LATEST:
            raise UserError("the clock of this machine is wrong beyond doubt", "Set it right.")
        offset = utc_offset(at) if offset is None else offset
        return Moment.of(at, offset, self.store.settings.rollover)

    @property
    def store_path(self) -> str:
        """The path of the store's file, whether there is one or not."""
        return os.path.join(self.home, "cards.db")

    def keep_copy(self) -> None:
        """Keep a copy of the store if one is due after what this run has written to it."""
        store: Store | None = vars(self).get("store")
        if store is None or not store.connection.total_changes or not store.is_used():
            return
        from mlsd_cards.schedule.day import iso
        from mlsd_cards.store import backup
        from mlsd_cards.store.file import told

        changed, size = store.connection.total_changes, os.path.getsize(store.path)
        copy = backup.due(self.home, iso(self.moment().day), changed, size)
        if copy is None:
            return
        if os.path.exists(copy):  # of a store that was emptied since, and used again
            from mlsd_cards.store.salvage import has_more

            if has_more(copy, store):
                return
        backup.check_folder(self.home)
        with told(copy, copied=store.path):
            backup.make(store.path, copy)
        backup.thin(self.home)

    def close(self) -> None:
        """Let go of the store. Who lets go last leaves it whole in its one file."""
        store: Store | None = vars(self).pop("store", None)
        if store is not None:
            store.close()

    def forgotten(self) -> str:
        """What to say where nothing was ever answered, but copies of a store lie in the home."""
        if not os.path.isdir(os.path.join(self.home, "backups")) or self.store.is_used():
            return ""
        return "Nothing is answered here, but copies of an older store are: mlsd-cards restore"

    @cached_property
    def store(self) -> Store:
        """The store in the home, opened."""
        from mlsd_cards.store.database import Store

        return Store.open(self.home)

    @cached_property
    def preferences(self) -> Preferences:
        """What the person prefers on this machine."""
        from mlsd_cards.store.recall import preferences

        return preferences(self.store, self.home)

    @property
    def config(self) -> str:
        """The path of the file of preferences, whether there is one or not."""
        from mlsd_cards.store.preferences import NAME

        return os.path.join(self.home, NAME)

    @cached_property
    def library(self) -> Library:
        """The library of this run, brought up to date with its files."""
        from mlsd_cards.store.library import Library

        return Library.open(self.store, self.roots(), self.moment, self.watch)

    @property
    def catalogue(self) -> Catalogue:
        """What the library holds."""
        return self.library.catalogue

    def roots(self) -> list[Root]:
        """Where the decks of this run lie."""
        from mlsd_cards.store.library import Root

        bundled, strict = self.bundled, self.strict
        if self.decks:
            return [
                Root(os.path.abspath(path), strict or is_below(path, bundled))
                for path in self.decks
            ]
        own = [self.own_decks, *filter(is_usable, self.more_decks())]
        return [Root(bundled, strict=True), *(Root(path, strict, needed=False) for path in own)]

    def lint(self) -> list[Problem]:
        """What the rules of writing find in the library. What a library of its own names may be
        bundled."""
        from mlsd_cards.store.library import Library, Root
        from mlsd_cards.store.linting import linted

        def bundled() -> Catalogue:
            root = Root(self.bundled, strict=True)
            return Library.open(self.store, [root], self.moment).catalogue

        return linted(self.library, bundled, self.watch)

    @property
    def bundled(self) -> str:
        """The folder of the decks that ship with the program."""
        return bundled_decks()

    def more_decks(self) -> list[str]:
        """The paths that the preferences add to the library; relative ones start at the home."""
        if self.decks:
            return []
        paths = map(os.path.expanduser, self.preferences.decks)
        return [os.path.normpath(os.path.join(self.home, path)) for path in paths]

    def config_problems(self) -> list[Problem]:
        """What is wrong with the preferences; their file is read again only if anything is."""
        away = [path for path in self.more_decks() if not is_usable(path)]
        if not away and not self.preferences.problems:
            return []
        from mlsd_cards.store.config import load, missing

        config = load(self.config)
        return sorted([*config.problems, *(missing(config, self.config, path) for path in away)])

    @property
    def own_decks(self) -> str:
        """The folder of the person's own decks."""
        return os.path.join(self.home, "decks")

    def reread(self) -> None:
        """Look at the deck files again: one of them has been written."""
        self.__dict__.pop("library", None)

    def rng(self, seed: int | None = None) -> Random:
        """Chance for an order of cards. Without a seed it is fixed by the day: a review taken up
        again goes on in its order."""
        from random import Random

        return Random(self.moment().day if seed is None else seed)  # noqa: S311 - no secret

    def following(self) -> Following | None:
        """The plan that today follows; None without one, or once its day is over."""
        plan, day = self.store.settings.plan, self.moment().day
        if plan is None or plan.day < day:
            return None
        from mlsd_cards.study.planning.follow import Following

        return Following(plan, self.catalogue, day)

    def agenda(
        self,
        wanted: Filter,
        limits: Limits,
        rng: Random | None = None,
        plan: Following | None = None,
    ) -> Agenda:
        """The rest of today for the cards that are wanted, in an order by chance if ``rng``.
        ``plan`` is what ``following`` says at this moment, where that is known."""
        from mlsd_cards.study.agenda import plan_day

        day, plan = self.moment().day, plan or self.following()
        wanted = plan.meant(wanted) if plan else wanted
        catalogue = self.catalogue
        answered, again = catalogue.answered(day), catalogue.again(day, wanted)
        due, unseen = (
            catalogue.due(day, wanted),
            catalogue.unseen(day, wanted, staged=plan is not None),
        )
        if plan:
            due = plan.due(due, wanted, limits, answered)
        return plan_day(due, unseen, answered, again, day, limits, rng)

    def tomorrow(self, wanted: Filter, agenda: Agenda) -> int:
        """How many cards will be due tomorrow once the agenda of today is done: its new cards come
        back, its due ones mostly later."""
        plan = self.following()
        if plan and (swept := plan.tomorrow(agenda.cards)) is not None:
            return swept
        wanted = plan.meant(wanted) if plan else wanted
        tomorrow = self.catalogue.due_by(self.moment().day + 1, wanted)
        return tomorrow - agenda.reviews + len(agenda.new)

    def outlook(self, wanted: Filter, agenda: Agenda) -> Outlook:
        """What is left today by ``agenda``, and what comes tomorrow."""
        from mlsd_cards.study.summary import Outlook

        day, plan = self.moment().day, self.following()
        wanted = plan.meant(wanted) if plan else wanted
        swept = plan.tomorrow(()) if plan else None
        return Outlook(
            left=len(agenda.cards),
            again=len(agenda.drill),
            later=agenda.later,
            tomorrow=self.catalogue.due_by(day + 1, wanted) if swept is None else swept,
            new_left=any(self.catalogue.unseen(day + 1, wanted)) and not (plan and plan.settles),
            days_to_clear=agenda.days_to_clear,
        )


def wall() -> int:
    """The clock on the wall: UTC in milliseconds."""
    return time.time_ns() // 1_000_000


def utc_offset(at: int) -> int:
    """The minutes by which local time is ahead of UTC at the instant ``at`` (ms)."""
    return time.localtime(at / 1000).tm_gmtoff // 60


def local_time() -> str:
    """The local time to the second, as in 2026-11-21T18:30:00."""
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(wall() / 1000))


def monotonic() -> int:
    """A clock in milliseconds that never goes back."""
    return time.monotonic_ns() // 1_000_000


def default_home() -> str:
    """``MLSD_CARDS_HOME``, else the platform's folder for a user's data."""
    if named := os.environ.get(HOME):
        return named
    from platformdirs import user_data_dir

    return user_data_dir("mlsd-cards", appauthor=False)


def bundled_decks() -> str:
    """The decks that ship with the program: beside the code in a wheel, above it in a checkout."""
    package = os.path.dirname(os.path.abspath(__file__))
    for place in (package, os.path.dirname(package)):
        folder = os.path.join(place, "decks")
        if os.path.isdir(folder):
            return folder
    raise UserError("the bundled decks are missing", "Install mlsd-cards again.")


def is_usable(path: str) -> bool:
    """Whether there is a file or folder that can be read."""
    return os.path.isfile(path) or os.access(path, os.R_OK | os.X_OK)


def is_below(path: str, folder: str) -> bool:
    """Whether ``path`` is ``folder`` or lies in it."""
    real, top = os.path.realpath(path), os.path.realpath(folder)
    return os.path.commonpath([real, top]) == top
