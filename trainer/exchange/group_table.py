"""The group's picture by topic, to read in a terminal and to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.exchange.page import page, table, text
from trainer.history.intervals import NAME
from trainer.history.statistics import Tally, TopicRow
from trainer.history.store import Player
from trainer.text import one_line

FEW = 10
"""Answers below which a share says little."""
_TITLE, _NAME = 40, 12
_MOST_COLUMNS = 8
"""Players beside each other in a terminal; the page on paper has all."""


def share(tally: Tally | None) -> str:
    """Return the share right, with a question mark for few answers; – for none."""
    if tally is None or not tally.asked:
        return "–"
    return f"{round(100 * tally.right / tally.asked)} %{'?' if tally.asked < FEW else ''}"


def short_name(name: str, limit: int) -> str:
    """Return a name cut to `limit`: a Vietnamese name keeps its end, which tells people apart.

    “Nguyễn Thị Thu Hà” becomes “N. T. Thu Hà”, then “N. T. T. Hà”.
    """
    words = one_line(name).split()
    for at in range(len(words) - 1):
        if len(" ".join(words)) <= limit:
            break
        words[at] = f"{words[at][0]}."
    return one_line(" ".join(words), limit)


def group_lines(rows: Sequence[TopicRow], players: Sequence[Player], titles: Mapping[str, str]) -> list[str]:
    """Return the table as lines; what to drill next comes first."""
    rest = len(players) - _MOST_COLUMNS
    players = players[:_MOST_COLUMNS]
    names = [short_name(player.name, _NAME) for player in players]
    lines = [f"{'Chủ đề':<{_TITLE}}  {'Cả nhóm':>8}  " + "  ".join(f"{name:>{_NAME}}" for name in names)]
    for row in rows:
        cells = "  ".join(f"{share(row.sides.get(player.id)):>{_NAME}}" for player in players)
        title = one_line(titles.get(row.topic, row.topic), _TITLE)
        lines.append(f"{title:<{_TITLE}}  {share(row.whole):>8}  {cells}".rstrip())
    first = titles.get(rows[0].topic, rows[0].topic)
    return [
        f"Cả nhóm nên luyện tiếp: {first}",
        "",
        *lines,
        *([f"… và {rest} người nữa; bản in (--to nhom.html) có đủ."] if rest > 0 else []),
        "",
        f"Xếp theo {NAME} của phần sai; ? là ít hơn {FEW} câu.",
    ]


def group_page(rows: Sequence[TopicRow], players: Sequence[Player], titles: Mapping[str, str]) -> str:
    """Return the table as a page to print."""
    cells = [
        [
            text(titles.get(row.topic, row.topic)),
            f"{share(row.whole)} ({row.whole.right}/{row.whole.asked})",
            *(share(row.sides.get(player.id)) for player in players),
        ]
        for row in rows
    ]
    heads = ["Chủ đề", "Cả nhóm", *(player.name for player in players)]
    return page(
        "Cả nhóm theo chủ đề",
        [
            "<h1>CẢ NHÓM THEO CHỦ ĐỀ</h1>",
            f"<p>Nên luyện tiếp: <b>{text(titles.get(rows[0].topic, rows[0].topic))}</b></p>",
            table(heads, cells, numbers=tuple(range(1, len(heads)))),
            f'<p class="small">Xếp theo {text(NAME)} của phần sai; ? là ít hơn {FEW} câu.</p>',
        ],
    )
