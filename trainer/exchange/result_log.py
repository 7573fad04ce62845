"""What was changed, disputed or decided by hand in a contest, when and why, from its events. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from trainer.contest import events as e
from trainer.contest.drill import events as d
from trainer.contest.events import Event
from trainer.contest.explain import TIE_WORDS
from trainer.contest.folding import evolve
from trainer.contest.responses import given
from trainer.contest.state import State
from trainer.text import clean

DECISIONS = {
    "advance": "bước tiếp theo",
    "start-clock": "bắt đầu đồng hồ",
    "close-item": "chốt câu trả lời",
    "reveal": "hiện đáp án",
    "answer": "ghi câu trả lời",
    "judge": "chấm đúng hoặc sai",
    "overrule": "sửa kết quả chấm",
    "mark": "một ô điểm của giám khảo",
    "mark-cap": "lỗi chặn điểm",
    "set-judges": "số phiếu chấm",
    "close-sheets": "chốt phiếu",
    "draw": "bốc thăm",
    "choose": "chọn gói câu hỏi",
    "place-star": "đặt ngôi sao hy vọng",
    "open-buzzers": "mở chuông",
    "stop-buzzers": "đóng chuông",
    "give-floor": "cho quyền trả lời",
    "skip": "bỏ câu hỏi",
    "replace": "thay câu hỏi",
    "look-back": "xem lại câu trước",
    "change-score": "cộng hoặc trừ điểm",
    "accept": "chấp nhận câu trả lời khác",
    "appeal": "ghi khiếu nại",
    "decide-appeal": "giải quyết khiếu nại",
    "set-prizes": "sửa danh sách giải thưởng",
    "rescue": "cứu trợ",
    "use-lifeline": "hỏi khán giả",
    "leave": "một đội rời cuộc thi",
    "break-tie": "mở câu hỏi phụ",
    "decide-rank": "phân định thứ hạng",
    "end-early": "kết thúc sớm",
    "add-note": "ghi chú",
}
"""What the decisions of a facilitator are called, on screen and on paper."""

NO_REASON = "không ghi lý do"


class Note(NamedTuple):
    """One thing of the record that the sheet must not leave out.

    Attributes:
        when: Local time of day and day, or contest time when no clock was noted.
        what: In words.
        team: Whom it concerns, "" for all.
        item: The number of the question or situation, "".
        reason: As it was given; “không ghi lý do” for a correction without one, "" where none is asked for.
        undone: Whether it was taken back later.
        kind: As :class:`Told` has it, never ``course``.
        counts: Whether it is a correction of its own that stands: no consequence of another, not taken back.
    """

    when: str
    what: str
    team: str
    item: str
    reason: str
    undone: bool
    kind: str
    counts: bool


def flat(value: object) -> str:
    """Return a text cleaned and on one line, in full."""
    return " ".join(clean(str(value)).split())


def judge_name(judge: str) -> str:
    """Return a judge's name: “Giám khảo 2” for ``j2``."""
    number = judge.removeprefix("j")
    return f"Giám khảo {number if number.isdecimal() else flat(judge)}"


def standing(events: Sequence[Event]) -> list[Event]:
    """Return the events that count: an Undone keeps so many of those before it."""
    return [events[index] for index in _standing(events)]


def _standing(events: Sequence[Event]) -> list[int]:
    kept: list[int] = []
    for index, event in enumerate(events):
        if isinstance(event, d.Undone):
            del kept[event.keep :]
        kept.append(index)
    return kept


def moment(events: Sequence[Event], at: int, *, day_first: bool = False) -> str:
    """Return when contest time `at` was on the wall, in the machine's own zone.

    Without a note of any program start: contest time, or "" with `day_first`.
    """
    tie = None
    for event in events:
        if isinstance(event, e.ClockTied) and (tie is None or event.at <= at):
            tie = event
    try:
        if tie is not None:
            then = datetime.fromisoformat(tie.wall)
            then = then.replace(tzinfo=UTC) if then.tzinfo is None else then
            local = (then + timedelta(milliseconds=at - tie.at)).astimezone()
            return local.strftime("%d/%m/%Y %H:%M" if day_first else "%H:%M:%S %d/%m")
    except (ValueError, OverflowError, OSError):
        pass
    return "" if day_first else f"phút {at // 60_000}:{at // 1000 % 60:02d}"


class Told(NamedTuple):
    """An event of the record that changes what stood before, in words.

    Attributes:
        place: Its number among the events.
        undone: Whether it was taken back later.
        kind: ``correction``: a result that stood was changed, or an objection, or a team that left;
            ``undo``: decisions were taken back; ``start``: the program was opened again; ``course``:
            a step of the usual course, such as an answer typed anew before the question was closed,
            which the facilitator may read and no sheet has to explain; "": any other decision.
    """

    place: int
    event: Event
    what: str
    reason: str
    undone: bool
    kind: str
    position: int | None = None


def told(events: Sequence[Event]) -> list[Told]:
    """Return the corrections, objections and decisions by hand, oldest first, also those taken back."""
    kept = set(_standing(events))
    reader = _Reader(events[0])
    state = State()
    found = []
    stands: list[int] = []
    for index, event in enumerate(events):
        if isinstance(event, d.Undone):
            del stands[event.keep :]
            reader = _Reader(events[0])
            for before in stands:
                reader.said(events[before])
        stands.append(index)
        kind = _kind(event, reader, state)
        said = reader.said(event)
        if isinstance(event, d.Undone) and state.status == "finished":
            said = "Mở lại hội thi sau khi đã kết thúc, để sửa", ""
        if said is not None and kind == "course" and isinstance(event, d.ClockMoved):
            said = f"Dừng đồng hồ khi còn {-event.ms // 1000} giây", ""
        if said is not None:
            undone = index not in kept and not isinstance(event, d.Undone)
            position = getattr(event, "position", state.position if isinstance(event, d.ClockMoved) else None)
            found.append(Told(index, event, flat(said[0]), flat(said[1]), undone, kind, position))
        state = evolve(state, event)
    return found


_CORRECTIONS = (
    *(e.Answered, e.Overruled, e.OverruleUndone, e.Marked, d.Repriced, d.ScoreChanged, d.AnswerAccepted),
    *(d.ItemSkipped, d.ItemReplaced, d.Appealed, d.AppealDecided, d.SideLeft),
)


def _kind(event: Event, reader: _Reader, state: State) -> str:
    """Return what an event is by :class:`Told`; `reader` and `state` are those before it."""
    if isinstance(event, d.Undone):
        return "undo"
    if isinstance(event, e.ClockTied):
        return "start"
    if isinstance(event, e.Answered) and not reader.is_settled(event.side, event.position):
        return "course"
    if isinstance(event, e.Marked) and state.phase == "mark":
        return "course"  # a sheet is its judge's until all are in
    if isinstance(event, d.ClockMoved) and event.ms < 0 and state.deadline is not None:
        now = event.at if state.paused_at is None else state.paused_at
        # The step that ends the time early takes all that is left.
        return "course" if state.deadline + event.ms <= now else ""
    return "correction" if isinstance(event, _CORRECTIONS) else ""


def notes(events: Sequence[Event], names: Mapping[str, str], labels: Mapping[int, str]) -> list[Note]:
    """Return :func:`told` as the sheet prints it, without the usual course.

    Args:
        events: All of them, those too that were taken back.
        names: Side -> name.
        labels: Position -> number as announced, of the items that were shown and stand.
    """
    starts = [event for event in events if isinstance(event, e.ClockTied)]
    found = []
    accepted: tuple[int, int] | None = None
    for each in told(events):
        if each.kind == "course":
            continue
        position = each.position
        item = "" if position is None else labels.get(position, "câu không còn tính")
        teams = ", ".join(names.get(side, side) for side in sides_of(each.event))
        if isinstance(each.event, d.AnswerAccepted):
            accepted = each.event.position, each.event.at
        follows = isinstance(each.event, d.Repriced | d.AppealDecided) or (
            isinstance(each.event, e.Overruled) and (each.event.position, each.event.at) == accepted
        )
        correction = each.kind == "correction"
        found.append(
            Note(
                moment(starts, each.event.at),
                each.what,
                teams,
                item,
                each.reason or (NO_REASON if correction else ""),
                each.undone,
                each.kind,
                correction and not follows and not each.undone,
            )
        )
    return found


def counted(found: Sequence[Note]) -> str:
    """Return how much was corrected, in one sentence; steps taken back and starts are named apart."""
    corrections = sum(note.counts for note in found)
    said = f"{corrections} lần sửa đổi kết quả, khiếu nại" if corrections else "Không có sửa đổi kết quả"
    more = [
        f"{count} lần {word}"
        for kind, word in (("undo", "rút lại"), ("start", "mở lại chương trình"))
        if (count := sum(note.kind == kind for note in found))
    ]
    return f"{said}; ngoài ra {', '.join(more)}." if more else f"{said}."


def sides_of(event: Event) -> tuple[str, ...]:
    """Return whom an event concerns, () for all."""
    side = getattr(event, "side", None)
    return tuple(getattr(event, "sides", ())) if side is None else (str(side),)


def _points(points: int) -> str:
    return f"cộng {points} điểm" if points >= 0 else f"trừ {-points} điểm"


def _move(before: int, after: int) -> str:
    return f"từ {before} thành {after} điểm".replace("-", "−")


def _result(answered: Any) -> str:
    if answered.code == "empty":
        return "bỏ trống"
    share = answered.share
    return "đúng" if share >= 1 else "đúng một phần" if share > 0 else "sai"


class _Reader:
    """Reads events in order and says which of them change what stood before."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened
        self._answers: dict[tuple[str, int], e.Answered] = {}
        self._points: dict[tuple[str, int], int] = {}
        self._marks: dict[tuple[str, str, int], dict[int, float]] = {}
        self._settled: set[tuple[str, int]] = set()
        self._starts = 0

    def is_settled(self, side: str, position: int) -> bool:
        """Tell whether an answer was locked: its question closed, or the buzzers opened for others after it."""
        return (side, position) in self._settled

    def settled(self, event: e.ItemClosed | d.BuzzersOpened) -> None:
        """Lock the answers that there are to a question."""
        self._settled |= {key for key in self._answers if key[1] == event.position}

    def said(self, event: Event) -> tuple[str, str] | None:
        """Return (what happened, why), None for what is the contest's usual course."""
        reader = _READERS.get(type(event))
        return None if reader is None else reader(self, event)

    def clock_tied(self, _event: e.ClockTied) -> tuple[str, str] | None:
        self._starts += 1
        return ("Chương trình được mở lại, hội thi tiếp tục", "") if self._starts > 1 else None

    def answered(self, event: e.Answered) -> tuple[str, str] | None:
        key = (event.side, event.position)
        known = self._answers.get(key)
        self._answers[key] = event
        self._points[key] = event.points
        # A player alone may change answers until the end: that is no correction.
        if known is None or not self._opened.group or known[3:7] == event[3:7]:
            return None
        if self._one_letter_more(known, event):
            return None
        if _result(known) == _result(event):
            return "Sửa câu trả lời đã nhập, kết quả không đổi", ""
        return f"Sửa kết quả từ {_result(known)} thành {_result(event)}", ""

    def _one_letter_more(self, known: e.Answered, event: e.Answered) -> bool:
        """Tell whether an answer of several letters is still being typed: each is handed in by itself."""
        if self._opened.plan[event.position].item.get("kind") != "multiple":
            return False
        before, now = known.response, event.response
        if not isinstance(before, tuple) or not isinstance(now, tuple):
            return False
        return len(now) == len(before) + 1 and set(before) < set(now)

    def overruled(self, event: e.Overruled) -> tuple[str, str]:
        key = (event.side, event.position)
        before = self._points.get(key, 0)
        self._points[key] = event.points
        word = "đúng" if event.share >= 1 else "đúng một phần" if event.share > 0 else "sai"
        return f"Chấm lại thành {word}, {_move(before, event.points)}", event.reason

    def overrule_undone(self, event: e.OverruleUndone) -> tuple[str, str]:
        key = (event.side, event.position)
        if key in self._answers:
            self._points[key] = self._answers[key].points
        return "Bỏ chấm lại, trở về kết quả ban đầu", ""

    def repriced(self, event: d.Repriced) -> tuple[str, str]:
        key = (event.side, event.position)
        before = self._points.get(key, 0)
        self._points[key] = event.points
        return f"Tính lại {_move(before, event.points)}", "do kết quả của đội khác ở cùng câu"

    def marked(self, event: e.Marked) -> tuple[str, str] | None:
        sheet = self._marks.setdefault((event.judge, event.side, event.position), {})
        rubric = self._opened.plan[event.position].item["rubric"]
        before = sheet.get(event.criterion)
        full = len(sheet) >= len(rubric)
        sheet[event.criterion] = event.share
        # Until a sheet is full its judge is still writing it.
        if not full or before is None or before == event.share or not self._opened.group:
            return None
        line = rubric[event.criterion]
        was, now = (
            f"{round(share * line['points'], 2):g}".replace(".", ",") for share in (before, event.share)
        )
        return f"{judge_name(event.judge)} sửa “{line['title']}” từ {was} thành {now} điểm", ""

    def accepted(self, event: d.AnswerAccepted) -> tuple[str, str]:
        planned = self._opened.plan[event.position]
        return f"Chấp nhận thêm đáp án: {given(planned.item, planned.order, event.response)}", event.reason


def _tied_rank(event: d.RankDecided) -> tuple[str, str]:
    return f"Phân định thứ hạng, {TIE_WORDS.get(event.how, event.how)}; đội xếp trên ghi trước", event.reason


def _prizes(event: d.PrizesSet) -> tuple[str, str]:
    each = [f"{name}: {count or 'các đội còn lại'}" for name, count in event.prizes]
    each += [f"{name} (giải phần thi)" for name, _ in event.part_prizes]
    return f"Sửa cơ cấu giải: {'; '.join(each)}", ""


def _undone(event: d.Undone) -> tuple[str, str]:
    return "Rút lại: " + ", ".join(DECISIONS.get(what, what) for what in event.what), ""


_READERS: dict[type, Callable[[_Reader, Any], tuple[str, str] | None]] = {
    e.ClockTied: _Reader.clock_tied,
    e.Answered: _Reader.answered,
    e.Overruled: _Reader.overruled,
    e.OverruleUndone: _Reader.overrule_undone,
    e.ItemClosed: _Reader.settled,
    d.BuzzersOpened: _Reader.settled,
    e.Marked: _Reader.marked,
    e.JudgesSet: lambda _, event: (f"Đổi số giám khảo thành {event.judges}", ""),
    e.SheetsClosed: lambda _, event: (f"Chỉ tính {len(event.judges)} phiếu đã chấm xong", ""),
    d.Undone: lambda _, event: _undone(event),
    d.Repriced: _Reader.repriced,
    e.Paused: lambda _, event: (
        ("Đồng hồ tự dừng vì máy đứng yên (ngủ, treo)", "") if event.reason == "asleep" else None
    ),
    d.EarlyPressed: lambda _, _event: ("Bấm chuông sớm: chuông của đội bị khóa trong chốc lát", ""),
    d.FloorGiven: lambda _, _event: ("Trao quyền trả lời khi bấm chuông cùng lúc", ""),
    d.ItemSkipped: lambda _, event: ("Bỏ câu, không tính điểm", event.reason),
    d.ItemReplaced: lambda _, event: ("Thay bằng câu dự phòng", event.reason),
    d.ClockMoved: lambda _, event: (
        f"{'Thêm' if event.ms >= 0 else 'Bớt'} {abs(event.ms) // 1000} giây cho đồng hồ",
        "",
    ),
    d.ScoreChanged: lambda _, event: (_points(event.points).capitalize(), event.reason),
    d.AnswerAccepted: _Reader.accepted,
    d.Appealed: lambda _, event: ("Khiếu nại", event.reason),
    d.AppealDecided: lambda _, event: (
        "Chấp nhận khiếu nại" if event.upheld else "Không chấp nhận khiếu nại",
        event.reason,
    ),
    d.Rescued: lambda _, _event: ("Cứu trợ: các đội trở lại sàn", ""),
    d.LifelineUsed: lambda _, _event: ("Dùng phao khán giả", ""),
    d.SideLeft: lambda _, event: ("Rút khỏi hội thi", event.reason),
    d.TieOpened: lambda _, _event: ("Mở câu phụ để phân định", ""),
    d.RankDecided: lambda _, event: _tied_rank(event),
    d.EndedEarly: lambda _, event: ("Kết thúc hội thi khi chưa thi hết", event.reason),
    d.NoteAdded: lambda _, event: (f"Ghi chú: {event.text}", ""),
    d.PrizesSet: lambda _, event: _prizes(event),
}
