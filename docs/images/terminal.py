"""Draws what a command prints as a picture of a terminal: text on standard input, an HTML page on
standard output. Every character gets the cells a terminal gives it, whatever the font.

    heng score examples/potou-2023 | head -60 | python3 docs/images/terminal.py > sheet.html
    chromium --headless --hide-scrollbars --window-size=800,1300 --screenshot=docs/images/score-sheet.png sheet.html
"""

import html
import sys
import unicodedata

STYLE = """body{margin:0;background:#fff}
pre{margin:0;padding:22px 26px;font:15px/1.45 "Noto Sans Mono CJK SC",monospace;color:#1d2430}
b{display:inline-block;width:.5em;font-weight:inherit;text-align:center;overflow:visible;text-indent:-.25em}"""


def cell(character):
    """Ambiguous characters are one cell wide in a terminal and two in most Chinese fonts."""
    if unicodedata.east_asian_width(character) == "A":
        return f"<b>{html.escape(character)}</b>"
    return html.escape(character)


text = sys.stdin.read().rstrip("\n")
print(f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><pre>{''.join(map(cell, text))}</pre>")
