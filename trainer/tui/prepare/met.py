"""What of a prepared set its teams have met before, by day: said before the room is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from trainer.contest.evening.draft import Draft
from trainer.contest.evening.teams import Team

if TYPE_CHECKING:
    from trainer.tui.services import Services

_DAYS = 2
"""Days that are named; what lies before them is counted together."""


def last_met(services: Services, teams: Sequence[Team]) -> dict[str, str]:
    """Return item -> when one of the teams last met it (UTC, ISO 8601)."""
    latest: dict[str, str] = {}
    for team in teams:
        player = services.store.find_player(team.name)
        if player is not None:
            for item, started in services.store.last_met(player.id).items():
                latest[item] = max(started, latest.get(item, ""))
    return latest


def met_note(services: Services, draft: Draft, teams: Sequence[Team]) -> str:
    """Return how many items of the set one of the teams has met and on which days, "" for none."""
    now = services.today()
    latest = last_met(services, teams)
    asked = {planned.item["id"] for planned in draft.plan if planned.role == ""}
    days = Counter(_day(latest[item], now) for item in asked if item in latest)
    if not days:
        return ""
    order = sorted(days, reverse=True)
    counts = [(days[day], _named(day, now.date())) for day in order[:_DAYS]]
    if before := sum(days[day] for day in order[_DAYS:]):
        counts.append((before, "trước nữa"))
    (first, when), *rest = counts
    more = "".join(f", {count} câu {day}" for count, day in rest)
    return f"{first} câu các đội đã gặp {when}{more}. F3, rồi T: thay câu."


def _day(started: str, now: datetime) -> date:
    moment = datetime.fromisoformat(started)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(now.tzinfo).date()


def _named(day: date, today: date) -> str:
    return "hôm nay" if day == today else f"ngày {day:%d/%m/%Y}"
