"""“Lộ trình”: from today to the day of the contest, so many minutes a day. Pure.

A day's minutes go to what is due first, then to new items in the order given. Every review is
taken to succeed as FSRS expects nine in ten to do; the tenth is in the cost. What is begun later
than two days before the contest would be met once only, so it is not begun but said not to fit.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from trainer.history.moments import DAY_MS, from_datetime
from trainer.history.scheduling import GOOD, Memory, recall, review

FIRST_ANSWERS = 2.3
"""Answers on the day an item is begun: it is asked again after ten minutes, some of it a third time."""
REVIEW_ANSWERS = 1.2
"""Answers a review costs: one, and what the one in ten that is forgotten costs again."""
LAST_NEW = 2
"""Days before the contest on which an item may still be begun."""
MOST_DAYS = 400


class Goal(NamedTuple):
    """What somebody set out to do; kept as a setting.

    Attributes:
        contest: Day of the contest.
        minutes: A day.
        started: Day on which the goal was set.
        met: Items met by then.
        total: Items of the goal.
    """

    contest: date
    minutes: int
    started: date
    met: int
    total: int

    def to_text(self) -> str:
        """Return the goal as it is kept."""
        return json.dumps(
            [self.contest.isoformat(), self.minutes, self.started.isoformat(), self.met, self.total]
        )


def goal_from_text(text: str) -> Goal | None:
    """Return a goal that was kept, None when there is none."""
    try:
        contest, minutes, started, met, total = json.loads(text)
        return Goal(
            date.fromisoformat(contest), int(minutes), date.fromisoformat(started), int(met), int(total)
        )
    except (ValueError, TypeError):
        return None


class PlanItem(NamedTuple):
    """One thing to know on the day.

    Attributes:
        memory: None: never met.
        ms: The player's median time for its kind.
    """

    id: str
    topic: str
    memory: Memory | None
    ms: int


class PlanDay(NamedTuple):
    """One day.

    Attributes:
        new: Items to begin, in order.
        reviews: Items to review.
        late: Reviews that the day has no time for.
        ms: Time it takes.
    """

    date: date
    new: tuple[str, ...]
    reviews: int
    late: int
    ms: int


class Plan(NamedTuple):
    """The way.

    Attributes:
        days: From today to the day before the contest.
        left: Items that do not fit.
        recall: Share of all items expected to be recalled on the day of the contest.
    """

    days: tuple[PlanDay, ...]
    left: tuple[str, ...]
    recall: float

    @property
    def holds(self) -> bool:
        """Whether everything fits."""
        return not self.left and not any(day.late for day in self.days[-1:])


def plan(contest: date, today: date, minutes: float, items: Sequence[PlanItem]) -> Plan:
    """Plan every day from today to the day before the contest.

    Args:
        contest: Day of the contest; not after today: nothing fits any more.
        today: The player's day.
        minutes: A day.
        items: In the order in which new ones are to be begun.
    """
    count = min(max(0, (contest - today).days), MOST_DAYS)
    budget = minutes * 60_000
    memories = {item.id: item.memory for item in items if item.memory is not None}
    by_id = {item.id: item for item in items}
    fresh = [item for item in items if item.memory is None]
    fresh.reverse()
    waiting = [(_day_of(memory.due), item) for item, memory in memories.items()]
    heapq.heapify(waiting)
    days = []
    for number in range(count):
        day = today + timedelta(days=number)
        spent, reviews, late = 0.0, 0, 0
        moved: list[tuple[date, str]] = []
        while waiting and waiting[0][0] <= day:
            _, item = heapq.heappop(waiting)
            cost = by_id[item].ms * REVIEW_ANSWERS
            if spent + cost > budget:
                late += 1
                moved.append((day + timedelta(days=1), item))
                continue
            spent += cost
            reviews += 1
            memories[item] = review(memories[item], GOOD, _noon(day))
            # A step of minutes is done the same day; the next review is on another one.
            moved.append((max(_day_of(memories[item].due), day + timedelta(days=1)), item))
        begun: list[str] = []
        while fresh and count - number >= LAST_NEW and not late:
            cost = fresh[-1].ms * FIRST_ANSWERS
            if spent + cost > budget:
                break
            spent += cost
            item = fresh.pop().id
            begun.append(item)
            memories[item] = review(review(None, GOOD, _noon(day)), GOOD, _noon(day) + 600_000)
            moved.append((_day_of(memories[item].due), item))
        for entry in moved:
            heapq.heappush(waiting, entry)
        days.append(PlanDay(day, tuple(begun), reviews, late, round(spent)))
    at = _noon(contest)
    known = sum(recall(memory.stability, memory.last, at) for memory in memories.values())
    left = tuple(item.id for item in reversed(fresh))
    return Plan(tuple(days), left, known / len(items) if items else 1.0)


def _noon(day: date) -> int:
    return from_datetime(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def _day_of(ms: int) -> date:
    return date(1970, 1, 1) + timedelta(days=ms // DAY_MS)


def minutes_needed(contest: date, today: date, items: Sequence[PlanItem], most: int = 240) -> int | None:
    """Return the fewest whole minutes a day with which everything fits, None when `most` are too few."""
    low, high = 1, most
    if not plan(contest, today, high, items).holds:
        return None
    while low < high:
        middle = (low + high) // 2
        if plan(contest, today, middle, items).holds:
            high = middle
        else:
            low = middle + 1
    return low


def expected_met(goal: Goal, today: date) -> int:
    """Return how many items of a goal should have been met by the end of the day before `today`.

    New items are spread evenly over the days on which they may be begun.
    """
    days = max(1, (goal.contest - goal.started).days - LAST_NEW + 1)
    passed = min(max(0, (today - goal.started).days), days)
    return goal.met + -(-(goal.total - goal.met) * passed // days)


def plan_sentences(goal: Goal, made: Plan, today: date, items: Sequence[PlanItem]) -> list[str]:
    """Say whether the plan holds today, what will not fit, and what would help."""
    left_days = (goal.contest - today).days
    if left_days <= 0:
        return ["Ngày thi đã đến. Chúc bạn bình tĩnh và thi tốt."]
    met = sum(item.memory is not None for item in items)
    behind = expected_met(goal, today) - met
    way = f"Còn {left_days} ngày đến ngày thi, mỗi ngày {goal.minutes} phút"
    told = [f"{way}: đến hôm đó nhớ được khoảng {made.recall:.0%} của {len(items)} mục."]
    if made.holds:
        told.append(
            f"Lộ trình vẫn kịp, dù đang chậm {behind} mục." if behind > 0 else "Lộ trình đang đúng hẹn."
        )
        return told
    if made.left:
        told.append(f"Không kịp học {len(made.left)} mục (những mục cuối danh sách).")
    if made.days and made.days[-1].late:
        told.append(f"Ngày cuối còn {made.days[-1].late} mục chưa kịp ôn.")
    needed = minutes_needed(goal.contest, today, items)
    told.append(
        f"Muốn kịp hết, mỗi ngày cần khoảng {needed} phút."
        if needed is not None
        else "Thời gian còn lại quá ít cho tất cả; bạn hãy chọn những chủ đề cần nhất."
    )
    return told


def topics_by_day(made: Plan, items: Iterable[PlanItem]) -> list[tuple[date, list[tuple[str, int]]]]:
    """Return for each day the topics to begin, with how many items of each."""
    topic_of = {item.id: item.topic for item in items}
    result = []
    for day in made.days:
        counts: dict[str, int] = {}
        for item in day.new:
            counts[topic_of[item]] = counts.get(topic_of[item], 0) + 1
        result.append((day.date, list(counts.items())))
    return result


def read_items(connection: Any, player: str, wanted: Iterable[tuple[str, str, str]]) -> list[PlanItem]:
    """Return plan items of (id, topic, kind) with the player's memories and times."""
    from trainer.history.review import usual_times

    usual = usual_times(connection, player)
    memories = {
        row[0]: Memory(*row[1:])
        for row in connection.execute(
            "SELECT item, state, step, stability, difficulty, due, last, reviews, lapses FROM cards "
            "WHERE side = ? AND unit = 1",
            (player,),
        )
    }
    return [PlanItem(item, topic, memories.get(item), usual(kind)) for item, topic, kind in wanted]
