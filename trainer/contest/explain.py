"""Rules in words: what a facilitator reads out before the contest. Pure."""

from __future__ import annotations

from trainer.bank.model import KIND_NAMES
from trainer.contest.rules import Play, QuestionPart, Rules, SituationPart

TIE_WORDS = {
    "situation": "điểm tình huống cao hơn",
    "questions": "điểm câu hỏi cao hơn",
    "right": "nhiều câu đúng hơn",
    "time": "tổng thời gian trả lời đúng ngắn hơn",
    "standing": "trụ lại lâu hơn",
    "sudden-death": "câu hỏi phụ bấm chuông, đội đúng trước thắng",
    "judges": "giám khảo quyết định",
    "lot": "bốc thăm",
}

BROKEN_WORDS = {
    "situation": "hơn điểm tình huống",
    "questions": "hơn điểm câu hỏi",
    "right": "nhiều câu đúng hơn",
    "time": "trả lời nhanh hơn",
    "standing": "trụ lại lâu hơn",
    "sudden-death": "thắng câu hỏi phụ",
    "judges": "giám khảo quyết định",
    "lot": "bốc thăm",
}
"""Why a side stands above another one with as many points."""

FOR_MANY = "Khi nhiều đội thi"
"""Heads the paragraph that a player alone need not read."""


def explain(rules: Rules) -> list[str]:
    """Return the rules as Vietnamese lines; "" parts the paragraphs."""
    lines = [rules.title]
    if rules.summary:
        lines.append(_sentence(rules.summary))
    if rules.group:
        lines.append("Luật này dành cho nhiều đội.")
    many = rules.group or any(
        isinstance(part, SituationPart) or part.feedback == "each" for part in rules.parts
    )
    number = 0
    for part in rules.parts:
        if isinstance(part, QuestionPart) and part.play.tie:
            continue
        number += 1
        lines += ["", f"Phần {number}. {part_title(part)}"]
        said = _questions(part, rules) if isinstance(part, QuestionPart) else _situation(part, rules)
        lines += [f"- {line}" for line in said]
    if rules.group or (many and len(rules.parts) > 1):
        lines += ["", FOR_MANY]
        lines += [f"- {line}" for line in _ending(rules)]
    return lines


def summary_of(rules: Rules) -> str:
    """Return in a line how much is asked; for rules whose numbers are not those of their file."""
    said = []
    for part in rules.parts:
        if isinstance(part, SituationPart):
            said.append(f"{part.count} tình huống mỗi đội")
        elif not part.play.tie:
            each = " mỗi đội" if part.play.mode == "turns" else ""
            timed = part.seconds and not part.play.value_seconds and not part.play.later_seconds
            said.append(f"{part.count} câu{each}{f', mỗi câu {part.seconds} giây' if timed else ''}")
    return "; rồi ".join(said)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def part_title(part: QuestionPart | SituationPart) -> str:
    """Return what a part is called."""
    if isinstance(part, SituationPart):
        return "Xử lý tình huống"
    if part.draws == "quotations":
        return "Lời Bác"
    return "Câu hỏi kiến thức"


def _questions(part: QuestionPart, rules: Rules) -> list[str]:
    play = part.play
    kinds = ", ".join(KIND_NAMES.get(kind, kind) for kind in part.kinds)
    lines = [_how_many(part, play, rules), f"Loại câu hỏi: {kinds}."]
    if part.topics:
        lines.append(f"Chỉ lấy trong chủ đề: {', '.join(part.topics)}.")
    lines += _clock(part, play, rules)
    lines += _points(part, play)
    if part.feedback == "end":
        lines.append("Được đổi câu trả lời cho đến khi nộp bài; đáp án công bố ở cuối.")
    else:
        lines.append("Đáp án và căn cứ được công bố sau mỗi câu.")
    if play.eliminate:
        lines += _floor(part, play)
    if play.star:
        lines.append(
            "Mỗi đội được đặt ngôi sao hy vọng một lần, trước khi nghe câu hỏi: đúng được gấp đôi, "
            "không đúng bị trừ đúng số điểm của câu."
        )
    if play.steal_s:
        lines += _steal(play)
    if play.audience_every:
        lines.append(f"Sau mỗi {play.audience_every} câu có một câu dành cho khán giả, không tính điểm đội.")
    return lines


def _how_many(part: QuestionPart, play: Play, rules: Rules) -> str:
    if part.feedback == "end":
        return f"{part.count} câu."
    if play.mode == "buzzers":
        return f"{part.count} câu, đội nào bấm chuông trước được trả lời. {second_press(play)}"
    if play.mode == "together":
        alone = "" if rules.group else " (một người luyện thì lần lượt từng câu)"
        return f"{part.count} câu, các đội trả lời cùng lúc{alone}."
    order = "đội ít điểm hơn thi trước" if play.turn_order == "lowest" else "theo thứ tự bốc thăm"
    if play.values:
        values = ", ".join(str(value) for value in play.values)
        return f"Lần lượt từng đội, {order}; mỗi đội tự chọn {part.count} câu trong các mức {values} điểm."
    who = "máy bốc thăm người trả lời" if play.member == "drawn" else "đội trưởng chỉ định người trả lời"
    return f"Lần lượt từng đội, {order}; mỗi đội bốc một gói {part.count} câu, {who}."


def second_press(play: Play) -> str:
    """Return what the rules give those who pressed after the first, when the first is wrong."""
    if play.mode == "buzzers":
        return "Đội bấm trước trả lời sai thì mở chuông lại, các đội chưa trả lời bấm lại từ đầu."
    return "Chỉ đội bấm trước được trả lời; sai thì các đội bấm sau không được trả lời."


def _clock(part: QuestionPart, play: Play, rules: Rules) -> list[str]:
    if part.total_seconds:
        minutes, seconds = divmod(part.total_seconds, 60)
        rest = f" {seconds} giây" if seconds else ""
        return [f"Thời gian chung cho cả phần: {minutes} phút{rest}."]
    if play.values and play.value_seconds:
        pairs = zip(play.values, play.value_seconds, strict=False)
        limits = ", ".join(f"câu {value} điểm {seconds} giây" for value, seconds in pairs)
        return [f"Thời gian tính từ lúc đọc xong: {limits}."]
    if not part.seconds:
        return ["Không giới hạn thời gian."]
    line = f"Mỗi câu {part.seconds} giây, tính từ lúc đọc xong"
    for start, seconds in play.later_seconds:
        line += f"; từ câu {start}: {seconds} giây"
    if play.mode == "together" and play.raise_s:
        when = "" if rules.group else "nhiều đội thi thì "
        line += f"; {when}thêm {play.raise_s} giây để giơ bảng"
    return [line + "."]


def _points(part: QuestionPart, play: Play) -> list[str]:
    worth = "được số điểm của câu" if play.values else f"được {part.right} điểm"
    wrong = f"trừ {-part.wrong} điểm" if part.wrong else "0 điểm"
    line = f"Đúng {worth}; sai {wrong}; bỏ trống 0 điểm."
    if part.partial and any(kind not in ("choice", "true-false") for kind in part.kinds):
        line += " Đúng một phần được phần điểm tương ứng, làm tròn xuống"
        line += "; câu nhiều đáp án: mỗi ý thừa bỏ mất một ý đúng." if "multiple" in part.kinds else "."
    return [line]


def _floor(part: QuestionPart, play: Play) -> list[str]:
    lines = ["Sai, bỏ trống hoặc trễ là rời sàn."]
    if play.rescue_from and play.rescues:
        lines.append(
            f"Cứu trợ {play.rescues} lần, từ câu {play.rescue_from}, khi trên sàn còn không quá "
            f"{play.rescue_left}% số đội (sớm hơn nếu sàn không còn đội nào)."
        )
    if play.lifelines:
        lines.append(f"Đội cuối cùng trên sàn được hỏi khán giả {play.lifelines} lần.")
    lines.append(f"Câu {part.count} là câu cuối: không cứu trợ, không hỏi khán giả.")
    if play.extra:
        lines.append(f"Hết câu cuối mà còn nhiều đội: hỏi thêm tối đa {play.extra} câu dự phòng.")
    return lines


def _steal(play: Play) -> list[str]:
    takes = "lấy điểm của đội đang thi" if play.steal_takes else "được điểm của câu"
    first = (
        f"Đội đang thi không trả lời được: các đội khác có {play.steal_s} giây bấm chuông giành quyền, "
        f"trả lời trong {play.answer_s} giây."
    )
    last = (
        f"Bấm trước hiệu lệnh thì chuông bị khóa thêm {_in_seconds(play.early_lock_ms)}; "
        f"hai lần bấm cách nhau không quá {_in_seconds(play.tie_ms)} coi là cùng lúc."
    )
    return [
        first,
        second_press(play),
        f"Giành quyền mà đúng thì {takes}; sai bị trừ {play.steal_loss}% số điểm của câu.",
        last,
    ]


def _in_seconds(ms: int) -> str:
    return f"{ms / 1000:g} giây".replace(".", ",")


def _situation(part: SituationPart, rules: Rules) -> list[str]:
    who = "mỗi đội" if rules.group else "mỗi đội (hoặc mỗi người)"
    where = "nằm trong gói đã bốc" if part.packaged else "bốc thăm, không trùng nhau"
    think = f"{part.think_s} giây chuẩn bị" if part.think_s else "thời gian chuẩn bị theo từng tình huống"
    speak = f"{part.speak_s} giây trình bày" if part.speak_s else "thời gian trình bày theo từng tình huống"
    lines = [
        f"{part.count} tình huống {who}, {where}.",
        f"{_sentence(f'{think}, {speak}')}",
    ]
    if part.ask_s:
        lines.append(f"Giám khảo hỏi thêm trong {part.ask_s} giây.")
    if part.overtime:
        lines.append(f"Quá giờ: mỗi phút {overtime_words(part)} trừ {-part.overtime} điểm.")
    judges = rules.judges or part.judges
    marking = f"{judges} giám khảo chấm độc lập, lấy điểm trung bình" if judges > 1 else "một giám khảo chấm"
    lines.append(f"Tối đa {part.points} điểm; {marking}.")
    if part.drop_extremes:
        lines.append("Từ năm giám khảo trở lên, bỏ một điểm cao nhất và một điểm thấp nhất.")
    return lines


def overtime_words(part: SituationPart) -> str:
    """Return which minutes over the limit cost points: “trọn vẹn”, “bắt đầu, kể từ giây thứ 11,”."""
    word = "bắt đầu" if part.overtime_minutes == "started" else "trọn vẹn"
    return f"{word}, kể từ giây thứ {part.overtime_grace_s + 1}," if part.overtime_grace_s else word


def _ending(rules: Rules) -> list[str]:
    lines = ["Điểm của đội không bao giờ xuống dưới 0."]
    ways = "; rồi ".join(TIE_WORDS.get(tie, tie) for tie in rules.ties)
    lines.append(f"Bằng điểm: {ways}.")
    prizes = ", ".join(
        f"{count} giải {name}" if count else f"còn lại giải {name}" for name, count in rules.prizes
    )
    if prizes:
        lines.append(f"Giải: {prizes}.")
    for prize in rules.part_prizes:
        what = "tình huống" if prize.of == "situation" else "câu hỏi"
        lines.append(f"Giải riêng “{prize.name}”: đội có điểm {what} cao nhất.")
    lines.append("Khiếu nại được nhận cho đến khi mở câu kế tiếp.")
    return lines
