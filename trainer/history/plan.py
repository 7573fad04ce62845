"""“Lộ trình”: from today to the day of the contest, so many minutes a day. Pure.

A day's minutes go to what is due first, then to new items in the order given. Every review is
taken to succeed as FSRS expects nine in ten to do; the tenth is in the cost. What is begun later
than two days before the contest would be met once only, so it is not begun but said not to fit.

Plan and review say the same. While the day of the contest is to come, the day's limits of review are
:func:`day_limits` of the plan's own first day: its new items with those already begun today, and room
for its reviews (never less than the usual; what is due is not withheld because the minutes are used
up). A limit that somebody set otherwise than the usual one is a ceiling (:func:`ceiling_of`), and the
plan is made under it. What was done today is taken from today's minutes and ceilings (:class:`Done`).
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from trainer.history.moments import QUARTER_MS, from_datetime, to_datetime
from trainer.history.review import DEFAULT_LIMITS, Limits, day_bounds, done_today, usual_times
from trainer.history.scheduling import GOOD, Memory, recall, review

FIRST_ANSWERS = 2.3
"""Answers on the day an item is begun: it is asked again after ten minutes, some of it a third time."""
REVIEW_ANSWERS = 1.2
"""Answers a review costs: one, and what the one in ten that is forgotten costs again."""
LAST_NEW = 2
"""Days before the contest on which an item may still be begun."""
MOST_DAYS = 400
NO_CEILING = Limits(1_000_000, 1_000_000)


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


class Done(NamedTuple):
    """What was done of today already.

    Attributes:
        ms: Spent on answers of every sort.
        answers: That counted for review.
        begun: New items among them.
    """

    ms: int = 0
    answers: int = 0
    begun: int = 0


class Terms(NamedTuple):
    """What a plan is made under, beside the goal.

    Attributes:
        zone: Where the player's days begin and end.
        ceiling: Most of a day, as the player set it.
        done: Of today.
    """

    zone: tzinfo = UTC
    ceiling: Limits = NO_CEILING
    done: Done = Done()


DEFAULT_TERMS = Terms()


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


class Way(NamedTuple):
    """A plan with what it was made of."""

    goal: Goal
    items: list[PlanItem]
    terms: Terms
    made: Plan


def plan(
    contest: date,
    today: date,
    minutes: float,
    items: Sequence[PlanItem],
    terms: Terms = DEFAULT_TERMS,
    days: int = MOST_DAYS,
) -> Plan:
    """Plan every day from today, or what is left of it, to the day before the contest.

    Args:
        contest: Day of the contest; not after today: nothing fits any more.
        today: The player's day.
        minutes: A day.
        items: In the order in which new ones are to be begun.
        terms: Zone, ceilings, and what was done today.
        days: Only the first so many days: what comes later counts as not fitting.
    """
    zone, ceiling, done = terms
    count = min(max(0, (contest - today).days), MOST_DAYS)
    memories = {item.id: item.memory for item in items if item.memory is not None}
    by_id = {item.id: item for item in items}
    fresh = [item for item in items if item.memory is None]
    fresh.reverse()
    waiting = [(_day_of(memory.due, zone), item) for item, memory in memories.items()]
    heapq.heapify(waiting)
    made = []
    for number in range(min(count, days)):
        day = today + timedelta(days=number)
        noon = _noon(day, zone)
        past = Done() if number else done
        budget = max(0, minutes * 60_000 - past.ms)
        most_new, most = ceiling.new - past.begun, ceiling.all - past.answers
        spent, reviews, late = 0.0, 0, 0
        moved: list[tuple[date, str]] = []
        while waiting and waiting[0][0] <= day:
            _, item = heapq.heappop(waiting)
            cost = by_id[item].ms * REVIEW_ANSWERS
            if spent + cost > budget or reviews >= most:
                late += 1
                moved.append((day + timedelta(days=1), item))
                continue
            spent += cost
            reviews += 1
            memories[item] = review(memories[item], GOOD, noon)
            # A step of minutes is done the same day; the next review is on another one.
            moved.append((max(_day_of(memories[item].due, zone), day + timedelta(days=1)), item))
        begun: list[str] = []
        while fresh and count - number >= LAST_NEW and not late:
            cost = fresh[-1].ms * FIRST_ANSWERS
            if spent + cost > budget or len(begun) >= most_new or reviews + len(begun) >= most:
                break
            spent += cost
            item = fresh.pop().id
            begun.append(item)
            memories[item] = review(review(None, GOOD, noon), GOOD, noon + 600_000)
            moved.append((_day_of(memories[item].due, zone), item))
        for entry in moved:
            heapq.heappush(waiting, entry)
        made.append(PlanDay(day, tuple(begun), reviews, late, round(spent)))
    at = _noon(contest, zone)
    known = sum(recall(memory.stability, memory.last, at) for memory in memories.values())
    left = tuple(item.id for item in reversed(fresh))
    return Plan(tuple(made), left, known / len(items) if items else 1.0)


def _noon(day: date, zone: tzinfo) -> int:
    return from_datetime(datetime(day.year, day.month, day.day, 12, tzinfo=zone))


def _day_of(ms: int, zone: tzinfo) -> date:
    return to_datetime(ms).astimezone(zone).date()


def ceiling_of(limits: Limits) -> Limits:
    """Return the ceilings in the limits that are kept: a number that is the usual one is none."""
    return Limits(
        NO_CEILING.new if limits.new == DEFAULT_LIMITS.new else limits.new,
        NO_CEILING.all if limits.all == DEFAULT_LIMITS.all else limits.all,
    )


def day_limits(new: int, reviews: int, terms: Terms) -> Limits:
    """Return the limits of today's reviews.

    Args:
        new: Items that the plan still begins today.
        reviews: That it still has today.
        terms: Those of the plan.
    """
    ceiling, done = terms.ceiling, terms.done
    room = done.answers + round(reviews * REVIEW_ANSWERS + new * FIRST_ANSWERS) + 1
    return Limits(min(done.begun + new, ceiling.new), min(max(DEFAULT_LIMITS.all, room), ceiling.all))


def guessed_limits(minutes: float, reviews: int, ms: int, usual: int, terms: Terms) -> Limits:
    """Return about what :func:`day_limits` will be, from counts alone: before the day's plan was made.

    Args:
        minutes: A day.
        reviews: Due today.
        ms: They take.
        usual: Time of a new item.
        terms: Those of the plan.
    """
    budget, cost = max(0, minutes * 60_000 - terms.done.ms), ms * REVIEW_ANSWERS
    fitting = reviews if cost <= budget else int(reviews * budget / cost)
    return day_limits(max(0, int((budget - cost) / (usual * FIRST_ANSWERS))), fitting, terms)


def read_done(connection: Any, player: str, now: datetime) -> Done:
    """Return what a player did of the day that `now` (aware) falls in."""
    start, end = day_bounds(now)
    row = connection.execute(
        "SELECT coalesce(sum(ms), 0) FROM activity WHERE side = ? AND quarter >= ? AND quarter < ?",
        (player, start // QUARTER_MS, end // QUARTER_MS),
    ).fetchone()
    return Done(int(row[0]), *done_today(connection, player, now))


def minutes_needed(
    contest: date,
    today: date,
    items: Sequence[PlanItem],
    most: int = 240,
    terms: Terms = DEFAULT_TERMS,
) -> int | None:
    """Return the fewest whole minutes a day with which everything fits, None when `most` are too few."""
    low, high = 1, most
    if not plan(contest, today, high, items, terms).holds:
        return None
    while low < high:
        middle = (low + high) // 2
        if plan(contest, today, middle, items, terms).holds:
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


def plan_sentences(
    goal: Goal, made: Plan, today: date, items: Sequence[PlanItem], terms: Terms = DEFAULT_TERMS
) -> list[str]:
    """Say whether the plan holds today, what will not fit, and what would help."""
    left_days = (goal.contest - today).days
    if left_days <= 0:
        return ["Ngày thi đã đến. Chúc bạn bình tĩnh và thi tốt."]
    met = sum(item.memory is not None for item in items)
    behind = expected_met(goal, today) - met
    way = f"Còn {left_days} ngày đến ngày thi, mỗi ngày {goal.minutes} phút"
    known = round(made.recall * 100)
    told = [f"{way}: đến hôm đó nhớ được khoảng {known} % của {len(items)} mục."]
    if made.holds:
        told.append(
            f"Lộ trình vẫn kịp, dù đang chậm {behind} mục." if behind > 0 else "Lộ trình đang đúng hẹn."
        )
        return told
    if made.left:
        told.append(f"Không kịp học {len(made.left)} mục (những mục cuối danh sách).")
    if made.days and made.days[-1].late:
        told.append(f"Ngày cuối còn {made.days[-1].late} mục chưa kịp ôn.")
    free, lifted, set_ones = made, terms, []
    for field, name, option in (("new", "câu mới", "--new"), ("all", "mục tất cả", "--most")):
        most, none = getattr(terms.ceiling, field), getattr(NO_CEILING, field)
        if most == none:
            continue
        lifted = lifted._replace(ceiling=lifted.ceiling._replace(**{field: none}))
        before, free = free, plan(goal.contest, today, goal.minutes, items, lifted)
        gained = _missing(before) - _missing(free)
        limit, command = f"{most} {name} mỗi ngày", f"danvan review {option}"
        set_ones.append(f"{limit} ({command})")
        if gained > 0:
            told.append(f"Giới hạn {limit} làm không kịp {gained} mục; đổi bằng {command}.")
    if free.holds:
        return told
    needed, and_so = minutes_needed(goal.contest, today, items, terms=terms), ""
    if needed is None and set_ones:
        needed = minutes_needed(goal.contest, today, items, terms=lifted)
        and_so = f" và bỏ giới hạn {', '.join(set_ones)}"
    told.append(
        f"Muốn kịp hết, mỗi ngày cần khoảng {needed} phút{and_so}."
        if needed is not None
        else "Thời gian còn lại quá ít cho tất cả; bạn hãy chọn những chủ đề cần nhất."
    )
    return told


def _missing(made: Plan) -> int:
    return len(made.left) + sum(day.late for day in made.days[-1:])


def rest_sentence(made: Plan, done: Done) -> str:
    """Say that nothing of the plan is left today, "" while something is."""
    if not made.days or made.days[0].new or made.days[0].reviews:
        return ""
    late = made.days[0].late
    if not (done.ms or done.answers):
        # With minutes for not even one of them, there is still something to review.
        return "" if late else "Hôm nay lộ trình không có gì phải làm."
    more = f" Còn {late} mục đến hạn chưa kịp ôn." if late else ""
    return f"Hôm nay bạn đã làm xong phần của lộ trình.{more}"


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
