"""The result sheet: it adds up, says what was changed and why, and says the same in every format."""

from __future__ import annotations

import dataclasses
import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.contest import naive
from tests.contest.hall import Hall, plain, together
from tests.contest.hall import part as question_part
from tests.contest.hall import rules as rules_of
from tests.exchange.sheets import (
    PRESETS,
    SHIPPED,
    TOLD,
    contest,
    html_tables,
    md_tables,
    meddled,
    recounted,
    rows,
)
from tests.helpers import plan, question, rules, session_with, situation
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.events import ClockTied, Event, Planned, Side
from trainer.contest.rule_files import load_rules
from trainer.contest.rules import Play, QuestionPart, SituationPart, for_group, rules_to_data
from trainer.errors import UsageError
from trainer.exchange.result_blocks import LEDGER, ledger
from trainer.exchange.result_rows import gather
from trainer.exchange.result_sheet import to_csv, to_html, to_markdown, to_xlsx, write_results

# --- it adds up ---------------------------------------------------------------------------------


@pytest.mark.parametrize("luck", range(4))
@pytest.mark.parametrize("preset", PRESETS)
def test_the_sheet_of_every_preset_adds_up(preset: str, luck: int) -> None:
    events = contest(preset, luck)
    results = gather(events)
    totals, scores = recounted(results), naive.scores(events)
    names = {team.id: team.name for team in results.teams}
    assert {place.team: place.score for place in results.places} == {
        names[side]: score for side, score in scores.items()
    }
    for place in results.places:
        assert totals[place.team] + place.lifted == place.score
        assert sum(place.parts) + place.by_hand + place.lifted == place.score
        assert place.lifted >= 0
    assert [place.score for place in results.places] == sorted(scores.values(), reverse=True)
    assert {place.prize for place in results.places} <= {"Nhất", "Nhì", "Ba", "Khuyến khích"}
    assert results.status == "finished"
    by_team: dict[str, int] = {}
    for row in ledger(results):
        assert isinstance(row[8], int)
        by_team[str(row[1])] = by_team.get(str(row[1]), 0) + row[8]
    assert by_team == {place.team: place.score for place in results.places}


@pytest.mark.parametrize("preset", PRESETS)
def test_every_format_says_the_same(preset: str) -> None:
    results = gather(contest(preset, 1))
    markdown, page, table = md_tables(to_markdown(results)), html_tables(to_html(results)), rows(results)
    assert markdown[:-1] == page  # the last table of the Markdown is for signatures
    places = next(each for each in page if each[0][0] == "Hạng")
    total = places[0].index("Tổng")
    shown = {row[1]: (row[0], row[total], row[total + 1]) for row in places[1:]}
    assert shown == {row["Đội"]: (row["Hạng"], row["Tổng điểm"], row["Giải"]) for row in table}
    answers = [row for each in page if each[0][:2] == ["Câu", "Đội"] for row in each[1:]]
    in_csv = [row for row in table if row["Kết quả"] not in ("", "Đã chấm")]
    assert sorted((row[0], row[1], row[3], row[4].replace("−", "-")) for row in answers) == sorted(
        (row["Câu"], row["Đội"], row["Kết quả"], row["Điểm"].replace("−", "-")) for row in in_csv
    )


def test_a_player_alone_gets_a_sheet_too() -> None:
    one = rules(QuestionPart(count=2, seconds=15, wrong=-20), SituationPart(judges=2, turns=False))
    items = [*plan(question(1), question(2)), Planned(1, situation())]
    session, clock, log = session_with(items, one)
    session.answer("p1", [0])
    session.advance()
    session.answer("p1", [2])
    for _ in range(5):
        clock.now += 1
        session.advance()
        if session.state.phase == "mark":
            break
    for judge in ("j2", "j1"):
        for criterion in (0, 1):
            session.mark(judge, "p1", criterion, 0.5 if judge == "j1" else 1.0)
    while session.state.running:
        clock.now += 1
        session.advance()
    results = gather(log.events)
    (place,) = results.places
    assert place.parts == (-10, 75)
    assert (place.score, place.lifted, place.prize) == (65, 0, "")
    assert recounted(results) == {"Lan": 65}
    shown = to_markdown(results)
    assert "# BIÊN BẢN KẾT QUẢ PHẦN THI" in shown
    assert "| Tiêu chí | Tối đa | Giám khảo 1 | Giám khảo 2 |" in shown
    assert "| a | 60 | 30 | 60 |" in shown
    assert "Trung bình 2 phiếu: 75 trên 100, thành 75 trên 100 điểm. Lan được 75 điểm." in shown
    assert "| Câu 2 | Lan | C. ý 2 | Sai | −20 |" in shown
    assert "Bằng điểm" not in shown
    assert "nhiều đội thi" not in shown.split("## Kết quả")[1]


def test_texts_to_fill_in_or_mend_are_shown_as_they_were_asked() -> None:
    gap = question(1, kind="cloze") | {"text": "Lực lượng của __dân__ rất to.", "answers": ["dân"]}
    swap = question(2, kind="misquote") | {
        "text": "Dân vận __tốt -> kém__ thì việc gì cũng kém.",
        "answers": ["tốt", "kém"],
    }
    session, clock, log = session_with(
        plan(gap, swap), rules(QuestionPart(count=2, kinds=("cloze", "misquote")))
    )
    session.answer("p1", ["nước"])
    while session.state.position < 1:
        clock.now += 1
        session.advance()
    session.answer("p1", ["tốt", "kém"])
    first, second = gather(log.events).parts[0].items
    assert (first.text, first.key) == ("Câu 1? “Lực lượng của …… rất to.”", "dân")
    assert (second.text, second.key) == (
        "Câu 2? “Dân vận tốt thì việc gì cũng kém.”",
        "“tốt” phải là “kém”",
    )
    assert [(item.answers[0].given, item.answers[0].points) for item in (first, second)] == [
        ("nước", 0),
        ("tốt → kém", 10),
    ]


def test_a_score_below_nothing_is_lifted_in_the_open() -> None:
    hall = together(2, wrong=-5)
    hall.question(d1=False, d2=True, d3=True)
    hall.question(d1=True, d2=True, d3=False)
    results = gather(hall.events)
    last = next(place for place in results.places if place.team == "Đội 1")
    assert (last.parts, last.lifted, last.score) == ((5,), 5, 10)
    assert "tổng điểm không lúc nào xuống dưới 0" in to_markdown(results)
    assert sum(int(row["Điểm"]) for row in rows(results) if row["Đội"] == "Đội 1") == 10
    assert "Chưa kết thúc: đây là kết quả tạm tính" in to_markdown(results)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("preset", PRESETS)
def test_a_contest_full_of_corrections_adds_up(preset: str, seed: int) -> None:
    events = meddled(preset, seed)
    results = gather(events)
    names = {team.id: team.name for team in results.teams}
    scores = {names[side]: score for side, score in naive.scores(events).items()}
    totals = recounted(results)
    assert {place.team: place.score for place in results.places} == scores
    assert {place.team: totals[place.team] + place.lifted for place in results.places} == scores
    assert len(results.notes) >= sum(type(event).__name__ in TOLD for event in events) > 1
    assert md_tables(to_markdown(results))[:-1] == html_tables(to_html(results))


# --- what was changed ---------------------------------------------------------------------------


def noted(events: Sequence[Event]) -> list[tuple[str, str, str, str, bool]]:
    return [
        (note.what, note.team, note.item, note.reason, note.undone)
        for note in gather(events).notes
        if not note.what.startswith("Chương trình")
    ]


def test_every_correction_is_told_with_its_reason() -> None:
    hall = together(3, spare=1)
    hall(c.Advance, dc.StartClock)
    hall.judged(d1=False, d2=True, d3=True).judged(d1=True)
    hall(dc.CloseItem)
    hall(c.Overrule, side="d2", position=0, share=0.0, reason="Giơ muộn")
    hall(dc.Reveal)
    hall(dc.Appeal, side="d2", reason="Đã giơ kịp")
    hall(dc.DecideAppeal, side="d2", position=0, upheld=False, reason="Xem lại hình")
    hall(dc.ChangeScore, side="d3", points=-5, reason="Nhắc bài")
    hall(dc.ChangeScore, side="d1", points=7, reason="Nhầm")
    hall(dc.Undo, steps=1)
    hall(c.Advance)
    hall(dc.Replace, reason="Đề in lỗi")
    hall(dc.Skip, reason="Mất điện")
    hall(dc.Leave, side="d3", reason="Có việc")
    assert noted(hall.events) == [
        ("Chấm lại thành sai, từ 10 thành 0 điểm", "Đội 2", "Câu 1", "Giơ muộn", False),
        ("Khiếu nại", "Đội 2", "Câu 1", "Đã giơ kịp", False),
        ("Không chấp nhận khiếu nại", "Đội 2", "Câu 1", "Xem lại hình", False),
        ("Trừ 5 điểm", "Đội 3", "", "Nhắc bài", False),
        ("Cộng 7 điểm", "Đội 1", "", "Nhầm", True),
        ("Rút lại: cộng hoặc trừ điểm", "", "", "", False),
        ("Thay bằng câu dự phòng", "", "Câu 2", "Đề in lỗi", False),
        ("Bỏ câu, không tính điểm", "", "Câu 2, thay", "Mất điện", False),
        ("Rút khỏi hội thi", "Đội 3", "", "Có việc", False),
    ]
    results = gather(hall.events)
    shown = to_markdown(results)
    assert "Cộng 7 điểm (sau đó đã rút lại)" in shown
    assert "chấm lại, trước đó 10 điểm: Giơ muộn" in shown
    assert "đã rút: Có việc" in shown
    assert "(đã thay bằng câu dự phòng)" in shown
    assert recounted(results) == {"Đội 1": 10, "Đội 2": 0, "Đội 3": 5}


def test_what_was_typed_anew_before_the_end_of_a_question_is_no_correction() -> None:
    hall = together(2, seconds=15, raise_s=5)
    hall(c.Advance, dc.StartClock)
    hall(c.Answer, side="d1", response=(2,))(c.Answer, side="d1", response=(0,))
    hall(dc.MoveClock, ms=10_000)
    hall(dc.MoveClock, ms=-3_600_000, after=500)(c.Tick, after=0)
    assert hall.state.phase == "raise"
    hall(dc.MoveClock, ms=-3_600_000)(c.Tick, after=0)
    hall(dc.CloseItem, dc.Reveal)
    assert noted(hall.events) == [("Thêm 10 giây cho đồng hồ", "", "Câu 1", "", False)]
    shown = to_markdown(gather(hall.events))
    assert "Không có sửa đổi kết quả." in shown
    assert "Bớt" not in shown


def test_a_judgement_that_others_acted_on_is_a_correction() -> None:
    hall = Hall(rules_of(question_part(1, mode="buzzers", answer_s=5)), plain(1))
    hall(c.Advance, dc.StartClock)
    hall(dc.Buzz, side="d1")(dc.Judge, side="d1", right=False)
    hall(dc.StopBuzzers)(dc.Judge, side="d1", right=True)
    (found,) = noted(hall.events)
    assert found == ("Sửa kết quả từ sai thành đúng", "Đội 1", "Câu 1", "không ghi lý do", False)


def test_the_sheet_counts_corrections_of_results_and_names_undoing_apart() -> None:
    hall = together(2)
    hall(c.Advance, dc.StartClock)(c.Answer, side="d1", response=(2,))(c.Answer, side="d2", response=(2,))
    hall(dc.CloseItem, dc.Reveal)
    hall(dc.Appeal, side="d1", reason="Điều 5")(dc.DecideAppeal, side="d1", position=0, upheld=True)
    hall(dc.Accept, position=0, response=(2,), reason="Điều 5")
    hall(dc.ChangeScore, side="d1", points=7, reason="Nhầm")(dc.Undo)
    results = gather(hall.events)
    assert [note.what for note in results.notes if note.counts] == [
        "Khiếu nại",
        "Chấp nhận thêm đáp án: C. ý 2",
    ]
    shown = to_markdown(results)
    assert "2 lần sửa đổi kết quả, khiếu nại; ngoài ra 1 lần rút lại." in shown
    corrections, steps = shown.split("Các lần rút lại")
    assert "Rút lại: cộng hoặc trừ điểm" in steps
    assert "Rút lại: cộng hoặc trừ điểm" not in corrections
    assert "Chấp nhận khiếu nại | Đội 1 | Câu 1 | không ghi lý do" in corrections


def test_an_answer_accepted_later_stands_with_the_key() -> None:
    hall = together(1)
    hall(c.Advance, dc.StartClock)(c.Answer, side="d1", response=(2,))
    hall(dc.CloseItem, dc.Reveal)(dc.Accept, position=0, response=(2,), reason="Văn bản mới")
    (item,) = gather(hall.events).parts[0].items
    assert item.key.endswith("; được công nhận thêm: C. ý 2")
    assert "được công nhận thêm: C. ý 2" in to_html(gather(hall.events))


def test_every_judge_of_the_rules_signs() -> None:
    hall = Hall(rules_of(SituationPart(judges=3)), [Planned(0, situation())])
    assert gather(hall.events).judges == 3
    assert "GIÁM KHẢO 3" in to_html(gather(hall.events))
    fewer = Hall(rules_of(SituationPart(judges=3), judges=2), [Planned(0, situation())])
    assert gather(fewer.events).judges == 2


def test_another_answer_that_counts_is_told_in_words() -> None:
    hall = together(2)
    hall(c.Advance, dc.StartClock)
    hall(c.Answer, side="d1", response=(2,))
    hall(dc.CloseItem, dc.Reveal)
    hall(dc.Accept, position=0, response=(2,), reason="Văn bản mới")
    first, second = noted(hall.events)
    assert first == ("Chấp nhận thêm đáp án: C. ý 2", "", "Câu 1", "Văn bản mới", False)
    assert second == ("Chấm lại thành đúng, từ 0 thành 10 điểm", "Đội 1", "Câu 1", "Văn bản mới", False)


def test_a_tie_is_told_with_how_it_was_broken() -> None:
    hall = Hall(rules_of(question_part(1), ties=("sudden-death", "judges")), plain(1, ties=1))
    hall.question(d1=True, d2=True, d3=False)(c.Advance)
    hall(dc.BreakTie, sides=("d1", "d2"))(dc.StartClock)
    hall(dc.Buzz, side="d2")(dc.Judge, side="d2", right=True)
    assert "Đội 2 xếp trên" not in to_markdown(gather(hall.events))  # the room has not seen the key
    hall(dc.CloseItem, dc.Reveal)
    shown = to_markdown(gather(hall.events))
    assert "Đội 2 xếp trên Đội 1 (cùng 10 điểm): câu hỏi phụ bấm chuông" in shown
    assert "Câu phụ 1 dành cho Đội 1, Đội 2: Đội 2 trả lời đúng." in shown
    assert "## Câu hỏi phụ" in shown


def test_a_decided_order_is_told() -> None:
    hall = Hall(rules_of(question_part(1), ties=("judges",)), plain(1))
    hall.question(d1=True, d2=True, d3=False)(c.Advance)
    hall(dc.DecideRank, sides=("d2", "d1"), how="judges", reason="Phong cách")
    assert noted(hall.events) == [
        (
            "Phân định thứ hạng, giám khảo quyết định; đội xếp trên ghi trước",
            "Đội 2, Đội 1",
            "",
            "Phong cách",
            False,
        )
    ]
    assert "Đội 2 xếp trên Đội 1 (cùng 10 điểm): giám khảo quyết định." in to_markdown(gather(hall.events))


def test_a_second_start_of_the_program_is_told_by_the_clock_on_the_wall() -> None:
    events = contest("gio-bien")
    again = ClockTied(events[-1].at, "2026-11-24T10:00:00+00:00", "thử")
    note = gather([*events, again]).notes[-1]
    assert note.what == "Chương trình được mở lại, hội thi tiếp tục"
    assert re.fullmatch(r"\d\d:\d\d:\d\d \d\d/\d\d", note.when)


# --- hostile names ------------------------------------------------------------------------------

HOSTILE = (
    Side("d1", "<b>Đội</b>", members=("<script>", "An | Bình")),
    Side("d2", "=1+1"),
    Side("d3", "a|b *c* [d](e) `f`"),
    Side("d4", "=1+1", members=("# x", "\x1b[31m\u202eđỏ")),
)


def test_names_are_never_markup_or_formulas() -> None:
    results = gather(contest("chuan", 0, HOSTILE))
    shown, page, table = to_markdown(results), to_html(results), to_csv(results)
    assert "<b>Đội" not in shown
    assert "\\<b\\>Đội\\</b\\>" in shown
    assert "a\\|b \\*c\\* \\[d\\](e) \\`f\\`" in shown
    assert "<b>Đội" not in page
    assert "<script>" not in page
    assert "&lt;b&gt;Đội&lt;/b&gt;" in page
    assert table.startswith("\ufeffHạng,Đội,")
    names = {row["Đội"] for row in rows(results)}
    assert names == {"<b>Đội</b>", "'=1+1", "a|b *c* [d](e) `f`", "'=1+1 (2)"}
    for text in (shown, page, table):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert md_tables(shown)[:-1] == html_tables(page)


# --- files --------------------------------------------------------------------------------------


def test_files_by_their_ending(tmp_path: Path) -> None:
    results = gather(contest("boc-goi"))
    for ending, start in (
        (".html", b"<!doctype html>"),
        (".MD", "# BIÊN BẢN".encode()),
        (".csv", b"\xef\xbb\xbf"),
    ):
        target = tmp_path / f"biên bản{ending}"
        write_results(target, results)
        assert target.read_bytes().startswith(start)
    with pytest.raises(UsageError, match=r"\.html, \.md, \.csv hoặc \.xlsx"):
        write_results(tmp_path / "a.pdf", results)
    with pytest.raises(UsageError, match="Không ghi được"):
        write_results(tmp_path / "không" / "a.csv", results)
    assert "Trưởng ban".upper() in to_html(results)
    assert to_html(results).count("GIÁM KHẢO") == results.judges


def test_without_what_writes_workbooks_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(UsageError, match="pip install openpyxl"):
        to_xlsx(gather(contest("gio-bien")))


def test_a_workbook_holds_the_sheet_and_every_row() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    results = gather(contest("ngoi-sao", 2, HOSTILE))
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(results)))
    assert book.sheetnames == ["Biên bản", "Chi tiết"]
    found = [[cell.value for cell in row] for row in book["Chi tiết"].iter_rows()]
    assert tuple(found[0]) == LEDGER
    assert len(found) == len(ledger(results)) + 1
    assert {row[1] for row in found[1:]} >= {"<b>Đội</b>", "'=1+1"}
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


# --- rules --------------------------------------------------------------------------------------


def test_rules_of_the_record_are_the_rules_of_the_sheet() -> None:
    first = contest("chuan")[0]
    assert getattr(first, "rules", None) == rules_to_data(for_group(load_rules("chuan", SHIPPED)))
    assert "3 giám khảo" in to_markdown(gather(contest("chuan")))


def test_an_order_by_lot_is_called_so_whatever_the_rules_say_first() -> None:
    hall = Hall(rules_of(question_part(1), ties=("judges",)), plain(1))
    hall.question(d1=True, d2=True, d3=False)(c.Advance)(dc.DecideRank, sides=("d1", "d2"), how="lot")
    assert "(cùng 10 điểm): bốc thăm." in to_markdown(gather(hall.events))


def test_a_side_that_was_asked_nothing_in_a_part_has_no_nought_there() -> None:
    hall = Hall(
        rules_of(question_part(1), SituationPart(), judges=1), [*plain(1), Planned(1, situation(1), ())]
    )
    hall.question(d1=True, d2=False, d3=False)
    place = gather(hall.events).places[0]
    assert (place.parts, place.played) == ((10, 0), (True, False))
    assert "| 1 | Đội 1 | 10 | – | 10 |" in to_markdown(gather(hall.events))


def test_seconds_given_after_the_time_was_up_are_told() -> None:
    hall = Hall(rules_of(question_part(1)), plain(1))
    hall(c.Advance, dc.StartClock)(c.Tick, after=16_000)(c.Tick, after=6_000)
    assert hall.state.phase == "entry"
    hall(dc.MoveClock, ms=10_000)
    assert hall.state.remaining_ms(hall.state.at) == 10_000
    assert [note.what for note in gather(hall.events).notes] == ["Thêm 10 giây cho đồng hồ"]


def test_the_end_taken_back_is_told_as_that() -> None:
    hall = Hall(rules_of(question_part(1), ties=("judges",)), plain(1))
    hall.question(d1=True, d2=False, d3=False)(c.Advance)(dc.DecideRank, sides=("d2", "d3"))(c.Advance)
    assert hall.state.status == "finished"
    hall(dc.Undo)
    assert gather(hall.events).notes[-1].what == "Mở lại hội thi sau khi đã kết thúc, để sửa"


def test_teams_that_only_end_differently_have_labels_of_their_own() -> None:
    names = ("Ban Dân vận Thành ủy quận Một", "Ban Dân vận Thành ủy quận Hai")
    sides = tuple(Side(f"d{number}", name) for number, name in enumerate(names, 1))
    part = dataclasses.replace(question_part(1), play=Play("turns"))
    plan = [planned._replace(package=at) for at, planned in enumerate(plain(2))]
    hall = Hall(rules_of(part), plan, sides=sides)
    for side in sides:
        hall(c.Advance)(dc.Draw)(c.Advance, dc.StartClock)(dc.Judge, side=side.id, right=True)
        hall(dc.CloseItem, dc.Reveal)
    (first, second) = (item.label for item in gather(hall.events).parts[0].items)
    assert (first.startswith("Câu của Ban Dân"), second.startswith("Câu của Ban Dân")) == (True, True)
    assert first != second
