"""Rules played dry, by the engine itself with made-up teams: what can be scored, how long it takes, whether it ends."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import NamedTuple

from trainer.contest.drill.ranking import DECIDED, open_ties
from trainer.contest.engine import evolve
from trainer.contest.evening.planning import Stock, needed, shortages
from trainer.contest.evening.rehearsal import Cast, NeverEndsError, made_up_plan, opened, play, teams
from trainer.contest.evening.timing import Duration, duration
from trainer.contest.refusal import RefusedError
from trainer.contest.rules import QuestionPart, Rules, SituationPart, for_group
from trainer.contest.scoring import max_points
from trainer.contest.state import State

MOST_TEAMS = 30
_LONG_OVERTIME_MS = 600_000
_LONG_EVENING_S = 4 * 3600


class DryRun(NamedTuple):
    """What a dry run found.

    Attributes:
        sides: Teams it was played with; 1: a player alone, where the rules are for one only.
        highest: The most that one side can have at the end.
        lowest: The least; never below 0.
        time: How long the evening takes.
        questions: Questions that are needed so that nothing is asked twice.
        situations: The same for situations.
        problems: What must be changed, Vietnamese sentences; () when the rules pass.
        notes: What is worth knowing, Vietnamese sentences.
    """

    sides: int
    highest: int
    lowest: int
    time: Duration
    questions: int
    situations: int
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def dry_run(
    rules: Rules, sides: int = 10, stock: Stock | None = None, topics: Collection[str] = ()
) -> DryRun:
    """Play `rules` dry.

    Args:
        rules: Of any preset.
        sides: How many teams, 2 to 30; fewer or more are taken for the nearest.
        stock: What the bank has; None: not looked at.
        topics: Only these topics.
    """
    if not playable_by_many(rules):
        return _alone(rules, stock, topics)
    sides = min(MOST_TEAMS, max(2, sides))
    ready = for_group(rules)
    problems, notes = _said(ready, sides)
    highest = lowest = 0
    try:
        highest = _score(ready, sides, _star())
        lowest = _score(ready, sides, _unlucky())
        if not highest:
            problems.append("Không đội nào có thể được điểm: bạn hãy xem lại mục “right” hoặc “points”.")
        problems += _ties(ready, sides)
    except NeverEndsError:
        problems.append("Hội thi theo luật này không bao giờ kết thúc. Bạn hãy xem lại số câu và cách loại.")
    time = duration(ready, sides)
    if time.most_s > _LONG_EVENING_S:
        notes.append(
            f"Lâu nhất tới {minutes(time.most_s)} với {sides} đội; bạn nên bớt đội, bớt câu hoặc chia hai buổi."
        )
    questions, situations = _counts(ready, sides)
    return DryRun(
        sides,
        highest,
        lowest,
        time,
        questions,
        situations,
        (*problems, *_shortage_sentences(ready, sides, stock, topics)),
        tuple(notes),
    )


def playable_by_many(rules: Rules) -> bool:
    """Tell whether several sides can play the rules: answers that change until the end are for one."""
    return not any(isinstance(part, QuestionPart) and part.feedback == "end" for part in rules.parts)


def _alone(rules: Rules, stock: Stock | None, topics: Collection[str]) -> DryRun:
    highest = sum(max_points(part) * part.count for part in rules.parts)
    least = most = 0
    for part in rules.parts:
        if isinstance(part, QuestionPart):
            limit = part.total_seconds or (part.seconds or 60) * part.count
            least, most = least + 2 * part.count, most + limit
        else:
            most += part.count * ((part.think_s or 60) + (part.speak_s or 180) + 60)
    problems = [] if highest else ["Không thể được điểm: bạn hãy xem lại mục “right” hoặc “points”."]
    questions, situations = _counts(rules, 1)
    return DryRun(
        1,
        highest,
        0,
        Duration(least, (least + most) // 2, most),
        questions,
        situations,
        (*problems, *_shortage_sentences(rules, 1, stock, topics)),
        ("Luật này dành cho một người: đáp án công bố ở cuối phần thi.",),
    )


def _counts(rules: Rules, sides: int) -> tuple[int, int]:
    wanted = needed(rules, sides)
    situations = sum(count for part, count in wanted.items() if isinstance(rules.parts[part], SituationPart))
    return sum(wanted.values()) - situations, situations


# --- playing ------------------------------------------------------------------------------------


def _star() -> Cast:
    """One side knows everything and steals, the others know nothing."""
    return Cast(
        lambda side, _position: side == "d1",
        lambda side, _position: float(side == "d1"),
        presses=lambda side, _position: side == "d1",
        rescue=False,
    )


def _unlucky() -> Cast:
    """One side knows nothing, stakes all, steals in vain and never stops talking."""
    return Cast(
        lambda side, _position: side != "d1",
        lambda side, _position: float(side != "d1"),
        lambda side, _position: _LONG_OVERTIME_MS if side == "d1" else 0,
        presses=lambda side, _position: side == "d1",
        rescue=False,
    )


def _score(rules: Rules, sides: int, cast: Cast) -> int:
    return _played(rules, sides, cast).score("d1")


def _played(rules: Rules, sides: int, cast: Cast) -> State:
    first = opened(rules, teams(sides), made_up_plan(rules, sides))
    return play(evolve(State(), first), cast)[0]


def _alike(right: bool, _side: str, _position: int) -> bool:
    return right


def _ties(rules: Rules, sides: int) -> list[str]:
    """Play contests in which all sides do alike, and nobody can answer the questions that break ties."""
    for right in (True, False):
        cast = Cast(partial(_alike, right), lambda _side, _position: 0.5)
        try:
            if open_ties(_played(rules, sides, cast)):
                return ["Có trường hợp các đội bằng điểm mà luật không phân định được."]
        except RefusedError as refused:
            return [f"Không chạy thử được phần phân định bằng điểm ({refused.code})."]
    return []


# --- what the rules say -------------------------------------------------------------------------


def _said(rules: Rules, sides: int) -> tuple[list[str], list[str]]:
    """Return problems and notes that are seen without playing."""
    problems, notes = list[str](), list[str]()
    if not any(tie in rules.ties for tie in DECIDED):
        problems.append(
            "Mục “ties” chưa có cách phân định cuối cùng: hết câu phụ mà vẫn bằng điểm thì ai quyết định? "
            "Bạn hãy thêm judges (giám khảo) hoặc lot (bốc thăm) vào cuối."
        )
    elif any(tie not in DECIDED for tie in rules.ties[_last_word(rules) + 1 :]):
        notes.append("Trong “ties”, các cách sau judges hoặc lot không bao giờ được dùng tới.")
    for number, part in enumerate(rules.parts, 1):
        if isinstance(part, SituationPart):
            judges = rules.judges or part.judges
            if part.drop_extremes and judges < 5:
                notes.append(
                    f"Phần {number} bỏ điểm cao nhất và thấp nhất, nhưng chỉ áp dụng từ 5 giám khảo trở lên."
                )
        else:
            _said_of_questions(part, number, problems, notes)
    named = sum(count for _, count in rules.prizes)
    if rules.prizes and all(count for _, count in rules.prizes) and named < sides:
        notes.append(f"Có {named} giải cho {sides} đội: các đội xếp sau không có giải.")
    return problems, notes


def _last_word(rules: Rules) -> int:
    return next(index for index, tie in enumerate(rules.ties) if tie in DECIDED)


def _said_of_questions(part: QuestionPart, number: int, problems: list[str], notes: list[str]) -> None:
    play_ = part.play
    if not part.seconds and not play_.value_seconds:
        notes.append(f"Phần {number} không giới hạn thời gian mỗi câu; thời lượng tính theo 60 giây một câu.")
    if play_.rescue_from > part.count:
        problems.append(
            f"Phần {number} chỉ có {part.count} câu, nên cứu trợ từ câu {play_.rescue_from} không bao giờ diễn ra."
        )
    if (play_.rescue_from or play_.lifelines or play_.extra) and not play_.eliminate:
        problems.append(
            f"Phần {number} có cứu trợ, phao khán giả hoặc câu dự phòng nhưng không loại ai: "
            "bạn hãy thêm “eliminate: true”."
        )
    if play_.audience_every > part.count:
        notes.append(f"Phần {number} có ít câu quá, nên không có câu nào cho khán giả.")
    if any(start > part.count for start, _ in play_.later_seconds):
        notes.append(f"Phần {number}: “later_seconds” bắt đầu sau câu cuối nên không có tác dụng.")


def _shortage_sentences(rules: Rules, sides: int, stock: Stock | None, topics: Collection[str]) -> list[str]:
    if stock is None:
        return []
    found = []
    for shortage in shortages(rules, sides, stock, topics):
        part = rules.parts[shortage.part]
        what = "tình huống" if isinstance(part, SituationPart) else "câu hỏi phù hợp"
        who = f"{sides} đội" if sides > 1 else "một người"
        found.append(
            f"Phần {shortage.part + 1} cần {shortage.wanted} {what} cho {who}, "
            f"ngân hàng chỉ có {shortage.available}."
        )
    return found


def minutes(seconds: int) -> str:
    """Return a length of time in words: ``1 giờ 20 phút``."""
    hours, rest = divmod(round(seconds / 60), 60)
    if not hours:
        return f"{rest} phút" if rest else "dưới 1 phút"
    return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"


def report(result: DryRun) -> list[str]:
    """Return a dry run in Vietnamese, one line a fact; problems last."""
    who = f"{result.sides} đội" if result.sides > 1 else "một người"
    needs = [f"{result.questions} câu hỏi"] if result.questions else []
    needs += [f"{result.situations} tình huống"] if result.situations else []
    lines = [
        f"Chạy thử với {who}.",
        f"Điểm cao nhất có thể đạt: {result.highest}. Thấp nhất: {result.lowest}.",
        (
            f"Thời gian: nhanh nhất {minutes(result.time.least_s)}, thường khoảng {minutes(result.time.usual_s)}, "
            f"lâu nhất {minutes(result.time.most_s)}."
        ),
        f"Cần ít nhất {' và '.join(needs)} không trùng nhau.",
    ]
    lines += [f"Lưu ý: {note}" for note in result.notes]
    if result.problems:
        return lines + [f"Cần sửa: {problem}" for problem in result.problems]
    if result.sides == 1:
        return [*lines, "Luật thi dùng được."]
    return [*lines, "Luật thi dùng được: hội thi nào cũng kết thúc, bằng điểm thế nào cũng phân định được."]
