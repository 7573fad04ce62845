"""From what a side did on screen to a verdict: one way for every question kind.

A response is in presented terms, as JSON can keep it:

| kind | response |
|---|---|
| ``choice``, ``multiple``, ``true-false`` | presented positions of the chosen options |
| ``order``, ``rank`` | presented positions in the chosen order, all of them |
| ``match`` | for each left side the presented position of its right side, -1: none yet |
| ``short``, ``recital`` | the typed text |
| ``cloze`` | the typed text of each blank |
| ``misquote`` | the words taken for wrong, the typed right words |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trainer.bank.model import OPTION_KINDS
from trainer.contest.events import Planned
from trainer.contest.rules import QuestionPart
from trainer.grading.options import grade_options
from trainer.grading.verdict import EMPTY, Verdict

ORDER_KINDS = ("order", "rank")
TYPED_KINDS = ("short", "cloze", "misquote", "recital")
MAX_TYPED = 20_000
"""Characters of a typed response that are looked at."""


class ResponseError(ValueError):
    """The response has not the shape that the question's kind asks for."""


def judge(planned: Planned, response: Any, part: QuestionPart) -> Verdict:
    """Return the verdict of a response to a planned question.

    Raises:
        ResponseError: The response cannot be one to this question.
    """
    item = planned.item
    kind = item["kind"]
    if is_empty(response):
        return EMPTY
    if kind in OPTION_KINDS:
        return _options(planned, response, part)
    return _JUDGES[kind](planned, response, part)


def is_empty(response: Any) -> bool:
    """Tell whether nothing was answered: no option, no text in any box, no pair."""
    if response is None or response in ((), []):
        return True
    if isinstance(response, str):
        return not response.strip()
    if all(isinstance(part, str) for part in response):
        return not any(part.strip() for part in response)
    return all(part == -1 for part in response)


def shares_of(part: QuestionPart) -> dict[str, float]:
    """Return the share of the points for each rung of the typed judge's ladder, by the part's rules."""
    from trainer.grading.typed import SHARES

    return {**SHARES, **{code: percent / 100 for code, percent in part.shares}}


def _options(planned: Planned, response: Any, part: QuestionPart) -> Verdict:
    order = planned.order
    chosen = _positions(response, len(order))
    one = planned.item["kind"] != "multiple"
    if one and len(chosen) != 1:
        raise ResponseError("one option")
    canonical = {order[shown] for shown in chosen}
    return grade_options(canonical, planned.item["right"], len(order), partial=part.partial, one=one)


def _positions(response: Any, count: int) -> tuple[int, ...]:
    chosen = tuple(response)
    if any(not isinstance(shown, int) or not 0 <= shown < count for shown in chosen):
        raise ResponseError("no such option")
    return chosen


def _ordered(planned: Planned, response: Any, part: QuestionPart) -> Verdict:
    from trainer.grading.items import grade_order, grade_rank

    chosen = _positions(response, len(planned.order))
    if sorted(chosen) != list(range(len(planned.order))):
        raise ResponseError("not every item once")
    grade = grade_rank if planned.item["kind"] == "rank" else grade_order
    canonical = tuple(planned.order[shown] for shown in chosen)
    return grade(planned.item, canonical, partial=part.partial)


def _matched(planned: Planned, response: Any, part: QuestionPart) -> Verdict:
    from trainer.grading.items import NOT_CHOSEN, grade_match

    pairs = tuple(response)
    if len(pairs) != len(planned.order):
        raise ResponseError("one right side for each left side")
    _positions([shown for shown in pairs if shown != NOT_CHOSEN], len(planned.order))
    canonical = tuple(NOT_CHOSEN if shown == NOT_CHOSEN else planned.order[shown] for shown in pairs)
    return grade_match(planned.item, canonical, partial=part.partial)


def _short(planned: Planned, response: Any, part: QuestionPart) -> Verdict:
    from trainer.grading.items import grade_short

    return grade_short(planned.item, _text(response), shares=shares_of(part))


def _cloze(planned: Planned, response: Any, part: QuestionPart) -> Verdict:
    from trainer.grading.items import grade_cloze

    texts = _texts(response, len(planned.item["answers"]))
    return grade_cloze(planned.item, texts, shares=shares_of(part))


def _misquote(planned: Planned, response: Any, part: QuestionPart) -> Verdict:
    from trainer.grading.items import grade_misquote

    wrong, right = _texts(response, 2)
    return grade_misquote(planned.item, (wrong, right), shares=shares_of(part))


def _recital(planned: Planned, response: Any, part: QuestionPart) -> Verdict:
    from trainer.grading.recital import grade_recital

    del part
    return grade_recital(_text(response), planned.item["text"]).verdict


def _text(response: Any) -> str:
    if not isinstance(response, str):
        raise ResponseError("a text")
    return response[:MAX_TYPED]


def _texts(response: Any, count: int) -> Sequence[str]:
    if isinstance(response, str) or len(response) != count:
        raise ResponseError(f"{count} texts")
    return [_text(part) for part in response]


_JUDGES: Mapping[str, Callable[[Planned, Any, QuestionPart], Verdict]] = {
    "order": _ordered,
    "rank": _ordered,
    "match": _matched,
    "short": _short,
    "cloze": _cloze,
    "misquote": _misquote,
    "recital": _recital,
}
