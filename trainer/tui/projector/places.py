"""What the projector shows between items and at the end: teams, turns, standings, the announcement. Pure."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from trainer.contest.drill.events import StandingsShown
from trainer.contest.drill.ranking import Place, open_ties, ranking
from trainer.contest.drill.schedule import free_packages, free_values, next_step
from trainer.contest.drill.showing import shown_state
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.events import PhaseStarted, Side
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State
from trainer.tui.drill.announcing import tie_note
from trainer.tui.drill.steps import name_of, short_names
from trainer.tui.drill.view import winners
from trainer.tui.projector.page import (
    EMPTY,
    Lines,
    cell,
    centred,
    columns,
    fitted,
    middle,
    spaced,
    team,
    wrapped,
)
from trainer.tui.projector.scenes import chosen_by, side_called, turn_side
from trainer.tui.theme import team_style

_FEW = 5
"""Level teams that stand one below the other."""


def waiting(width: int, height: int, where: str, trouble: str, *, rehearsal: bool) -> Lines:
    """Return what is shown while there is no contest: what it waits for."""
    name = "buổi diễn tập" if rehearsal else "hội thi"
    command = "danvan drill --rehearse" if rehearsal else "danvan drill"
    lines = [
        Content.styled("DÂN VẬN KHÉO", "bold $accent"),
        Content.styled(f"Đang chờ {name}", "bold"),
        Content.assemble(
            ("Màn hình này tự hiện khi người dẫn mở ", "$quiet"),
            (command, "bold"),
            (" trên máy này.", "$quiet"),
        ),
    ]
    if trouble:
        lines += [Content.styled(trouble, "bold $warning")]
    lines += [Content.styled(f"Đang theo dõi: {where}", "$quiet")]
    blocks = [[centred(row, width) for row in wrapped(line, width)] for line in lines]
    return middle(fitted([lambda: spaced(blocks, 2), lambda: spaced(blocks, 1)], height), height)


def opening(state: State, width: int, height: int) -> Lines:
    """Return the contest's title and its teams."""
    title = [
        centred(line, width) for line in wrapped(Content.styled(state.rules.title, "bold $accent"), width)
    ]
    count = Content.styled(f"{len(state.sides)} đội dự thi", "$quiet")
    longest = min(40, max(len(side.name) for side in state.sides) + 4)
    two = len(state.sides) > 5 and width >= 2 * longest
    table = columns([team(side, longest) for side in state.sides], longest * (2 if two else 1), longest, 2)
    room = max(line.cell_length for line in table)
    indent = " " * max(0, (width - room) // 2)

    def make(air: int) -> Callable[[], Lines]:
        rows = [Content.assemble(indent, line) for line in table]
        return lambda: spaced(
            [title, [centred(count, width)], [], spaced([[row] for row in rows], air)], air + 1
        )

    return middle(fitted([make(2), make(1), make(0)] if height >= 30 else [make(1), make(0)], height), height)


def turn(state: State, width: int, height: int) -> Lines:
    """Return whose turn it is, and what there is to draw or choose."""
    side, step, part, drill = turn_side(state), next_step(state), state.current_part, drill_of(state)
    blocks: list[Lines] = []
    if side is not None:
        blocks.append([centred(Content.assemble(("Mời  ", "bold"), team(side, reverse=True)), width)])
        if side.members:
            blocks.append([centred(Content.styled(" · ".join(side.members), "$quiet"), width)])
    if step.kind == "draw" and isinstance(part, QuestionPart) and part.play.values:
        free = free_values(state, state.part)
        blocks.append([centred(Content.styled(f"Chọn {part.count} câu", "bold"), width)])
        blocks += [
            [
                centred(
                    Content.assemble(
                        (f"{value} điểm", "bold $accent"), (f"   còn {free.get(value, 0)} câu", "$quiet")
                    ),
                    width,
                )
            ]
            for value in part.play.values
        ]
    elif step.kind == "draw":
        packages = free_packages(state, state.part)
        blocks.append([centred(Content.styled("Bốc thăm", "bold $accent"), width)])
        if packages:
            chips = Content("  ").join(
                Content.styled(f" {number + 1} ", "bold reverse $accent") for number in packages
            )
            blocks.append([centred(line, width) for line in wrapped(chips, width)])
    elif 0 <= step.position < len(state.plan):
        planned = state.plan[step.position]
        if planned.package < 0 and not planned.value:
            blocks.append([centred(Content.styled("Đã bốc thăm", "bold $accent"), width)])
        if planned.package >= 0:
            blocks.append([centred(Content.styled(f"Gói số {planned.package + 1}", "bold $accent"), width)])
        if planned.value:
            blocks.append([centred(Content.styled(f"Câu {planned.value} điểm", "bold $accent"), width)])
        if step.position in drill.stars:
            blocks.append([centred(Content.styled("★ Ngôi sao hy vọng ★", "bold $accent"), width)])
    chosen = _chosen(state, width) if step.kind == "draw" else []
    return middle(
        fitted(
            [
                lambda: spaced([*blocks, chosen], 2),
                lambda: spaced([*blocks, chosen], 1),
                lambda: spaced(blocks, 1),
            ],
            height,
        ),
        height,
    )


def _chosen(state: State, width: int) -> Lines:
    """Return what each team drew or chose so far in this part."""
    cells = [
        Content.assemble(team(side, 18), ("  ", ""), (text, "bold $accent"))
        for side in state.sides
        if (text := " · ".join(chosen_by(state, side.id)))
    ]
    if not cells:
        return []
    room = max(each.cell_length for each in cells) + 3
    table = columns(cells, min(width, room * min(3, len(cells))), room, 3)
    indent = " " * max(0, (width - max(line.cell_length for line in table)) // 2)
    return [Content.assemble(indent, line) for line in table]


def skipped(width: int, height: int) -> Lines:
    """Return that an item counts for nothing."""
    return middle([centred(Content.styled("Câu này không tính", "bold $warning"), width)], height)


def all_played(state: State, width: int, height: int) -> Lines:
    """Return who is level; the order itself is kept for the announcement."""
    done = "Phần thi kết thúc tại đây" if drill_of(state).ended_early else "Các phần thi đã xong"
    lines = [Content.styled(done, "bold $accent")]
    ties, tied = open_ties(state), list[Content]()
    if ties:
        lines.append(Content("Bằng điểm nhau, cần phân định"))
        room = min(30, max(len(side.name) for side in state.sides) + 4)
        names = [_side(state, side, short_names(state, room - 4)) for side in ties[0]]
        across = 1 if len(names) <= _FEW else max(1, min(3, width // room))
        table = columns(
            [team(side, room - 2) for side in names if side is not None], room * across, room, across
        )
        indent = " " * max(0, (width - max(line.cell_length for line in table)) // 2)
        tied = [Content.assemble(indent, line) for line in table]
    else:
        lines.append(Content("Kết quả được công bố từ hạng cuối lên"))
    blocks = [[centred(row, width) for row in wrapped(line, width)] for line in lines]
    return middle(spaced([*blocks, tied], 2), height)


def _side(state: State, side: str, short: dict[str, str]) -> Side | None:
    """Return a side under the name that the page has room for."""
    found = side_called(state, side)
    return None if found is None else found._replace(name=short[side])


def standings_asked(state: State) -> bool:
    """Tell whether the facilitator shows the standings, at the end again and on purpose."""
    drill = drill_of(state)
    if not drill.standings or state.phase != "ranking":
        return drill.standings and state.running
    for index in range(len(drill.trail) - 1, -1, -1):
        event = drill.trail[index]
        if isinstance(event, StandingsShown):
            return True
        if isinstance(event, PhaseStarted) and event.phase == "ranking":
            return False
    return False


def standings(state: State, width: int, height: int) -> Lines:
    """Return the order of the teams as the room may know it, each with a bar."""
    shown = shown_state(state)
    places = ranking(shown)
    most = max((place.score for place in places), default=0)
    table = min(width, 120)
    names = min(30, max(len(side.name) for side in state.sides) + 3)
    room = max(4, table - names - 18)
    rows: list[Lines] = []
    short = short_names(state, names - 3)
    for place in places:
        side = _side(state, place.side, short)
        if side is None:
            continue
        bar = "━" * (round(place.score / most * room) if most else 0)
        bar = "đã rời" if place.left else bar
        rows.append(
            [
                Content.assemble(
                    (f"{place.rank:>2}. ", "bold"),
                    cell(team(side, names), names),
                    (bar.ljust(room), team_style(side.colour)),
                    (f"{place.score:>6} điểm", "bold"),
                )
            ]
        )
    return _table("Điểm hiện tại", rows, table, width, height)


def announcement(state: State, told: int, width: int, height: int) -> Lines:
    """Return the places that were announced, from the last one up; never one more."""
    places = ranking(state)
    table = min(width, 100)
    rows: list[Lines] = []
    for index, place in enumerate(places):
        if index < len(places) - told:
            # Its number, not its rank: that two are level would be a hint.
            rows.append([Content.styled(f"{index + 1:>2}  …", "$quiet")])
            continue
        note = tie_note(places, index)
        why = [Content.styled(f"     {note}", "$quiet")] if note else []
        rows.append([_place(state, place, table, latest=index == len(places) - told), *why])
    won = winners(state) if told >= len(places) else []
    title = "KẾT QUẢ" if told else "SẮP CÔNG BỐ KẾT QUẢ"
    foot = [Content.styled(line, "bold $accent") for line in won]
    return _table(title, rows, table, width, height, foot)


def _place(state: State, place: Place, width: int, *, latest: bool) -> Content:
    names = min(38, max(16, width - 34))
    side = _side(state, place.side, short_names(state, min(32, names - 4)))
    name = team(side, 34, reverse=latest) if side is not None else Content(name_of(state, place.side))
    name = name if latest else Content.assemble(" ", name)  # in reverse it has a space before it
    prize = f"Giải {place.prize}" if place.prize else ("đã rời" if place.left else "")
    return Content.assemble(
        (f"{place.rank:>2}  ", "bold"),
        cell(name, names),
        (f"{place.score:>6} điểm   ", "bold $accent"),
        (prize, "bold $secondary" if latest else "$secondary"),
    )


def _table(
    title: str, rows: list[Lines], table: int, width: int, height: int, foot: Lines | None = None
) -> Lines:
    head = [centred(Content.styled(title, "bold $accent"), width)]
    indent = " " * max(0, (width - table) // 2)
    blocks = [[Content.assemble(indent, line) for line in row] for row in rows]
    below = [Content.assemble(indent, line) for line in foot or []]

    def make(air: int, gap: int) -> Callable[[], Lines]:
        return lambda: [
            *head,
            *([EMPTY] * gap),
            *spaced(blocks, air),
            *([EMPTY] * gap if below else []),
            *below,
        ]

    tries = [make(2, 3), make(1, 2), make(1, 1), make(0, 1), make(0, 0)]
    return middle(fitted(tries[0 if height >= 40 else 1 :], height), height)


def stopped(width: int, height: int) -> Lines:
    """Return that a contest was ended early."""
    return middle([centred(Content.styled("Hội thi đã dừng lại", "bold $warning"), width)], height)
