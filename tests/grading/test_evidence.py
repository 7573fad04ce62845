"""The evidence judge: the labelled set's held-out half, and what it must never do."""

import time
import unicodedata
from itertools import pairwise

import pytest

from tests.bench.evidence import HALVES, answers, total
from trainer.grading.evidence import CriterionEvidence, PointEvidence, find_evidence


def criterion(*points: list[str] | str, title: str = "Phương án") -> dict[str, object]:
    return {"title": title, "points": 10, "key_points": list(points)}


def heard(answer: str, *alternatives: str) -> PointEvidence:
    return find_evidence(answer, [criterion(list(alternatives))])[0].points[0]


def words(answer: str, point: PointEvidence) -> list[str]:
    return [answer[start:end] for start, end in point.spans]


# ---- The labelled set ----------------------------------------------------------------------------


def test_held_out_half_is_heard_as_a_teacher_hears_it() -> None:
    figures = total(answers("held-out"))
    assert figures.precision >= 0.90, str(figures)
    assert figures.recall >= 0.75, str(figures)


def test_labelled_set_is_large_and_balanced() -> None:
    every = answers()
    assert len(every) >= 66
    assert len({answer.situation for answer in every}) >= 12
    assert len({answer.id for answer in every}) == len(every)
    sizes = [sum(answer.half == half for answer in every) for half in HALVES]
    assert sum(sizes) == len(every)
    assert min(sizes) >= 33
    assert {
        "excellent",
        "partial",
        "vague",
        "off topic",
        "wrong",
        "copied scene",
        "very short",
        "long padded",
    } <= {answer.quality for answer in every}
    for answer in every:
        for label in answer.heard:
            line, point = map(int, label.split("."))
            assert answer.rubric[line]["key_points"][point]


# ---- Meaning -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "point"),
    [
        ("Tôi KHÔNG cho biểu quyết việc hiến đất.", "biểu quyết việc hiến đất"),
        ("Việc hiến đất thì không biểu quyết.", "biểu quyết việc hiến đất"),
        ("Tôi chưa báo cáo chi bộ.", "báo cáo chi bộ"),
        ("Tôi đọc tên hộ nợ trên nhóm.", "không đọc tên hộ nợ"),
        ("Tôi bênh nhân viên trước mặt cụ.", "không bênh nhân viên trước mặt cụ"),
    ],
)
def test_denied_on_one_side_is_not_heard(answer: str, point: str) -> None:
    assert not heard(answer, point).found


@pytest.mark.parametrize(
    ("answer", "point"),
    [
        ("Cả ngõ bàn rồi biểu quyết việc hiến đất.", "biểu quyết việc hiến đất"),
        ("Không những xin lỗi bà Thu, tôi còn gỡ tên trên nhóm.", "xin lỗi bà Thu, gỡ tên trên nhóm"),
        ("Tôi không thể không báo cáo chi bộ.", "báo cáo chi bộ"),
        ("Trên loa tôi không đọc tên hộ nào còn nợ.", "không đọc tên hộ nợ"),
        ("Trước mặt cụ, tôi đừng bênh nhân viên.", "không bênh nhân viên trước mặt cụ"),
        ("tôi chẳng bênh nhân viên lúc trước mặt cụ", "không bênh nhân viên trước mặt cụ"),
    ],
)
def test_denied_on_both_sides_or_none_is_heard(answer: str, point: str) -> None:
    assert heard(answer, point).found


@pytest.mark.parametrize(
    "answer",
    [
        "Sổ thu chi tôi xin công khai ở nhà văn hóa hằng tháng.",
        "Hằng tháng, ở nhà văn hoá, tôi công khai sổ thu chi.",
        "hang thang o nha van hoa toi cong khai so thu chi",
        "HẰNG THÁNG CÔNG KHAI SỔ THU CHI Ở NHÀ VĂN HÓA",
        "Tôi niêm yết cái sổ thu với chi ấy ở nhà văn hóa, cứ hàng tháng một lần.",
        unicodedata.normalize("NFD", "Công khai sổ thu chi hằng tháng ở nhà văn hóa"),
    ],
)
def test_order_case_marks_and_insertions_do_not_matter(answer: str) -> None:
    point = heard(answer, "công khai sổ thu chi ở nhà văn hóa hằng tháng")
    assert point.found
    assert point.by == point.point


def test_alternatives_are_heard_and_named() -> None:
    answer = "Tôi sang quán, khuyên anh che lồng và chuyển chuồng sang tường xa."
    point = heard(
        answer, "trùm kín lồng từ tối nay, kê xa phòng cháu bé", "che lồng, chuyển chuồng sang tường xa"
    )
    assert point.found
    assert point.point.startswith("trùm kín")
    assert point.by == "che lồng, chuyển chuồng sang tường xa"
    assert point.by in point.reason


@pytest.mark.parametrize(
    ("answer", "point"),
    [
        ("Bà con ơi, bà con hãy bình tĩnh.", "mời bà con cử đại diện"),
        ("Tôi sẽ gặp tổ trưởng.", "gặp riêng tổ trưởng, giữ thể diện để sửa"),
        ("Cán bộ phường rất vất vả.", "mời cán bộ phường hướng dẫn đăng ký"),
        ("Quán đông lắm.", "quán cũng là kế sinh nhai của nhiều người"),
        ("Ngày mai tôi đi.", "hẹn ngày trả lời"),
    ],
)
def test_one_common_word_is_never_enough(answer: str, point: str) -> None:
    assert not heard(answer, point).found


def test_compounds_are_not_their_syllables() -> None:
    assert not heard("Tự tôi đi, theo nguyện vọng của tôi.", "hiến đất là tự nguyện").found
    assert not heard("Nhà ông Hòa đã giải thích rồi.", "hòa giải ở cơ sở").found


def test_words_far_apart_are_not_one_statement() -> None:
    filler = "Hôm ấy trời mưa to, đường trơn, mọi thứ đều ướt. " * 4
    assert not heard(
        f"Tôi công khai. {filler} Có quyển sổ. {filler} Rồi thu chi.", "công khai sổ thu chi"
    ).found


def test_manner_is_left_to_the_person() -> None:
    found = find_evidence(
        "Giọng tôi thân tình, gọn và rõ.", [criterion("giọng thân tình, nói gọn", title="Trình bày")]
    )[0]
    assert not found.points[0].found
    assert found.share is None
    assert "tự chấm" in found.reason
    mixed = criterion("xin lỗi bà Thu ngay", "giọng chân tình, gọn", title="Trình bày")
    assert find_evidence("Tôi xin lỗi bà Thu ngay.", [mixed])[0].share == 1


# ---- Shares, spans, length -----------------------------------------------------------------------


@pytest.mark.parametrize(("count", "share"), [(0, 0), (1, 0.25), (2, 0.75), (3, 1)])
def test_share_is_a_quarter_and_full_only_when_all_are_heard(count: int, share: float) -> None:
    said = ["Tôi báo cáo chi bộ ngay.", "Tôi lập biên bản hiện trạng.", "Tôi mời thú y xem gà."]
    rubric = [criterion("báo cáo chi bộ", "lập biên bản hiện trạng", "mời thú y xem gà")]
    assert find_evidence(" ".join(said[:count]), rubric)[0].share == share


def test_spans_are_the_words_that_tell() -> None:
    answer = "Thưa các bác, trước hết   TÔI xin lỗi bà Thu, rồi gỡ tên bà trên nhóm Zalo."
    point = heard(answer, "đến nhà bà Thu xin lỗi, gỡ tên trên nhóm")
    said = " ".join(words(answer, point))
    assert "xin lỗi" in said
    assert "gỡ" in said


def test_spans_point_at_whole_words_in_every_labelled_answer() -> None:
    for answer in answers():
        for line in find_evidence(answer.text, answer.rubric):
            for point in line.points:
                assert point.found == bool(point.spans) == bool(point.by)
                assert point.reason
                for start, end in point.spans:
                    assert answer.text[start].isalnum()
                    assert answer.text[end - 1].isalnum()
                    assert not answer.text[start - 1 : start].isalnum()
                    assert not answer.text[end : end + 1].isalnum()
                assert all(one[1] <= two[0] for one, two in pairwise(point.spans))


def shares(found: tuple[CriterionEvidence, ...]) -> list[float | None]:
    return [line.share for line in found]


def test_length_earns_nothing() -> None:
    padding = (
        " Tôi sẽ tuyên truyền, vận động, nêu cao tinh thần trách nhiệm, phát huy sức mạnh đại đoàn kết,"
        " huy động mọi nguồn lực, quyết tâm xây dựng khu phố văn minh, nghĩa tình."
    )
    for answer in answers():
        once = shares(find_evidence(answer.text, answer.rubric))
        assert shares(find_evidence(f"{answer.text}\n\n" * 3, answer.rubric)) == once, answer.id
        assert shares(find_evidence(answer.text + "\n\n" + padding * 5, answer.rubric)) == once, answer.id


def test_a_repeated_word_is_one_word() -> None:
    assert not heard("công khai " * 200, "công khai sổ thu chi ở nhà văn hóa").found


# ---- Bad input -----------------------------------------------------------------------------------


def test_empty_things() -> None:
    assert find_evidence("Tôi báo cáo chi bộ.", []) == ()
    assert find_evidence("", [criterion(["báo cáo chi bộ"])])[0].share == 0
    assert find_evidence("   \n … !", [criterion(["báo cáo chi bộ"])])[0].share == 0
    empty = find_evidence("Tôi báo cáo chi bộ.", [criterion()])[0]
    assert empty.points == ()
    assert empty.share is None
    assert not heard("Tôi báo cáo chi bộ.", "…").found
    assert not heard("là và thì", "là, và, thì").found


def test_lone_texts_and_tuples_are_points_too() -> None:
    found = find_evidence(
        "Tôi báo cáo chi bộ.", [{"title": "", "key_points": ("báo cáo chi bộ", ("xin lỗi bà Thu",))}]
    )
    assert [point.found for point in found[0].points] == [True, False]


@pytest.mark.parametrize("kind", ["answers", "one word", "key points", "no spaces"])
def test_twenty_thousand_words_take_bounded_time(kind: str) -> None:
    rubric = answers("tuning")[0].rubric
    text = {
        "answers": " ".join(answer.text for answer in answers()),
        "one word": "chuyển ",
        "key points": " ".join(text for line in rubric for point in line["key_points"] for text in point)
        + " ",
        "no spaces": "công_khai…",
    }[kind]
    long = (text + " ") * (1 + 20_000 // len(text.split()))
    start = time.process_time()
    find_evidence(long, rubric)
    assert time.process_time() - start < 10
