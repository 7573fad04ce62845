"""Which team is weak in what, as lines for a terminal; readable without colour. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.contest.drill.weakness import (
    FEW,
    CriterionRow,
    Tally,
    TopicRow,
    Weakness,
    criterion_rows,
    topic_rows,
    weaknesses,
)
from trainer.contest.state import State
from trainer.exchange.group_table import short_name
from trainer.text import one_line

NOTHING = "Hội thi này chưa có câu hỏi hay tình huống nào được chấm nên chưa nói được đội nào yếu gì."
TOPICS = "Đội nào yếu chủ đề nào"
SITUATIONS = "Tình huống: phần điểm đạt được, theo tiêu chí"
LEGEND = (
    "Mỗi ô: số câu đúng/số câu được hỏi. !: không quá một nửa.",
    f"?: dưới {FEW} câu, còn quá ít để kết luận.",
)
WHOLE = "Cả hội"
_TITLE = 18
"""Least columns for a topic."""
_NAMED = 3
"""Most topics named for one team."""
_GAP = 2


def cell(tally: Tally | None) -> str:
    """Return right/asked; “!” before it: weak, “?” after it: too few to tell; – for none."""
    if tally is None or not tally.asked:
        return "–"
    return f"{'!' if tally.is_weak else ''}{tally.right}/{tally.asked}{'' if tally.tells else '?'}"


def weak_lines(state: State, titles: Mapping[str, str], width: int) -> list[str]:
    """Return a sentence a team, then topics by teams, then criteria by teams; no line wider than `width`.

    Args:
        state: A contest of several sides, finished or not.
        titles: Topic -> its title in the bank of today.
        width: Columns.
    """
    topics, criteria = topic_rows(state), criterion_rows(state)
    if not topics and not criteria:
        return [NOTHING]
    lines: list[str] = []
    if topics:
        lines += [TOPICS, "", *_said(state, topics, titles, width)]
        lines += ["", *_topic_table(state, topics, titles, width), "", *LEGEND]
    if criteria:
        lines += [""] * bool(topics)
        lines += [SITUATIONS, ""]
        lines += _criterion_table(state, criteria, width)
    return [*lines, "", "Cộng qua nhiều buổi: danvan group"]


def _said(state: State, topics: Sequence[TopicRow], titles: Mapping[str, str], width: int) -> list[str]:
    """Say it of each team; of the whole hall, where no team had enough questions of any topic."""
    found = weaknesses(state)
    if any(one.told for one in found):
        return [line for one in found for line in _sentence(state, one, titles, width)]
    wrong = [row for row in topics if row.whole.right < row.whole.asked]
    worst = [f"{_titled(row.topic, titles, width - 20)} {row.whole.right}/{row.whole.asked}" for row in wrong]
    lines = [
        f"Chưa đội nào được hỏi đủ {FEW} câu của một chủ đề,",
        "nên chưa kết luận được đội nào yếu gì.",
    ]
    if worst:
        lines += ["Cả hội trường đúng ít nhất ở:", *(f"  {each}" for each in worst[:_NAMED])]
    return [*lines, "", *_packed(list(_names(state).values()), width)]


def _names(state: State) -> dict[str, str]:
    return {side.id: f"{side.symbol} {one_line(side.name, 24)}".strip() for side in state.sides}


def _sentence(state: State, one: Weakness, titles: Mapping[str, str], width: int) -> list[str]:
    names = _names(state)
    longest = max(len(name) for name in names.values())
    room = width - longest - _GAP
    asked = [f"{_titled(topic, titles, room - 14)} {cell(tally)}" for topic, tally in one.topics[:_NAMED]]
    more = len(one.topics) - _NAMED
    if more > 0:
        asked.append(f"và {more} chủ đề nữa")
    if one.told:
        said = asked or ["đúng quá nửa ở mọi chủ đề đủ câu"]
    elif asked:
        said = ["chưa đủ câu để kết luận; đã sai:", *asked]
    elif one.side in {side for row in topic_rows(state) for side in row.sides}:
        said = ["chưa sai câu nào, nhưng mỗi chủ đề còn quá ít câu"]
    else:
        said = ["chưa được hỏi câu nào"]
    packed = _packed(said, room)
    blank = " " * (longest + _GAP)
    return [f"{names[one.side]:<{longest + _GAP}}{packed[0]}", *(blank + line for line in packed[1:])]


def _packed(words: Sequence[str], width: int) -> list[str]:
    """Put pieces on lines, parted by commas."""
    lines = [words[0]]
    for word in words[1:]:
        joined = f"{lines[-1]} {word}" if lines[-1].endswith(":") else f"{lines[-1]}, {word}"
        if len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _titled(topic: str, titles: Mapping[str, str], room: int) -> str:
    return one_line(titles.get(topic, topic) or "không rõ", max(8, room))


def _topic_table(state: State, rows: Sequence[TopicRow], titles: Mapping[str, str], width: int) -> list[str]:
    cells = [[cell(row.sides.get(side.id)) for side in state.sides] for row in rows]
    heads = [_titled(row.topic, titles, 60) for row in rows]
    return _table(
        state, "Chủ đề", heads, [f"{row.whole.right}/{row.whole.asked}" for row in rows], cells, width
    )


def _criterion_table(state: State, rows: Sequence[CriterionRow], width: int) -> list[str]:
    def shown(share: float | None) -> str:
        return "–" if share is None else f"{round(share * 100)} %"

    cells = [[shown(row.sides.get(side.id)) for side in state.sides] for row in rows]
    return _table(
        state,
        "Tiêu chí",
        [one_line(row.title, 60) for row in rows],
        [shown(row.whole) for row in rows],
        cells,
        width,
    )


def _table(
    state: State,
    corner: str,
    titles: Sequence[str],
    whole: Sequence[str],
    cells: Sequence[Sequence[str]],
    width: int,
) -> list[str]:
    """Return rows by teams; teams that do not fit beside one another go under one another."""
    widest = max(len(each) for row in cells for each in row)
    every = max(len(WHOLE), *(len(each) for each in whole)) + _GAP
    named = [short_name(side.name, 12) for side in state.sides]
    title = max(len(corner), min(max(len(each) for each in titles), width // 2))
    column = max(widest, *(len(name) for name in named)) + _GAP
    heads = named
    if title + every + column * len(named) > width:
        heads = [side.symbol or side.key or one_line(side.name, 2) for side in state.sides]
        column = max(widest, *(len(head) for head in heads)) + _GAP
        title = max(_TITLE, min(title, width - every - column * len(heads)))
    fit = max(1, (width - title - every) // column)
    blocks = -(-len(heads) // fit)
    size = -(-len(heads) // blocks)
    title = min(max(len(corner), *(len(each) for each in titles)), width - every - column * size)
    lines: list[str] = []
    for begin in range(0, len(heads), size):
        until = begin + size
        lines += [""] * bool(begin)
        top = "".join(f"{head:>{column}}" for head in heads[begin:until])
        lines.append(f"{corner:<{title}}{WHOLE:>{every}}{top}")
        for name, all_, row in zip(titles, whole, cells, strict=True):
            own = "".join(f"{each:>{column}}" for each in row[begin:until])
            lines.append(f"{one_line(name, title):<{title}}{all_:>{every}}{own}")
    return lines
