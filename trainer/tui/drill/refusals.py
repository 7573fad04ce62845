"""Why the engine refused something, in a sentence for the facilitator."""

from __future__ import annotations

_SENTENCES = {
    "too-soon": "Bạn vừa nhấn hai lần liền nhau; lần thứ hai được bỏ qua.",
    "buzzers-open": "Chuông đang mở: chỉ nhận phím bấm chuông và Enter (đóng chuông).",
    "paused": "Hội thi đang tạm dừng. Nhấn Enter để chạy tiếp rồi làm lại.",
    "not-yours": "Đội này không được làm việc ấy lúc này.",
    "locked": "Đội này bấm sớm nên chuông của đội còn bị khóa.",
    "late": "Đã hết giờ.",
    "used-up": "Đội đã dùng hết quyền này.",
    "no-reserve": "Không còn câu dự phòng phù hợp.",
    "no-reason": "Cần ghi lý do.",
    "no-such-option": "Câu trả lời này đã được tính đúng, hoặc không đúng dạng của câu hỏi.",
    "no-such-item": "Không có đội hoặc câu hỏi ấy.",
    "nothing-left": "Không còn gì để rút lại.",
    "answered": "Đội này đã khiếu nại câu ấy và đang chờ trả lời.",
    "not-tied": "Các đội này không bằng nhau.",
    "unmarked": "Còn phiếu chưa chấm đủ.",
    "not-running": "Hội thi đã kết thúc. Nhấn U để rút lại bước kết thúc nếu cần sửa.",
}
NOT_NOW = "Lúc này chưa làm được việc ấy."


def sentence(code: str) -> str:
    """Return the sentence for a refusal's code."""
    return _SENTENCES.get(code, NOT_NOW)
