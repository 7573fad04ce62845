"""Sentences that tell a player why, with the words in question."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.grading import differences as d
from trainer.grading.differences import Pair, Piece
from trainer.grading.words import Word
from trainer.text import one_line

_MAX_NAMED = 3
_MAX_CHARACTERS = 80


def sentence(
    code: str,
    response: str,
    wanted: str,
    difference: Sequence[Piece],
    one: Sequence[Word],
    two: Sequence[Word],
    pairs: Sequence[tuple[Pair, int]],
) -> str:
    """Return the reason of a code (or of ``rejected``) in one sentence."""
    given, key = one_line(response, _MAX_CHARACTERS), one_line(wanted, _MAX_CHARACTERS)
    if code == "exact":
        return "Đúng từng chữ."
    if code == "spelling":
        return f"Đúng, chỉ khác cách viết: “{given}” = “{key}”."
    if code == "no-diacritics":
        missing = "thiếu dấu" if _without_keys(one, two, pairs) else "phím gõ dấu chưa thành dấu"
        return f"Đúng chữ nhưng {missing}: “{given}” → “{key}”."
    if code == "tone":
        return f"Sai dấu thanh: {_named(d.TONE, one, two, pairs)}."
    if code == "letter":
        return f"Sai chữ cái: {_named(d.LETTER, one, two, pairs)}."
    if code == "typo":
        return f"Gõ nhầm một phím: {_named(d.TYPO, one, two, pairs)}."
    if code == "order":
        return f"Đủ chữ nhưng sai thứ tự, đúng là: “{key}”."
    if code == "rejected":
        return f"“{given}” không được chấp nhận ở câu này."
    if code == "partial":
        dates = _named(d.NEAR, one, two, pairs)
        return (
            f"Ngày, tháng, năm chưa đủ: {dates}."
            if dates and len(two) == 1 and "/" in two[0].canon
            else _partial(difference, two, pairs)
        )
    return f"“{given}” không phải đáp án."


def _without_keys(one: Sequence[Word], two: Sequence[Word], pairs: Sequence[tuple[Pair, int]]) -> bool:
    """Tell whether marks are only missing, and do not stand as keys of Telex or VNI."""
    return all(
        one[i].bare == two[j].bare for (i, j), apart in pairs if apart == d.UNMARKED_WORD and min(i, j) >= 0
    )


def _named(level: int, one: Sequence[Word], two: Sequence[Word], pairs: Sequence[tuple[Pair, int]]) -> str:
    """Name the word pairs of a level, the first few: “chú ≠ chủ, kêt ≠ kết”."""
    names = [f"{_short(one[i])} ≠ {_short(two[j])}" for (i, j), apart in pairs if apart == level]
    more = "" if len(names) <= _MAX_NAMED else f" và {len(names) - _MAX_NAMED} chữ nữa"
    return ", ".join(names[:_MAX_NAMED]) + more


def _short(token: Word) -> str:
    return one_line(token.shown, 24)


def _partial(difference: Sequence[Piece], two: Sequence[Word], pairs: Sequence[tuple[Pair, int]]) -> str:
    same = sum(apart <= d.UNMARKED_WORD for _, apart in pairs)
    difference = [
        piece for piece, (_, apart) in zip(difference, pairs, strict=True) if apart > d.UNMARKED_WORD
    ]
    parts = [f"Đúng {same}/{len(two)} chữ"]
    for kind, label in (("missing", "thiếu"), ("changed", "khác"), ("extra", "thừa")):
        found = [piece for piece in difference if piece.kind == kind]
        if found:
            parts.append(f"{label} {_list(found, kind)}")
    return "; ".join(parts) + "."


def _list(found: Sequence[Piece], kind: str) -> str:
    if kind == "changed":
        names = [
            f"{one_line(piece.given, 24)} ≠ {one_line(piece.wanted, 24)}" for piece in found[:_MAX_NAMED]
        ]
        text = ", ".join(names)
    else:
        names = [one_line(piece.wanted or piece.given, 24) for piece in found[: 2 * _MAX_NAMED]]
        text = "“" + " ".join(names) + "”"
    return text + ("…" if len(found) > len(names) else "")
