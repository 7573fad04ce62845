"""What one answer adds to a player's memories and totals, and how it is taken back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from trainer.history.moments import QUARTER_MS
from trainer.history.outcomes import BLANK, Outcome, base_of
from trainer.history.rating import bucket_of, rate, rate_part
from trainer.history.rows import ACTIVITY, CARDS, MEMORY, PACE, PICKS, REVIEWS, TOTALS, Row, Rows
from trainer.history.scheduling import Memory, replayed, review
from trainer.history.told import Told


class Answer(NamedTuple):
    """An attempt and its details, as stored; `side` is the player now (joined ones resolved).

    Attributes:
        n: Number of the event that first made it; orders all answers of a history.
        taken: When it was given, UTC milliseconds.
        paced: Whether its time says how fast the player is.
        picked: (right answer, chosen, whether it was right) of each choice.
    """

    contest: str
    side: str
    position: int
    n: int
    item: str
    section: str
    topic: str
    kind: str
    code: str
    share: float
    elapsed_ms: int
    taken: int
    paced: bool
    helped: bool
    picked: tuple[tuple[str, str, bool], ...]

    @property
    def is_right(self) -> bool:
        """Whether it earned everything."""
        return self.code != "judged" and self.share >= 1


class Learning:
    """Keeps memory, cards, reviews, pace, totals, picks and activity."""

    def __init__(self, rows: Rows, told: Told) -> None:
        self._rows, self._told = rows, told

    # --- totals -----------------------------------------------------------------------------

    def subtract(self, answer: Answer) -> None:
        """Take an answer out of the totals."""
        self._tally(answer, -1)

    def _tally(self, answer: Answer, sign: int) -> None:
        right, blank = int(answer.is_right), int(answer.code == "empty")
        share_m = round(answer.share * 1000)
        total = self._rows.get(TOTALS, answer.side, answer.item)
        counts = total[5:] if total else (0, 0, 0, 0, 0)
        adds = (1, right, blank, share_m, answer.elapsed_ms)
        sums = tuple(count + sign * add for count, add in zip(counts, adds, strict=True))
        if sums[0]:
            self._rows.put(
                TOTALS, (answer.side, answer.item, answer.section, answer.topic, answer.kind, *sums)
            )
        else:
            self._rows.drop(TOTALS, answer.side, answer.item)
        self._day(answer, sign, right)
        for right_one, chosen, good in answer.picked:
            key = (answer.side, answer.item, right_one, chosen)
            found = self._rows.get(PICKS, *key)
            times = (found[5] if found else 0) + sign
            if times:
                self._rows.put(PICKS, (*key, int(good), times))
            else:
                self._rows.drop(PICKS, *key)
        if answer.paced:
            pace = self._pace(answer.side, answer.kind)
            bucket = bucket_of(answer.elapsed_ms)
            pace[bucket] += sign
            kept = {str(at): count for at, count in sorted(pace.items()) if count}
            if kept:
                text = json.dumps(kept, separators=(",", ":"))
                self._rows.put(PACE, (answer.side, answer.kind, text))
            else:
                self._rows.drop(PACE, answer.side, answer.kind)

    def _day(self, answer: Answer, sign: int, right: int) -> None:
        quarter = answer.taken // QUARTER_MS
        found = self._rows.get(ACTIVITY, answer.side, quarter)
        asked, good, ms = found[2:] if found else (0, 0, 0)
        asked, good, ms = asked + sign, good + sign * right, ms + sign * answer.elapsed_ms
        if asked:
            self._rows.put(ACTIVITY, (answer.side, quarter, asked, good, ms))
        else:
            self._rows.drop(ACTIVITY, answer.side, quarter)

    def _pace(self, side: str, kind: str) -> Counter[int]:
        row = self._rows.get(PACE, side, kind)
        return Counter({int(at): count for at, count in json.loads(row[2]).items()} if row else {})

    # --- memories ---------------------------------------------------------------------------

    def add(self, answer: Answer, told: Sequence[Outcome], *, known: bool) -> None:
        """Learn from an answer: a new one, or (`known`) another view of one that was recorded."""
        self._remember(answer, known=known)
        pace = self._pace(answer.side, answer.kind)
        override = self._override(answer)
        for outcome in told:
            card = self._rows.get(CARDS, answer.side, outcome.item)
            old = self._rows.get(REVIEWS, answer.side, outcome.item, answer.contest, answer.position)
            if outcome.share is not None:
                automatic = rating = rate_part(outcome.share, helped=answer.helped)
            else:
                met = not old[8] if old else card is not None
                automatic = rate(
                    answer.share,
                    answer.elapsed_ms if answer.paced else 0,
                    pace,
                    judged=answer.code == "judged",
                    helped=answer.helped,
                    met=met,
                )
                rating = override or automatic
            self._review(answer, outcome, card, old, automatic, rating)
        self._tally(answer, 1)

    def _override(self, answer: Answer) -> int | None:
        """Return the rating that the player chose instead, also under an id that was joined since."""
        found = self._rows.connection.execute(
            "SELECT side, moment, rating FROM ratings WHERE contest = ? AND position = ?",
            (answer.contest, answer.position),
        ).fetchall()
        own = [
            (side == answer.side, moment, rating)
            for side, moment, rating in found
            if answer.side in (side, self._told.player(side))
        ]
        return int(max(own)[2]) or None if own else None

    def _remember(self, answer: Answer, *, known: bool) -> None:
        row = self._rows.get(MEMORY, answer.side, answer.item)
        times = (row[3] if row else 0) + (not known)
        if row is None or answer.n >= row[4]:
            last = (answer.n, answer.share)
        else:
            last = (row[4], row[5])
        self._rows.put(MEMORY, (answer.side, answer.item, answer.section, times, *last))

    def _review(
        self,
        answer: Answer,
        outcome: Outcome,
        card: Row | None,
        old: Row | None,
        automatic: int,
        rating: int,
    ) -> None:
        key = (answer.side, outcome.item, answer.contest, answer.position)
        fresh = old[8] if old else int(card is None)
        unit = int(outcome.unit)
        written: Row = (*key, answer.n, answer.taken, automatic, rating, fresh, unit)
        self._rows.put(REVIEWS, written)
        if old is None:
            memory = review(_memory(card) if card else None, rating, answer.taken)
        elif old[7] == rating:
            return
        else:
            memory = self._refolded(answer.side, outcome.item)
        head = (answer.side, outcome.item, answer.section, answer.kind, answer.topic, unit)
        if card is not None and old is not None:
            head = card[:6]
        self._rows.put(CARDS, (*head, *memory))

    def _refolded(self, side: str, item: str) -> Memory:
        self._rows.flush()
        log = self._rows.connection.execute(
            "SELECT rating, taken FROM reviews WHERE side = ? AND item = ? ORDER BY n, position", (side, item)
        )
        memory = replayed(log)
        assert memory is not None  # noqa: S101 - the review that asks for it is in the log
        return memory

    def rerate(self, contest: str, side: str, position: int, rating: int | None) -> None:
        """Give an answer's review another rating than the automatic one, None: that again."""
        self._rows.flush()
        connection = self._rows.connection
        for (item,) in connection.execute(
            "SELECT item FROM attempts WHERE contest = ? AND side = ? AND position = ?",
            (contest, side, position),
        ).fetchall():
            for name in dict.fromkeys((item, base_of(item))):
                self._rerate(side, name, contest, position, rating)

    def _rerate(self, side: str, item: str, contest: str, position: int, rating: int | None) -> None:
        old = self._rows.get(REVIEWS, side, item, contest, position)
        card = self._rows.get(CARDS, side, item)
        if old is None or card is None:
            return
        chosen = old[6] if rating is None else rating
        if chosen != old[7]:
            self._rows.put(REVIEWS, (*old[:7], chosen, *old[8:]))
            self._rows.put(CARDS, (*card[:6], *self._refolded(side, item)))

    def withdraw(self, answer: Answer) -> None:
        """Forget an answer that is no more (its totals are subtracted by the caller)."""
        self._rows.flush()
        connection = self._rows.connection
        rows: list[Row] = connection.execute(
            "SELECT side, item, contest, position, fresh FROM reviews WHERE side = ? "
            "AND (item IN (?, ?) OR (item > ? AND item < ?)) AND contest = ? AND position = ?",
            (
                answer.side,
                answer.item,
                base_of(answer.item),
                f"{answer.item}{BLANK}",
                f"{answer.item}{chr(ord(BLANK) + 1)}",
                answer.contest,
                answer.position,
            ),
        ).fetchall()
        for side, item, contest, position, fresh in rows:
            self._rows.drop(REVIEWS, side, item, contest, position)
            self._rows.flush()
            log: list[Row] = connection.execute(
                "SELECT * FROM reviews WHERE side = ? AND item = ? ORDER BY n, position", (side, item)
            ).fetchall()
            if not log:
                self._rows.drop(CARDS, side, item)
                continue
            if fresh:
                self._rows.put(REVIEWS, (*log[0][:8], 1, log[0][9]))
            memory = replayed((row[7], row[5]) for row in log)
            card = self._rows.get(CARDS, side, item)
            if card is not None and memory is not None:
                self._rows.put(CARDS, (*card[:6], *memory))
        self._forget(answer)

    def _forget(self, answer: Answer) -> None:
        row = self._rows.get(MEMORY, answer.side, answer.item)
        self._rows.flush()
        last = self._rows.connection.execute(
            "SELECT n, share FROM attempts WHERE side = ? AND item = ? ORDER BY n DESC LIMIT 1",
            (answer.side, answer.item),
        ).fetchone()
        if row is None or last is None:
            self._rows.drop(MEMORY, answer.side, answer.item)
        else:
            self._rows.put(MEMORY, (*row[:3], row[3] - 1, *last))


def _memory(card: Row) -> Memory:
    return Memory(*card[6:])
