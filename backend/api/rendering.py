"""A reply's Markdown as an HTML page in which nothing is active and nothing is loaded.

What the reply writes as HTML is shown as text; images become links; then nh3 has the last word, with a short list of
what may stay.  The page's policy allows its one stylesheet, by hash, and nothing else.
"""

import base64
import hashlib
import html
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pygments.formatters import HtmlFormatter

LONGEST: Final = 100_000  # characters
MOST_WORK: Final = 10_000_000  # in Markdown's quadratic parts; takes about a second
LINKS: Final = ("http://", "https://", "mailto:")
# fmt: off
TAGS: Final = frozenset({
    "a", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
})
# fmt: on
ATTRIBUTES: Final[dict[str, set[str]]] = {
    "a": {"href", "title"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
    **{tag: {"class"} for tag in ("div", "pre", "code", "span")},
}
BLANK_LINES: Final = re.compile(r"\n\s*\n")
FENCES: Final = re.compile(r"^(?:```|~~~)", re.MULTILINE)
MOST_FENCES: Final = 1_000
SCHEMES: Final = frozenset({"http", "https", "mailto"})

LOOK: Final = """
:root { color-scheme: light dark }
:root { --text: #1b1f23; --quiet: #5b646d; --line: #d9dde1; --raised: #f5f6f7; --accent: #0b62c4 }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e6e8; --quiet: #9aa3ab; --line: #363b40; --raised: #202325; --accent: #7ab4f5 }
}
html { background: #fff; color: var(--text); font: 16px/1.6 system-ui, sans-serif }
@media (prefers-color-scheme: dark) { html { background: #17191a } }
body { max-width: 44rem; margin: 0 auto; padding: 24px 16px; overflow-wrap: anywhere }
a { color: var(--accent) }
pre { overflow-x: auto; padding: 12px 16px; background: var(--raised); overflow-wrap: normal; line-height: 1.5 }
code { font: 0.9em ui-monospace, monospace }
pre.plain { white-space: pre-wrap; padding: 0; background: none; font: inherit }
blockquote { margin: 16px 0; padding-inline-start: 16px }
blockquote { border-inline-start: 2px solid var(--line); color: var(--quiet) }
table { display: block; overflow-x: auto; border-collapse: collapse }
th, td { padding: 4px 12px; border: 1px solid var(--line); text-align: start }
hr { border: 0; border-top: 1px solid var(--line) }
"""


class TooMuch(Exception):
    """This text would keep Markdown busy for long; it is shown as it is."""


class Bound(Preprocessor):
    """Markdown's cost grows with the square of some things in a block.  Comes after code was taken out of the text."""

    def run(self, lines: list[str]) -> list[str]:
        work = 0
        for block in BLANK_LINES.split("\n".join(lines)):
            work += len(block) * block.count("[") + block.count("\n") ** 2
        if work > MOST_WORK:
            raise TooMuch
        return lines


class Fences(FencedBlockPreprocessor):
    """Of what a reply writes behind a fence only the language counts: other words become options of Pygments, among
    them the name of a file to write."""

    def handle_attrs(self, attrs: Iterable[tuple[str, str]]) -> tuple[str, list[str], dict[str, Any]]:
        return "", super().handle_attrs(attrs)[1], {}


class ImagesAsLinks(Treeprocessor):
    """A picture would be fetched from wherever the reply says; a link waits for the reader."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for child in parent:
                if child.tag == "img":
                    source, shown = child.get("src", ""), child.get("alt", "")
                    child.attrib.clear()
                    child.text = shown or source or "image"
                    child.tag = "span" if parent.tag == "a" else "a"
                    if child.tag == "a":
                        child.set("href", source)


def page(text: str, title: str) -> bytes:
    """A whole page of UTF-8.  Pure and, for long replies, slow: call it in a thread."""
    body = safe_html(text)
    return (
        '<!doctype html>\n<html dir="auto">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{stylesheet()}</style>\n</head>\n"
        f'<body dir="auto">\n{body}\n</body>\n</html>\n'
    ).encode()


def headers() -> list[tuple[bytes, bytes]]:
    """For an answer that holds a page."""
    digest = base64.b64encode(hashlib.sha256(stylesheet().encode()).digest())
    policy = b"default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return [(b"content-security-policy", policy % digest), (b"referrer-policy", b"no-referrer")]


def safe_html(text: str) -> str:
    try:
        if len(text) > LONGEST or len(FENCES.findall(text)) > MOST_FENCES:
            raise TooMuch
        rendered = converter().convert(text)
    except (TooMuch, RecursionError):
        rendered = f'<pre class="plain">{html.escape(text)}</pre>'
    return nh3.clean(
        rendered,
        tags=set(TAGS),
        clean_content_tags={"script", "style", "svg", "math", "template", "iframe", "noscript", "object"},
        attributes=ATTRIBUTES,
        attribute_filter=kept,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )


def kept(_: str, name: str, value: str) -> str | None:
    """Links lead to the web or to a mailbox: a path would be one of this server's own."""
    if name == "href":
        return value if value.strip().lower().startswith(LINKS) else None
    if name == "align":
        return value if value in ("left", "right", "center") else None
    return value


def converter() -> markdown.Markdown:
    """A fresh one: it keeps state, and pages are rendered in threads."""
    made = markdown.Markdown(
        extensions=["fenced_code", "codehilite", "tables", "sane_lists", "nl2br"],
        extension_configs={
            "codehilite": {"guess_lang": False, "css_class": "highlight"},
            "tables": {"use_align_attribute": True},
        },
        output_format="html",
    )
    made.preprocessors.register(Fences(made, {"lang_prefix": "language-"}), "fenced_code_block", 25)
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    made.preprocessors.register(Bound(made), "bound", 1)
    made.treeprocessors.register(ImagesAsLinks(made), "images-as-links", 5)
    return made


@cache
def stylesheet() -> str:
    light: str = HtmlFormatter(style="default").get_style_defs(".highlight")  # type: ignore[no-untyped-call]
    dark: str = HtmlFormatter(style="github-dark").get_style_defs(".highlight")  # type: ignore[no-untyped-call]
    return f"{LOOK}\n{light}\n.highlight {{ background: none }}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
