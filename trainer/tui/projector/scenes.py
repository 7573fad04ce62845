"""What the projector shows of the item on show: question, boards, buzzers, reveal, situation. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.content import Content

from trainer.contest.drill.buzzing import was_open
from trainer.contest.drill.showing import shown_state
from trainer.contest.drill.taking_part import (
    drill_of,
    fell_at,
    floor_of,
    margins,
    on_floor,
    participants,
    present,
    question_part,
    tied_presses,
)
from trainer.contest.events import Side
from trainer.contest.explain import second_press
from trainer.contest.responses import right_answer, right_positions
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State
from trainer.text import told_apart
from trainer.tui import wording
from trainer.tui.drill import view as drill_view
from trainer.tui.drill.clock import REVEAL_S, Face
from trainer.tui.drill.steps import off_floor, owner_of, waiting
from trainer.tui.projector.page import (
    EMPTY,
    TEXT_COLUMNS,
    Lines,
    beside,
    cell,
    columns,
    digits,
    fitted,
    spaced,
    team,
    wrapped,
)
from trainer.tui.widgets.answering import LETTERS

ASKED, FADED, SHOWN, TOLD = range(4)


def step_of(since_s: float) -> int:
    """Return how far a reveal has come."""
    return sum(since_s >= at for at in REVEAL_S)


_MOST_COLUMNS = 5


class Frame(NamedTuple):
    """What the scenes are drawn with.

    Attributes:
        face: The clock.
        step: How far the reveal of the item on show has come; ASKED also before it.
        width, height: Of the part of the window that is theirs, in cells.
    """

    face: Face
    step: int
    width: int
    height: int


def side_called(state: State, side: str) -> Side | None:
    """Return a side."""
    return next((each for each in state.sides if each.id == side), None)


def is_revealed(state: State) -> bool:
    """Tell whether the key of the item on show may be on the wall."""
    return state.position in drill_of(state).revealed


# --- signs and teams ----------------------------------------------------------------------------


def sign(state: State, frame: Frame) -> Content:
    """Return the one line that says what happens now."""
    phase, drill = state.phase, drill_of(state)
    if any(at == state.position for _, at in drill.lifelines) and phase in ("read", "question", "entry"):
        return Content.styled("Hỏi ý kiến khán giả", "bold $accent")
    if phase == "raise":
        return Content.styled(" ▲ GIƠ BIỂN ", "bold reverse $accent")
    if phase == "buzz":
        return Content.styled(" ◉ CHUÔNG MỞ ", "bold reverse $accent")
    if phase == "answer":
        found = side_called(state, floor_of(state))
        if found is not None:
            return Content.assemble(("Mời ", "bold"), team(found, reverse=True), (" trả lời", "bold"))
        return Content.styled("Bấm chuông cùng lúc, người dẫn bốc thăm", "bold $warning")
    if phase == "entry":
        part = question_part(state, state.position)
        if part is not None and (part.play.mode == "buzzers" or was_open(state)):
            return _after_buzzers(state)
        if part is not None and part.play.mode == "turns" and not waiting(state):
            return Content.styled("Đã trả lời", "bold")  # in time: its clock only ran out afterwards
        return Content.styled("HẾT GIỜ", "bold $warning")
    if phase == "closed":
        asked = state.current is not None and state.current.role != "audience"
        nobody = asked and not any(
            at == state.position and one.code != "empty" for (_, at), one in state.attempts.items()
        )
        return Content.styled("Không có câu trả lời" if nobody else "Đã chốt câu trả lời", "bold")
    if phase in ("feedback", "back") and is_revealed(state) and frame.step < SHOWN:
        return Content.styled("Đáp án…", "bold $accent")
    if phase == "feedback" and is_revealed(state):
        return _floor(state, frame)
    return EMPTY


def _after_buzzers(state: State) -> Content:
    """Return who answered after pressing, now that the buzzers are shut."""
    owner = owner_of(state)
    tried = [side for side, at in state.attempts if at == state.position and side != owner]
    found = side_called(state, tried[-1]) if tried else None
    if found is None:
        return Content.styled("Chuông đã đóng", "bold $warning")
    return Content.assemble(team(found), (" đã trả lời", "bold"))


def _floor(state: State, frame: Frame) -> Content:
    """Return who just left the floor and how many stand on it, where a wrong answer leaves it."""
    part = question_part(state, state.position)
    if part is None or not part.play.eliminate:
        return EMPTY
    index, there = state.plan[state.position].part, present(state)
    fell = [
        side for side in state.sides if side.id in there and fell_at(state, index, side.id) == state.position
    ]
    said = f"Trên sàn còn {len(on_floor(state, index))}/{len(there)} đội"
    if not fell:
        return Content.styled(said, "bold $accent")
    names = Content(", ").join(team(side) for side in fell)
    named = Content.assemble((said, "bold $accent"), " · rời sàn: ", names)
    if named.cell_length <= frame.width:
        return named
    return Content.assemble((said, "bold $accent"), f" · {len(fell)} đội rời sàn")


def presses(state: State, width: int) -> Lines:
    """Return the order of arrival at the buzzers, with the margin, and what the second one gets."""
    if state.phase not in ("buzz", "answer"):
        return []
    level = tied_presses(state)
    lines = []
    for number, (side, after) in enumerate(margins(state), 1):
        found = side_called(state, side)
        if found is None:
            continue
        late = "cùng lúc" if side in level else f"+{after / 1000:.2f} giây".replace(".", ",")
        note = "" if number == 1 and not level else f"   {late}"
        lines.append(Content.assemble((f"{number}. ", "bold"), team(found), (note, "$quiet")))
    part = question_part(state, state.position)
    if len(lines) > 1 and part is not None:
        lines += wrapped(Content.styled(second_press(part.play), "$quiet"), min(width, TEXT_COLUMNS))
    return lines


def mark(state: State, side: str, frame: Frame) -> Content:
    """Return what stands beside a team; nothing of what it answered before the key is out."""
    drill, attempt = drill_of(state), state.attempts.get((side, state.position))
    if side in drill.left:
        return Content.styled("đã rời", "$quiet")
    if attempt is None:
        if floor_of(state) == side:
            return Content.styled("trả lời", "bold $accent")
        return Content.styled("rời sàn", "$quiet") if side in off_floor(shown_state(state)) else EMPTY
    empty = attempt.code == "empty" and attempt.share <= 0
    if not is_revealed(state) or frame.step < SHOWN:
        if not empty:
            return Content.styled("đã ghi", "$quiet")
        return Content.styled("chưa trả lời", "$quiet") if state.position in drill.closed else EMPTY
    if empty and attempt.overruled is None:
        return Content.styled(
            f"— {wording.signed(attempt.points)}", "bold $error" if attempt.points else "$quiet"
        )
    text = drill_view.response_mark(state._replace(phase="feedback"), side)
    style = "$success" if attempt.share >= 1 else "$warning" if attempt.share > 0 else "$error"
    return Content.styled(text, f"bold {style}")


def teams(state: State, frame: Frame, names: int = 14) -> Lines:
    """Return the teams that the item on show concerns, each with its mark; names of so many cells."""
    part = question_part(state, state.position)
    here = participants(state, state.position)
    if part is not None and part.play.mode == "turns":
        shown = [side for side, at in state.attempts if at == state.position]
        shown = shown if is_revealed(state) else []
    elif part is not None and part.play.eliminate:
        shown = [side.id for side in state.sides]
    else:
        shown = [
            side.id for side in state.sides if side.id in here or (side.id, state.position) in state.attempts
        ]
    there = [side for side in state.sides if side.id in shown]
    names = (
        min(
            24 if frame.width >= 140 else names + 6 * (len(there) <= 6 and names > 8),
            max((len(side.name) for side in there), default=0),
        )
        + 2
    )
    said_of = {side.id: mark(state, side.id, frame) for side in there}
    room = max((said.cell_length for said in said_of.values()), default=0)
    room = min(12, max(room, 6 if frame.width >= 140 else 0))
    star = drill_of(state).stars.get(state.position)
    names = _as_wide(there, names, room + 2 + bool(star), frame.width)
    short = told_apart([side.name for side in there], max(1, names - 2))
    marks = [(side._replace(name=name), said_of[side.id]) for side, name in zip(there, short, strict=True)]
    cells = [
        Content.assemble(
            cell(team(side, names), names),
            (("★" if star == side.id else " ") + " " * bool(star), "bold $accent"),
            cell(said, room),
        )
        for side, said in marks
    ]
    return columns(cells, frame.width, names + room + 2 + bool(star), _MOST_COLUMNS)


def _as_wide(there: Sequence[Side], names: int, beside: int, width: int) -> int:
    """Return how many cells names may have in as many columns as `names` cells each would make."""
    if not there:
        return names
    count = max(1, min(len(there), _MOST_COLUMNS, width // (names + beside)))
    count = -(-len(there) // -(-len(there) // count))
    return max(names, min(max(len(side.name) for side in there) + 2, width // count - beside))


def chosen_by(state: State, side: str) -> list[str]:
    """Return what a team drew or chose in the part on show: “10 điểm”, “gói 3”, in the order of its turn."""
    owners, replaced = drill_of(state).owners, drill_of(state).replaced.values()
    mine = [
        state.plan[at]
        for at, who in owners.items()
        if who == side and state.plan[at].part == state.part and at not in replaced
    ]
    if any(planned.value for planned in mine):
        return [str(planned.value) for planned in mine]
    return [f"gói {number + 1}" for number in dict.fromkeys(each.package for each in mine) if number >= 0]


def turn_line(state: State) -> Lines:
    """Return whose question is on show, its star, and what the team chose."""
    side = side_called(state, owner_of(state))
    part = question_part(state, state.position)
    if side is None or part is None or not (part.play.values or part.play.star):
        return []
    star = " ★ Ngôi sao hy vọng" if drill_of(state).stars.get(state.position) == side.id else ""
    chosen = " · ".join(chosen_by(state, side.id))
    said = f"   đã chọn {chosen}" + " điểm" * bool(part.play.values) if chosen else ""
    return [Content.assemble(team(side), (star, "bold $accent"), (said, "$quiet"))]


# --- a question ---------------------------------------------------------------------------------


def options(state: State, frame: Frame, width: int, *, only_right: bool = False, air: int = 0) -> Lines:
    """Return the options; after the reveal's steps the wrong ones faded, the right ones with ✓."""
    current = state.current
    if current is None or "options" not in current.item:
        return []
    shown = frame.step if is_revealed(state) else ASKED
    right = right_positions(current.item, current.order)
    besides = drill_view.accepted_options(state)
    blocks: list[Lines] = []
    for place, index in enumerate(current.order):
        fits = place in right or place in besides
        good = fits and shown >= SHOWN
        faded = shown >= FADED and not fits
        if only_right and faded:
            continue
        chip = Content.assemble(
            ("✓ " if good else "  ", "bold $success"), (f" {LETTERS[place]} ", "bold reverse"), " "
        )
        text = str(current.item["options"][index])
        if good and place not in right:
            text += " (được công nhận thêm)"
        lines = wrapped(text, width, chip)
        style = "bold $success on $right-bg" if good else "$quiet dim" if faded else ""
        if style:
            lines = [cell(line, width).stylize(style) for line in lines]
        blocks.append(lines)
    return spaced(blocks, air)


def facts(state: State, frame: Frame, width: int) -> Lines:
    """Return the key of a question without options, then why and where it is written."""
    current = state.current
    if current is None or not is_revealed(state) or frame.step < SHOWN:
        return []
    item, found = current.item, list[tuple[str, str, str]]()
    if "options" not in item:
        found.append(("Đáp án", "$success", right_answer(item, current.order)))
    if item["kind"] not in ("choice", "true-false"):
        found += [("Công nhận thêm", "$success", each) for each in drill_view.accepted_answers(state)]
    if frame.step >= TOLD:
        found.append(("Vì sao", "$accent", str(item["explanation"])))
        found += [("Căn cứ", "$secondary", line) for line in wording.source_lines(item)]
    lines: Lines = []
    for label, style, text in found:
        lines += wrapped(text, width, Content.styled(f"{label}  ", f"bold {style}"))
    return lines


def clock(frame: Frame, rows: int) -> Lines:
    """Return the clock's digits."""
    face = frame.face
    style = "$error" if face.late else "$quiet" if face.still else "$accent"
    found = digits(face.text, rows, f"bold {style}")
    if rows >= 10 and found and found[0].cell_length > frame.width * 3 // 10:
        found = digits(face.text, 5, f"bold {style}")
    return found


def question(state: State, frame: Frame) -> Lines:
    """Return a question's page."""
    current = state.current
    if current is None:
        return []
    revealed = is_revealed(state)
    prompt = drill_view.prompt_text(state)
    if revealed and frame.step >= TOLD:
        prompt = Content.styled(prompt.plain, "$quiet")
    paired = revealed and frame.step >= SHOWN and current.item["kind"] == "match"

    def make(rows: int, air: int, names: int, few: bool) -> Callable[[], Lines]:
        def lines() -> Lines:
            big = clock(frame, rows)
            room = max((line.cell_length for line in big), default=0)
            column = min(TEXT_COLUMNS, frame.width - (room + 3 if room and frame.width >= 140 else 0))
            head = wrapped(prompt, min(column, frame.width - (room + 3 if room else 0)))
            if few:
                head = [*head[:1], Content.styled("…", "$quiet")] if len(head) > 2 else head
            listed = "" if paired else drill_view.listed(current.item, current.order, column)
            asked = [
                [line for text in listed.split("\n") for line in wrapped(text, column)] if listed else [],
                options(state, frame, column, only_right=few, air=max(0, air - 1)),
                facts(state, frame, column),
                [] if few or is_revealed(state) else turn_line(state),
                _said(state, frame),
                presses(state, frame.width),
            ]
            body = (
                beside(spaced([head, *asked], air), big, frame.width)
                if frame.width >= 140
                else spaced([beside(head, big, frame.width), *asked], air)
            )
            return body if not names else _over(body, teams(state, frame, names), frame)

        return lines

    large = 10 if frame.width >= 140 and frame.height >= 36 else 5
    sizes = [(large, 3), (large, 2), (large, 1)] if frame.height >= 36 else [(large, 2), (large, 1)]
    tries = [(rows, air, 14, False) for rows, air in [*sizes, (5, 0)]] + [(3, 0, 8, False)]
    if revealed and frame.step >= SHOWN:
        tries += [(3, 1, 8, True), (3, 0, 8, True), (3, 0, 0, True)]
    tries += [(3, 0, 0, False)]
    return fitted([make(*each) for each in tries], frame.height)


def _said(state: State, frame: Frame) -> Lines:
    line = sign(state, frame)
    return [line] if line.plain else []


def _over(body: Lines, foot: Lines, frame: Frame) -> Lines:
    """Put the teams at the foot of the page, under a rule; a high window has air above the question too."""
    room = frame.height - len(body) - (len(foot) + 1 if foot else 0)
    if frame.height >= 36:
        body = [*([EMPTY] * max(0, min(room // 3, frame.height // 8))), *body]
    if not foot:
        return body
    rule = Content.styled("─" * frame.width, "$border-blurred")
    gap = frame.height - len(body) - len(foot) - 1
    return [*body, *([EMPTY] * max(0, gap)), rule, *foot]


# --- a situation --------------------------------------------------------------------------------

_SITUATION_SIGNS = {
    "read": ("Nghe đọc tình huống", "bold"),
    "think": (" Hội ý ", "bold reverse $accent"),
    "speak": (" Trình bày ", "bold reverse $accent"),
    "ask": (" Giám khảo hỏi thêm ", "bold reverse $accent"),
    "mark": ("Giám khảo đang chấm", "bold $accent"),
    "review": ("Các giám khảo đã chấm xong", "bold $accent"),
}


def situation(state: State, frame: Frame) -> Lines:
    """Return a situation's page: read, thought over, spoken to, judged, shown."""
    current = state.current
    if current is None:
        return []
    text, style = _SITUATION_SIGNS.get(state.phase, ("", ""))
    if state.phase == "speak" and frame.face.text.startswith("+"):
        text, style = " QUÁ GIỜ ", "bold reverse $error"
    revealed = is_revealed(state)
    if revealed and state.phase in ("review", "back"):
        text, style = ("Điểm…", "bold $accent") if frame.step < SHOWN else ("", "")
    found = drill_view.situation_facts(state) if revealed else []
    if frame.step < SHOWN:
        found = [fact for fact in found if fact[0] == "Giám khảo"] if frame.step >= FADED else []
    quiet = state.phase in ("mark", "review") or revealed

    def make(rows: int, air: int, short: bool) -> Callable[[], Lines]:
        def lines() -> Lines:
            big = clock(frame, rows) or _points(state, frame, rows)
            room = max((line.cell_length for line in big), default=0)
            column = min(TEXT_COLUMNS, frame.width - (room + 3 if room and frame.width >= 140 else 0))
            title = wrapped(
                Content.styled(str(current.item["title"]), "bold $accent"),
                min(column, frame.width - (room + 3 if room else 0)),
            )
            said = [Content.styled(text, style)] if text else []
            prompt = wrapped(
                Content.styled(str(current.item["prompt"]), "$quiet" if quiet else "bold"), column
            )
            if short:
                prompt = [*prompt[:2], Content.styled("…", "$quiet")] if len(prompt) > 3 else prompt
            marks = [
                line
                for label, colour, value in found
                for line in wrapped(value, column, Content.styled(f"{label:<10}  ", f"bold {colour}"))
            ]
            if frame.width >= 140:
                body = beside(spaced([title, said, prompt, marks], air), big, frame.width)
                return _over(body, [], frame)
            return spaced([beside(spaced([title, said], air), big, frame.width), prompt, marks], air)

        return lines

    large = 10 if frame.width >= 140 and frame.height >= 36 else 5
    sizes = [(large, 2), (large, 1), (5, 1), (5, 0), (3, 0)]
    makes = [make(rows, air, False) for rows, air in sizes] + [make(3, 0, True)]
    return fitted(makes, frame.height)


def _points(state: State, frame: Frame, rows: int) -> Lines:
    """Return what a situation earned, large, once it is revealed."""
    if not is_revealed(state) or frame.step < SHOWN:
        return []
    earned = [
        attempt.points + attempt.penalty
        for (_, at), attempt in state.attempts.items()
        if at == state.position
    ]
    return digits(str(earned[0]), rows, "bold $success") if len(earned) == 1 else []


def is_question(state: State) -> bool:
    """Tell whether the item on show is a question."""
    return isinstance(state.current_part, QuestionPart)


def turn_side(state: State) -> Side | None:
    """Return whose turn it is, or whose item is on show."""
    drill = drill_of(state)
    return side_called(state, drill.turn if state.phase == "draw" else owner_of(state) or drill.turn)
