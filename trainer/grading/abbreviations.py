"""Abbreviations that papers of Party, State and Front use, and Roman numerals.

Both are written out before texts are compared, so they hold both ways. An abbreviation that
stands for several things keeps them all: the one that fits counts.
"""

from __future__ import annotations

import re
from functools import cache

from trainer.grading import syllables
from trainer.grading.words import Word, bare, word

_TABLE = """
ANCT an ninh chính trị
ANQP an ninh quốc phòng
ANTQ an ninh tổ quốc
ANTT an ninh trật tự
ATGT an toàn giao thông
BBT ban bí thư
BCĐ ban chỉ đạo
BCH ban chấp hành
BCHTW ban chấp hành trung ương
BCT bộ chính trị | bộ công thương
BDV ban dân vận
BDVTW ban dân vận trung ương
BHXH bảo hiểm xã hội
BHYT bảo hiểm y tế
BQL ban quản lý
BTV ban thường vụ
CAND công an nhân dân
CB cán bộ
CBCC cán bộ công chức
CBĐV cán bộ đảng viên
CBCCVC cán bộ công chức viên chức
CCB cựu chiến binh
CCHC cải cách hành chính
CHXHCN cộng hòa xã hội chủ nghĩa
CHXHCNVN cộng hòa xã hội chủ nghĩa việt nam
CLB câu lạc bộ
CM cách mạng
CMT8 cách mạng tháng tám
CNCS chủ nghĩa cộng sản
CNH công nghiệp hóa
CNTB chủ nghĩa tư bản
CNXH chủ nghĩa xã hội
CP chính phủ
CQ chính quyền
CS cộng sản | cơ sở | chính sách
CT chỉ thị | chủ tịch | công tác | chính trị | chương trình
CTDV công tác dân vận
CTTW chỉ thị trung ương
ĐBQH đại biểu quốc hội
ĐCS đảng cộng sản
ĐCSVN đảng cộng sản việt nam
ĐĐK đại đoàn kết
ĐH đại hội | đại học
ĐTN đoàn thanh niên
ĐV đảng viên | đoàn viên
DCCS dân chủ ở cơ sở | dân chủ cơ sở
DTTS dân tộc thiểu số
DV dân vận
DVK dân vận khéo
GCCN giai cấp công nhân
GPMB giải phóng mặt bằng
HCCB hội cựu chiến binh
HCM hồ chí minh
HD hướng dẫn
HĐBA hội đồng bảo an
HĐH hiện đại hóa
HĐND hội đồng nhân dân
HN hội nghị | hà nội
HND hội nông dân
HTCT hệ thống chính trị
HTX hợp tác xã
KDC khu dân cư
KH kế hoạch
KHKT khoa học kỹ thuật
KL kết luận
KT kinh tế | kiểm tra | kỹ thuật
KTXH kinh tế xã hội
LĐ lao động
LĐLĐ liên đoàn lao động
LHPN liên hiệp phụ nữ
LLVT lực lượng vũ trang
MT mặt trận
MTTQ mặt trận tổ quốc
MTTQVN mặt trận tổ quốc việt nam
NĐ nghị định
ND nhân dân | nông dân
NN nhà nước
NNPQ nhà nước pháp quyền
NQ nghị quyết
NQTW nghị quyết trung ương
NTM nông thôn mới
PL pháp lệnh
PN phụ nữ
QC quy chế
QCDC quy chế dân chủ
QĐ quyết định | quân đội
QĐND quân đội nhân dân
QH quốc hội
QP quốc phòng
QPAN quốc phòng an ninh
TAND tòa án nhân dân
TDP tổ dân phố
TDV tổ dân vận
TH tình huống
TNCS thanh niên cộng sản
TNTP thiếu niên tiền phong
TNXP thanh niên xung phong
TP thành phố
TPHCM thành phố hồ chí minh
TT thông tư | thủ tướng | thị trấn | tuyên truyền
TTCP thanh tra chính phủ
TTG thủ tướng
TTHC thủ tục hành chính
TTND thanh tra nhân dân
TTXVN thông tấn xã việt nam
TTXH trật tự xã hội
TƯ trung ương
TW trung ương
TX thị xã
UB ủy ban
UBKT ủy ban kiểm tra
UBMT ủy ban mặt trận
UBMTTQ ủy ban mặt trận tổ quốc
UBND ủy ban nhân dân
UBTVQH ủy ban thường vụ quốc hội
VH văn hóa
VHXH văn hóa xã hội
VKSND viện kiểm sát nhân dân
VN việt nam
XDĐ xây dựng đảng
XH xã hội
XHCN xã hội chủ nghĩa
"""
ONLY_UPPER = frozenset(
    ("cm", "cb", "th", "nn", "mt", "tt", "hd", "dv", "pn", "ct", "kl", "tx", "kh", "ub", "cs", "kt")
)
"""Not written out in lower case: units, initials and clippings of everyday writing."""

_ROMAN = re.compile(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_COUNTED = """
hoi khoa lan thu chuong phan muc ki ky qui quy khu tap quyen nghi quyet cap hang loai vung dot uong so
"""
_BEFORE_ROMAN = frozenset(_COUNTED.split())


@cache
def table() -> dict[str, tuple[str, ...]]:
    """Return what each abbreviation stands for, by its folded form, with đ and with d."""
    entries: dict[str, tuple[str, ...]] = {}
    for line in _TABLE.strip().splitlines():
        short, _, long = line.partition(" ")
        entries[word(short).key] = tuple(meaning.strip() for meaning in long.split("|"))
    for key in list(entries):
        if not syllables.is_syllable(key):
            entries.setdefault(bare(key), entries[key])
    return entries


@cache
def _written_out(key: str) -> tuple[tuple[Word, ...], ...]:
    return tuple(tuple(word(part) for part in meaning.split()) for meaning in table()[key])


def meanings(token: Word, *, shouting: bool) -> tuple[tuple[Word, ...], ...]:
    """Return the words that an abbreviation may stand for, () when it is none.

    Args:
        token: A word of the text.
        shouting: The whole text is in capitals, so capitals alone make no abbreviation: “TƯ
            TƯỞNG” is no “trung ương tưởng”.
    """
    key = token.key
    if key not in table():
        return ()
    upper = token.shown.isupper()
    dotted = "." in token.shown
    if not upper and key in ONLY_UPPER:
        return ()
    if syllables.is_syllable(key) and not dotted and (not upper or shouting):
        return ()
    return _written_out(key)


def roman(token: Word, before: Word | None, *, alone: bool) -> str:
    """Return the digits of a Roman numeral that stands as a number, "" when it does not.

    It does after a word that is counted (đại hội, khóa, lần thứ, chương, thế kỷ, …), alone, or
    when it has at least two letters, is in capitals and is no syllable: XIII, but not VI or XI.
    """
    shown = token.shown
    if not _ROMAN.fullmatch(shown):
        return ""
    counted = before is not None and before.bare in _BEFORE_ROMAN
    upper = shown.isupper()
    if len(shown) == 1 and not (upper and (counted or alone)):
        return ""
    if not counted and not (upper and (alone or not syllables.is_syllable(token.key))):
        return ""
    values = [_ROMAN_VALUES[letter] for letter in shown.upper()]
    total = sum(
        -value if at + 1 < len(values) and values[at + 1] > value else value
        for at, value in enumerate(values)
    )
    return str(total)
