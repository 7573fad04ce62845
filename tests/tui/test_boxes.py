"""The boxes: keys in the order of their arrival, hostile text, Telex and VNI built in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from trainer.tui.widgets.boxes import LineInput, TextBox, TypingBox
from trainer.typing.compose import Method

Box = LineInput | TextBox
KINDS = [LineInput, TextBox]


class BoxApp(App[None]):
    """A box, another after it, and what they said."""

    def __init__(self, *boxes: Input | TextArea) -> None:
        super().__init__()
        self._boxes = boxes
        self.said: list[str] = []

    def compose(self) -> ComposeResult:
        for box in self._boxes:
            box.cursor_blink = False
            yield box

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        self.said.append(event.value)

    def on_text_box_submitted(self, event: TextBox.Submitted) -> None:
        self.said.append(event.value)

    def on_typing_box_method_changed(self, event: TypingBox.MethodChanged) -> None:
        self.said.append(f"{event.control.id}: {event.method}")


def text_of(box: Input | TextArea) -> str:
    return box.value if isinstance(box, Input) else box.text


NAMES = {
    "\b": "backspace",
    "\r": "enter",
    "\t": "tab",
    "⌦": "delete",
    "←": "left",
    "→": "right",
    "⇱": "home",
    "⇲": "end",
    "⌫": "ctrl+w",
    "↩": "alt+backspace",
    "④": "f4",
}
"""Keys that print nothing, each as one sign."""


def events_of(keys: str) -> Iterable[events.Key]:
    for key in keys:
        if key in NAMES:
            yield events.Key(NAMES[key], None)
        else:
            yield events.Key({" ": "space"}.get(key, key), key)


async def strike(app: App[None], pilot: Pilot[None], keys: str) -> None:
    """Post keys in a row as the driver does; nothing waits between them."""
    for event in events_of(keys):
        app.post_message(event)
    for _ in range(3):
        await pilot.pause()


async def typed(kind: type[Box], keys: str, method: Method = Method.OFF, text: str = "") -> str:
    """Return what stands in a box after a burst of keys."""
    box = kind(initial=method, id="box")
    app = BoxApp(box)
    async with app.run_test() as pilot:
        box.focus()
        await pilot.pause()
        box.open(text)  # the cursor at the end, nothing selected
        await strike(app, pilot, keys)
        return text_of(box)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("duo\b\bươ", "dươ"),
        ("vie\bê\b\b\bviệt\b\bệt", "việt"),
        ("abc←←X", "aXbc"),
        ("abc⇱X⇲Y", "XabcY"),
        ("abcd←←⌦e", "abed"),
        ("dân vận⌫Đảng", "dân Đảng"),
        ("một\bn", "mộn"),
        ("\b\b⌦a\b\b\bb", "b"),
    ],
)
async def test_keys_work_in_the_order_of_their_arrival(kind: type[Box], keys: str, shown: str) -> None:
    assert await typed(kind, keys) == shown


@pytest.mark.parametrize(("kind", "stock"), [(LineInput, Input), (TextBox, TextArea)])
@pytest.mark.parametrize("keys", ["ab cd⌫e", "ab cd↩e", "ab cd←←←←↩e", "ab⇱⌦x⇲⌦y", "a b c←⌫⌫z"])
async def test_a_burst_does_what_slow_keys_do_in_textual_s_own_box(
    kind: type[Box], stock: type[Input | TextArea], keys: str
) -> None:
    own = stock()
    async with BoxApp(own).run_test() as pilot:
        for event in events_of(keys):
            pilot.app.post_message(event)
            await pilot.pause()
        expected = text_of(own)
    assert await typed(kind, keys) == expected


async def test_enter_hands_in_what_was_typed_before_it_and_nothing_after_it() -> None:
    box, lines = LineInput(id="one"), TextBox(enter_submits=True)
    app = BoxApp(box, lines)
    async with app.run_test() as pilot:
        for each in (box, lines):
            each.focus()
            await pilot.pause()
            await strike(app, pilot, "dân vậ\bận\rkhéo\r\b⌫←x")
            assert each.submitted
            app.post_message(events.Paste("dán"))
            await pilot.pause()
            assert text_of(each) == "dân vận"
        assert app.said == ["dân vận", "dân vận"]

        box.open("")
        lines.open()
        await strike(app, pilot, "g\r")
        assert text_of(lines) == "dân vậng"
        box.focus()
        await pilot.pause()
        await strike(app, pilot, "mới\r")
        assert app.said == ["dân vận", "dân vận", "dân vậng", "mới"]


async def test_enter_begins_a_line_in_a_text_box() -> None:
    assert await typed(TextBox, "một\rhai\r\bba") == "một\nhaiba"


async def test_a_closed_box_keeps_its_text_and_says_nothing() -> None:
    box = LineInput(initial=Method.TELEX)
    app = BoxApp(box)
    async with app.run_test() as pilot:
        await strike(app, pilot, "nuwowcs two")
        box.close()
        await strike(app, pilot, "x\r")
        assert (box.value, app.said) == ("nước two", [])


async def test_keys_after_tab_belong_to_the_next_box() -> None:
    boxes = LineInput(id="a"), TextBox(id="b"), LineInput(id="c")
    app = BoxApp(*boxes)
    async with app.run_test() as pilot:
        await strike(app, pilot, "một\thai\tba\t")
        assert [text_of(box) for box in boxes] == ["một", "hai", "ba"]
        await strike(app, pilot, "⇲!")
        assert boxes[0].value == "một!"


@pytest.mark.parametrize("kind", KINDS)
async def test_decomposed_letters_join(kind: type[Box]) -> None:
    phrase = "nguyễn việt ơ được"
    text = await typed(kind, unicodedata.normalize("NFD", phrase) + "\b")
    assert text == "nguyễn việt ơ đượ"
    assert await typed(kind, "\u0301x\u0301\u0302\u0323a") == "x\u0301a"
    assert await typed(kind, "ab←←→\u0301c") == "ácb"


@pytest.mark.parametrize("kind", KINDS)
async def test_control_and_bidi_characters_never_enter(kind: type[Box]) -> None:
    hostile = "a\x00\x1b\x9b\u202eb\u200b\u2066\ufeff\u00adc\ue000🙂ع"
    box = kind()
    app = BoxApp(box)
    async with app.run_test() as pilot:
        assert not set(text_of(kind(hostile))) & set(hostile[1:5])
        box.open(hostile)
        assert "a" in text_of(box)
        app.post_message(events.Paste(hostile))
        await strike(app, pilot, hostile)
        app.copy_to_clipboard(hostile)
        app.post_message(events.Key("ctrl+v", None))
        await pilot.pause()
        if isinstance(box, TextBox):
            box.insert(hostile)
            box.text += hostile
        else:
            box.value += hostile
        text = text_of(box)
        assert not set(text) & set("\x00\x1b\x9b\u202e\u200b\u2066\ufeff\u00ad")
        assert text.count("🙂ع") >= 4


@pytest.mark.parametrize(("kind", "limit"), [(LineInput, 400), (TextBox, 20_000)])
@pytest.mark.parametrize("pasted", ["a" * 100_000, "ấ\u0323\n" * 33_000, "\u200b" * 100_000])
async def test_a_large_paste_is_cut(kind: type[Box], limit: int, pasted: str) -> None:
    box = kind()
    app = BoxApp(box)
    async with app.run_test() as pilot:
        app.post_message(events.Paste(pasted))
        await pilot.pause()
        await strike(app, pilot, "bb")
        assert len(text_of(box)) <= limit
        app.post_message(events.Paste(pasted))
        await strike(app, pilot, "\b\bxy")
        assert len(text_of(box)) <= limit


@pytest.mark.parametrize("method", list(Method))
async def test_a_key_held_down_stops_at_the_limit(method: Method) -> None:
    assert await typed(LineInput, "a" * 3000, method) == "a" * 400
    assert await typed(LineInput, "s" * 1000 + "\b" * 1000 + "x", method) == "x"
    lines = await typed(TextBox, "o" * 1000, method)
    assert set(lines) == {"o"}


async def test_a_paste_comes_once_with_its_lines() -> None:
    for kind, shown in ((LineInput, "x một hai ba"), (TextBox, "x một\nhai\nba\n")):
        box = kind()
        app = BoxApp(box)
        async with app.run_test() as pilot:
            box.open("x ")
            app.post_message(events.Paste("một\rhai\r\nba\n"))
            await pilot.pause()
            assert text_of(box) == shown


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("method", "keys", "shown"),
    [
        (Method.TELEX, "tieengs Vieetj, DDoanf keets!", "tiếng Việt, Đoàn kết!"),
        (Method.TELEX, "dduwowcj khuyur ngoawn ngoefo quyeets", "được khuỷu ngoăn ngoèo quyết"),
        (Method.TELEX, "hoafn\b ass two test google", "hòa as two test google"),
        (Method.TELEX, "vieetj\b\beetj vieetj\bt as\bs", "việt việt s"),
        (Method.TELEX, "an←s", "asn"),
        (Method.TELEX, "đoanf keets", "đoanf kết"),
        (Method.TELEX, "tiế\b\bees ta\u0323s as", "tees tạs á"),
        (Method.VNI, "tie6ng1 Vie65t, D9oa2n ke61t!", "tiếng Việt, Đoàn kết!"),
        (Method.VNI, "nam 1945 a66 d9o62ng", "nam 1945 a6 đồng"),
        (Method.OFF, "tieengs vieetj", "tieengs vieetj"),
    ],
)
async def test_composing(kind: type[Box], method: Method, keys: str, shown: str) -> None:
    assert await typed(kind, keys, method) == shown


@pytest.mark.parametrize("kind", KINDS)
async def test_f4_goes_round_and_says_so(kind: type[Box]) -> None:
    box = kind(id="box")
    app = BoxApp(box)
    async with app.run_test() as pilot:
        assert str(box.border_subtitle) == "Gõ: tắt (F4)"
        await strike(app, pilot, "as ④as tuw④ d9i④ as")
        assert text_of(box) == "as á tư đi as"
        assert app.said == ["box: telex", "box: vni", "box: off"]
        box.method = Method.VNI
        assert str(box.border_subtitle) == "VNI"
        await strike(app, pilot, " a1")
        assert text_of(box).endswith(" á")
        assert len(app.said) == 3


async def test_a_method_set_before_the_box_is_shown_counts() -> None:
    box = LineInput(id="box")
    box.method = Method.TELEX
    app = BoxApp(box)
    async with app.run_test() as pilot:
        await strike(app, pilot, "as")
        assert (box.value, str(box.border_subtitle)) == ("á", "Telex")


async def test_the_word_is_let_go_by_paste_click_and_program() -> None:
    box = LineInput(initial=Method.TELEX)
    app = BoxApp(box)
    async with app.run_test() as pilot:
        await strike(app, pilot, "toa")
        app.post_message(events.Paste("n"))
        await strike(app, pilot, "s")
        assert box.value == "toans"
        box.open("")
        await strike(app, pilot, "an")
        box.value = "bo"
        await strike(app, pilot, "s")
        assert box.value == "bos"
        box.open("")
        await strike(app, pilot, "an an")
        await pilot.click(box, offset=(5, 1))
        await strike(app, pilot, "s")
        assert box.value == "ans an"
        box.open("")
        await strike(app, pilot, "an")
        box.open("an")
        await strike(app, pilot, "s")
        assert box.value == "ans"


async def test_tones_stand_as_the_setting_says() -> None:
    box = LineInput(initial=Method.VNI, modern_tones=True)
    app = BoxApp(box)
    async with app.run_test() as pilot:
        await strike(app, pilot, "hoa2 thuy3")
        assert box.value == "hoà thuỷ"
