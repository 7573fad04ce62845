"""The list of prizes, edited line by line while the drill runs."""

from __future__ import annotations

from textual.content import Content

from trainer.contest.drill import commands as dc
from trainer.contest.drill.ranking import prizes_of
from trainer.contest.drill.taking_part import drill_of, present
from trainer.contest.rules import DEFAULT_PRIZES, PartPrize
from trainer.contest.state import State
from trainer.text import name_key, one_line
from trainer.tui.drill.corrections import Corrections
from trainer.tui.drill.windows import Choice, LineWindow, PickWindow, ask

Prize = tuple[str, int | str]
"""(name, how many; 0: all who are left), or (name, kind of part)."""
_REST = ("0", "còn lại", "các đội còn lại")
_PARTS = {"tình huống": "situation", "câu hỏi": "questions", "kiến thức": "questions"}
_PART_WORDS = {"situation": "tình huống", "questions": "câu hỏi"}
MOST = 12
_NAME = 40


def read_line(text: str) -> Prize | str:
    """Read “Nhất: 1”, “Khuyến khích: còn lại” or “Ứng xử hay nhất: tình huống”; a sentence when it is wrong."""
    name, colon, count = (part.strip() for part in one_line(text, 120).rpartition(":"))
    word = count.casefold()
    if not colon or not name:
        return "Cần tên giải, dấu hai chấm, rồi số lượng. Ví dụ: Nhì: 2"
    if len(name) > _NAME:
        return f"Tên giải dài quá {_NAME} ký tự. Bạn hãy viết ngắn lại."
    if word in _PARTS:
        return name, _PARTS[word]
    if word in _REST:
        return name, 0
    if word.isascii() and word.isdigit() and len(word) < 3:
        return name, int(word)
    return "Sau dấu hai chấm là số từ 1 đến 99, “còn lại”, hoặc “tình huống”, “câu hỏi” cho giải phần thi."


def line_of(prize: Prize) -> str:
    """Return a prize as it is typed."""
    name, count = prize
    return f"{name}: {_PART_WORDS[count] if isinstance(count, str) else count or 'còn lại'}"


def problem(prizes: list[Prize]) -> str:
    """Say what is wrong with a whole list, "" when nothing is."""
    names = [name_key(name) for name, _ in prizes]
    twin = next((name for index, (name, _) in enumerate(prizes) if names.index(names[index]) != index), "")
    if twin:
        return f"Có hai giải cùng tên “{twin}”."
    whole = [(name, count) for name, count in prizes if isinstance(count, int)]
    if not whole:
        return "Cần ít nhất một giải cho cả hội thi."
    early = next((name for name, count in whole[:-1] if not count), "")
    if early:
        return f"Giải “{early}” nhận mọi đội còn lại nên phải là dòng cuối."
    return ""


def current(state: State) -> list[Prize]:
    """Return the list as it stands."""
    changed = drill_of(state).part_prizes
    parts = state.rules.part_prizes if changed is None else tuple(PartPrize(*each) for each in changed)
    return [*prizes_of(state), *((prize.name, prize.of) for prize in parts)]


def given_out(prizes: list[Prize], teams: int) -> str:
    """Return how many teams get each prize."""
    left, found = teams, []
    for name, count in prizes:
        if isinstance(count, int):
            here = min(left, count or left)
            found.append(f"{name} {here}")
            left -= here
    without = f" · {left} đội không có giải" if left else ""
    return f"Với {teams} đội: {', '.join(found)}{without}"


def _lines(prizes: list[Prize]) -> list[Choice]:
    lines = []
    for number, (name, count) in enumerate(prizes, 1):
        if isinstance(count, str):
            what = f"giải phần {_PART_WORDS[count]}, cho đội cao điểm nhất"
        else:
            what = f"{count} đội" if count else "mọi đội còn lại"
        key = str(number) if number < 10 else ""
        lines.append(Choice(key, Content.assemble((name.ljust(28), "bold"), (what, "$secondary"))))
    full = f"nhiều nhất {MOST} dòng" if len(prizes) >= MOST else ""
    return [
        *lines,
        Choice("t", Content("Thêm một giải"), full),
        Choice("m", Content("Về danh sách mặc định: Nhất 1, Nhì 2, Ba 3, còn lại Khuyến khích")),
        Choice("g", Content.styled("Ghi danh sách này vào hội thi", "bold $accent"), problem(prizes)),
    ]


async def edit(screen: Corrections) -> str:
    """Edit the list line by line; nothing is recorded before it is handed in."""
    state = screen.session.state
    prizes = current(state)
    at = 0
    while True:
        wrong = problem(prizes)
        hint = f"{wrong or given_out(prizes, len(present(state)))} · Esc: thôi, không đổi"
        picked = await ask(screen, PickWindow("Giải thưởng · chọn dòng để sửa", _lines(prizes), hint, at))
        if picked is None:
            return ""
        at = picked
        extra = picked - len(prizes)
        if extra < 0:
            await _edit_line(screen, prizes, picked)
        elif extra == 0:
            await _edit_line(screen, prizes, len(prizes))
        elif extra == 1:
            prizes = [*DEFAULT_PRIZES, *(each for each in prizes if isinstance(each[1], str))]
        else:
            break
    whole = tuple((name, count) for name, count in prizes if isinstance(count, int))
    parts = tuple((name, of) for name, of in prizes if isinstance(of, str))
    return screen.hand(lambda now: dc.SetPrizes(now, whole, parts), "Đã ghi danh sách giải thưởng mới.")


async def _edit_line(screen: Corrections, prizes: list[Prize], at: int) -> None:
    """Edit, add or delete one line; prizes for parts stay behind the others."""
    known = at < len(prizes)

    def wrong(text: str) -> str:
        if not text and known:
            return ""
        found = read_line(text)
        return found if isinstance(found, str) else ""

    delete = "để trống: xóa dòng · " if known else ""
    text = await ask(
        screen,
        LineWindow(
            "Sửa giải" if known else "Thêm giải",
            f"Tên: số lượng (hoặc còn lại, tình huống, câu hỏi). Ví dụ Nhì: 2 · {delete}Enter: xong · Esc: thôi",
            wrong,
            line_of(prizes[at]) if known else "",
        ),
    )
    if text is None:
        return
    if known:
        del prizes[at]
    if text:
        found = read_line(text)
        assert not isinstance(found, str)  # noqa: S101 - the window let nothing else through
        prizes.insert(at, found)
    prizes.sort(key=lambda prize: (isinstance(prize[1], str), prize[1] == 0))
