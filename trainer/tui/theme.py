"""The trainer's own colours: the red and gold of the stage, the pink of the lotus."""

from __future__ import annotations

from textual.theme import Theme

DARK = "sen-toi"
LIGHT = "sen-sang"

THEMES = (
    Theme(
        name=DARK,
        primary="#e0475b",
        secondary="#e79ab5",
        accent="#f2c14e",
        warning="#f0a35e",
        error="#ff7b72",
        success="#7bc47f",
        foreground="#f3e9e4",
        background="#191214",
        surface="#21181b",
        panel="#2c2024",
        dark=True,
        variables={
            "banner": "#9e1b2f",
            "banner-text": "#ffe08a",
            "right-bg": "#1f3524",
            "wrong-bg": "#43201f",
            "partial-bg": "#40310f",
            "quiet": "#b5a29c",
            "footer-key-foreground": "#f2c14e",
            "footer-description-foreground": "#d9cbc5",
            "block-cursor-background": "#5a2530",
            "block-cursor-foreground": "#fff3e0",
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": "#38242a",
            "border": "#e79ab5",
            "border-blurred": "#4a373c",
        },
    ),
    Theme(
        name=LIGHT,
        primary="#b3122a",
        secondary="#b0476d",
        accent="#8a5a00",
        warning="#9a5b00",
        error="#b3261e",
        success="#1e6b2e",
        foreground="#2a1d1a",
        background="#fffaf2",
        surface="#fdf3e6",
        panel="#f6e6d4",
        dark=False,
        variables={
            "banner": "#b3122a",
            "banner-text": "#ffe9a8",
            "right-bg": "#dff0dc",
            "wrong-bg": "#fbe0dc",
            "partial-bg": "#faeccb",
            "quiet": "#76635c",
            "footer-key-foreground": "#8a1022",
            "footer-description-foreground": "#4a3833",
            "block-cursor-background": "#f3cfc9",
            "block-cursor-foreground": "#3a0a12",
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": "#f4e0d6",
            "border": "#b0476d",
            "border-blurred": "#dcc6b8",
        },
    ),
)
