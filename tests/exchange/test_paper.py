"""The result sheet on paper: heads on every page, room to sign, nothing told that nobody corrected."""

from __future__ import annotations

import re

from tests.contest.hall import Hall, part, rules
from tests.exchange.sheets import contest
from tests.helpers import question
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.evening.rehearsal import teams
from trainer.contest.events import Planned
from trainer.exchange.result_rows import gather
from trainer.exchange.result_sheet import to_html, to_markdown


def test_every_table_has_its_heads_apart_and_signatures_stay_with_their_sentence() -> None:
    page = to_html(gather(contest("chuan", sides=teams(10))))
    assert page.count("<table>") == page.count("<thead>") == page.count("</tbody>")
    assert "table-header-group" in page
    signing = page[page.index('<div class="signing">') :]
    assert "cùng ký tên dưới đây" in signing
    assert signing.count("ký, ghi rõ họ tên") == 5
    assert re.search(r'<td class="short">Câu 10</td>', page)


def test_colours_are_told_in_the_language_of_the_sheet() -> None:
    sides = tuple(side._replace(colour="red") for side in teams(2))
    text = to_markdown(gather(contest("gio-bien", sides=sides)))
    assert "đỏ" in text
    assert "red" not in text


def test_letters_typed_and_taken_back_are_no_corrections_until_the_question_is_closed() -> None:
    item = {**question(1), "kind": "multiple", "right": 2, "options": ["a", "b", "c", "d"]}
    hall = Hall(rules(part(1)), [Planned(0, item, (0, 1, 2, 3))])(c.Advance, dc.StartClock)
    hall(c.Answer, side="d1", response=(0,))(c.Answer, side="d1", response=(0, 1))
    assert gather(hall.events).notes == ()
    hall(c.Answer, side="d1", response=(0,))
    assert gather(hall.events).notes == ()
    hall(dc.CloseItem)(c.Overrule, side="d1", position=0, share=1.0)
    (note,) = gather(hall.events).notes
    assert (note.what, note.reason) == ("Chấm lại thành đúng, từ 5 thành 10 điểm", "không ghi lý do")
