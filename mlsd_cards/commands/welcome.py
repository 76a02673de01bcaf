"""What `mlsd-cards` alone says: where things stand today, and the one next thing to do."""

from __future__ import annotations

from mlsd_cards.commands import options


def welcome(home: str | None = None) -> list[str]:
    """Today in two or three lines."""
    from mlsd_cards.store import roster
    from mlsd_cards.store.catalogue import EVERYTHING
    from mlsd_cards.study.summary import ahead, next_step

    app = options.open_app(home)
    plan = app.following()
    limits = options.limits_of(app, plan=plan)
    agenda = app.agenda(EVERYTHING, limits, plan=plan)
    outlook = app.outlook(EVERYTHING, agenda)
    more = [plan.words] if plan else []
    more += ["All commands: mlsd-cards --help"]
    if not app.store.is_used():
        return [
            *filter(None, [app.forgotten()]),
            f"{roster.size(app.catalogue)} cards are here and none is answered yet.",
            f"Next: mlsd-cards review (the first {limits.new}; leave at any moment, "
            "every answer is kept)",
            *more,
        ]
    if not agenda.cards and not agenda.drill:
        return ["Nothing is due any more today. " + ahead(outlook), next_step(outlook), *more]
    parts = [f"{agenda.reviews} due", f"{len(agenda.new)} new"]
    parts += [f"{len(agenda.drill)} to repeat"] if agenda.drill else []
    parts += [f"{agenda.later} beyond today's limit"] if agenda.later else []
    return ["Today: " + ", ".join(parts) + ".", "Next: mlsd-cards review", *more]
