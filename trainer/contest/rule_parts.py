"""One rule file's keys -> :class:`~trainer.contest.rules.Rules`, with every problem in its place."""

from __future__ import annotations

from trainer.bank.fields import Fields
from trainer.bank.marks import Mapping as YamlMapping
from trainer.bank.marks import Scalar
from trainer.bank.model import QUESTION_KINDS, RECITAL
from trainer.contest.rules import (
    DEFAULT_PRIZES,
    DEFAULT_TIES,
    TIE_NAMES,
    Part,
    PartPrize,
    Play,
    QuestionPart,
    Rules,
    SituationPart,
)
from trainer.grading.verdict import LADDER


def read_whole(name: str, fields: Fields) -> Rules:
    """Read the rules called `name` from the keys of their file."""
    ties = tuple(fields.texts("ties")) or DEFAULT_TIES
    for tie in ties:
        if tie not in TIE_NAMES:
            fields.problems.error(
                fields.get("ties") or fields.node,
                "bad-kind",
                f"Không có cách phân định “{tie[:20]}”. Các cách: {', '.join(TIE_NAMES)}.",
            )
    return Rules(
        name,
        fields.text("title", "tên luật thi"),
        fields.text("summary"),
        tuple(_part(part) for part in fields.mappings("parts", "các phần thi")),
        group=_flag(fields, "group", False),
        judges=fields.integer("judges", 0, 9, 0),
        ties=ties,
        prizes=_prizes(fields),
        part_prizes=_part_prizes(fields),
        tie_break=_tie_break(fields),
    )


def _prizes(fields: Fields) -> tuple[tuple[str, int], ...]:
    """Read “prizes: {Nhất: 1, Nhì: 2, Ba: 3, Khuyến khích: 0}”, 0: all who are left."""
    node = fields.get("prizes")
    if node is None:
        return DEFAULT_PRIZES
    if not isinstance(node, YamlMapping):
        fields.problems.error(node, "wrong-type", "Mục “prizes” gồm các dòng “tên giải: số lượng”.")
        return DEFAULT_PRIZES
    inner = Fields(node, fields.problems)
    return tuple((name, inner.integer(name, 0, 99)) for name in node.entries)


def _part_prizes(fields: Fields) -> tuple[PartPrize, ...]:
    """Read “part_prizes: {Xử lý tình huống tốt nhất: situation}”."""
    node = fields.get("part_prizes")
    if node is None:
        return ()
    if not isinstance(node, YamlMapping):
        fields.problems.error(node, "wrong-type", "Mục “part_prizes” gồm các dòng “tên giải: phần thi”.")
        return ()
    inner = Fields(node, fields.problems)
    return tuple(PartPrize(name, _word(inner, name, ("situation", "questions"))) for name in node.entries)


def _tie_break(fields: Fields) -> QuestionPart | None:
    node = fields.get("tie_break")
    if node is None:
        return None
    if not isinstance(node, YamlMapping):
        fields.problems.error(node, "wrong-type", "Mục “tie_break” gồm các dòng như một phần thi.")
        return None
    inner = Fields(node, fields.problems)
    part = _question_part(inner)
    inner.close("Mục “tie_break”")
    return part


def _part(fields: Fields) -> Part:
    kind = fields.text("type", "questions hoặc situation")
    if kind not in ("questions", "situation", ""):
        node = fields.get("type") or fields.node
        fields.problems.error(
            node, "bad-kind", f"Không có loại phần thi “{kind[:20]}”. Chọn questions hoặc situation."
        )
    part = _situation_part(fields) if kind == "situation" else _question_part(fields)
    fields.close("Phần thi")
    return part


def _question_part(fields: Fields) -> QuestionPart:
    kinds = fields.texts("kinds") or ["choice", "true-false", "multiple"]
    for kind in kinds:
        if kind not in QUESTION_KINDS and kind != RECITAL:
            fields.problems.error(
                fields.node,
                "bad-kind",
                f"Không có loại câu hỏi “{kind[:20]}”. Các loại: {', '.join(QUESTION_KINDS)}.",
            )
    feedback = fields.text("feedback") or "each"
    if feedback not in ("each", "end"):
        fields.problems.error(
            fields.node, "bad-feedback", "Mục “feedback” là each (sau mỗi câu) hoặc end (ở cuối)."
        )
    part = QuestionPart(
        count=fields.integer("count", 1, 1000),
        kinds=tuple(kinds),
        seconds=fields.integer("seconds", 0, 3600, 0),
        total_seconds=fields.integer("total_seconds", 0, 86400, 0),
        right=fields.integer("right", 0, 1000, 10),
        wrong=_penalty(fields, "wrong", 0),
        feedback=feedback,
        topics=tuple(fields.texts("topics")),
        levels=tuple(int(level) for level in fields.texts("levels") if level in ("1", "2", "3")),
        partial=_flag(fields, "partial", True),
        box_counts=_flag(fields, "box_counts", True),
        clock_in_feedback=_flag(fields, "clock_in_feedback", False),
        shares=_shares(fields),
        mix=_flag(fields, "mix", False),
        draws=_word(fields, "draws", ("questions", "quotations")),
        play=_play(fields),
    )
    if part.feedback == "end" and part.seconds:
        fields.problems.error(
            fields.node,
            "bad-feedback",
            "Luật có “feedback: end” thì dùng “total_seconds”, không dùng “seconds”.",
        )
    return part


def _situation_part(fields: Fields) -> SituationPart:
    return SituationPart(
        count=fields.integer("count", 1, 20, 1),
        think_s=fields.integer("think_s", 0, 3600, 60),
        speak_s=fields.integer("speak_s", 0, 3600, 180),
        points=fields.integer("points", 1, 1000, 100),
        overtime=_penalty(fields, "overtime", -1),
        overtime_minutes=_word(fields, "overtime_minutes", ("full", "started")),
        overtime_grace_s=fields.integer("overtime_grace_s", 0, 3600, 0),
        groups=tuple(fields.texts("groups")),
        judges=fields.integer("judges", 1, 9, 1),
        drop_extremes=_flag(fields, "drop_extremes", False),
        turns=_flag(fields, "turns", True),
        ask_s=fields.integer("ask_s", 0, 3600, 0),
        packaged=_flag(fields, "packaged", False),
        spare=fields.integer("spare", 0, 99, 2),
    )


def _play(fields: Fields) -> Play:
    """Read how several sides play a part; every key may be missing."""
    values, value_seconds = _numbers(fields, "values"), _numbers(fields, "value_seconds")
    if value_seconds and len(value_seconds) != len(values):
        fields.problems.error(
            fields.get("value_seconds") or fields.node,
            "wrong-number",
            "Mục “value_seconds” phải có đúng một số cho mỗi số của “values”.",
        )
    play = Play(
        mode=_word(fields, "mode", ("together", "turns", "buzzers")),
        raise_s=fields.integer("raise_s", 0, 600, 5),
        values=values,
        value_seconds=value_seconds,
        later_seconds=_later(fields),
        spare_packages=fields.integer("spare_packages", 0, 99, 0),
        turn_order=_word(fields, "turn_order", ("lot", "lowest")),
        member=_word(fields, "member", ("captain", "drawn")),
        star=_flag(fields, "star", False),
        steal_s=fields.integer("steal_s", 0, 600, 0),
        steal_loss=fields.integer("steal_loss", 0, 100, 50),
        steal_takes=_flag(fields, "steal_takes", True),
        answer_s=fields.integer("answer_s", 0, 600, 3),
        early_lock_ms=fields.integer("early_lock_ms", 0, 60_000, 1000),
        tie_ms=fields.integer("tie_ms", 0, 1000, 20),
        eliminate=_flag(fields, "eliminate", False),
        rescue_from=fields.integer("rescue_from", 0, 1000, 0),
        rescue_left=fields.integer("rescue_left", 0, 100, 20),
        rescues=fields.integer("rescues", 0, 9, 1),
        lifelines=fields.integer("lifelines", 0, 9, 0),
        extra=fields.integer("extra", 0, 99, 0),
        audience_every=fields.integer("audience_every", 0, 99, 0),
        reserve=fields.integer("reserve", 0, 99, 2),
    )
    if (play.star or play.steal_s or play.values) and play.mode != "turns":
        fields.problems.error(
            fields.node, "bad-kind", "Chọn gói, ngôi sao và giành quyền trả lời cần “mode: turns”."
        )
    if play.eliminate and play.mode != "together":
        fields.problems.error(fields.node, "bad-kind", "Luật loại dần (eliminate) cần “mode: together”.")
    return play


def _numbers(fields: Fields, key: str) -> tuple[int, ...]:
    """Read a list of whole numbers from 1 to 1000."""
    found = []
    for text in fields.texts(key):
        if text.isascii() and text.isdigit() and len(text) < 5 and 0 < int(text) <= 1000:
            found.append(int(text))
        else:
            fields.problems.error(
                fields.get(key) or fields.node, "wrong-number", f"Mục “{key}” gồm các số từ 1 đến 1000."
            )
    return tuple(found)


def _later(fields: Fields) -> tuple[tuple[int, int], ...]:
    """Read “later_seconds: {11: 30}”: from question 11 on 30 seconds."""
    node = fields.get("later_seconds")
    if node is None:
        return ()
    if not isinstance(node, YamlMapping) or not all(key.isascii() and key.isdigit() for key in node.entries):
        fields.problems.error(node, "wrong-type", "Mục “later_seconds” gồm các dòng “từ câu số: số giây”.")
        return ()
    inner = Fields(node, fields.problems)
    return tuple(sorted((int(key[:6]), inner.integer(key, 1, 3600)) for key in node.entries))


def _penalty(fields: Fields, key: str, default: int) -> int:
    """Read 0 or a negative number; a positive one is read as the same penalty."""
    node = fields.get(key)
    if node is None:
        return default
    text = node.text.lstrip("-−") if isinstance(node, Scalar) else ""
    if text.isascii() and text.isdigit() and len(text) < 5:
        return -int(text)
    fields.problems.error(node, "wrong-number", f"Mục “{key}” phải là 0 hoặc số điểm trừ, ví dụ -1.")
    return default


def _shares(fields: Fields) -> tuple[tuple[str, int], ...]:
    """Read “shares: {tone: 50, no-diacritics: 0}”, percent of the points for a rung of the ladder."""
    node = fields.get("shares")
    if node is None:
        return ()
    if not isinstance(node, YamlMapping):
        fields.problems.error(node, "wrong-type", "Mục “shares” gồm các dòng “mức: phần trăm”.")
        return ()
    inner = Fields(node, fields.problems)
    found = tuple((code, inner.integer(code, 0, 100)) for code in LADDER if inner.has(code))
    inner.close("Mục “shares”")
    return found


def _word(fields: Fields, key: str, allowed: tuple[str, ...]) -> str:
    """Read one of some words, the first by default."""
    text = fields.text(key) or allowed[0]
    if text not in allowed:
        fields.problems.error(
            fields.get(key) or fields.node, "bad-kind", f"Mục “{key}” là {' hoặc '.join(allowed)}."
        )
        return allowed[0]
    return text


def _flag(fields: Fields, key: str, default: bool) -> bool:
    node = fields.get(key)
    if node is None:
        return default
    text = node.text.casefold() if isinstance(node, Scalar) else ""
    if text in ("true", "yes", "có"):
        return True
    if text not in ("false", "no", "không"):
        fields.problems.error(node, "wrong-flag", f"Mục “{key}” là có hoặc không (true hoặc false).")
    return False
