"""The sign-in pages of the rehearsal upstream, as small as they can be read by a person and a program."""

from html import escape
from typing import Final

LOCKED: Final = "This account has been blocked (locked) after too many attempts to sign in. Contact the administrator."
WRONG: Final = "Wrong email or password"


def page(title: str, body: str) -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>
<body><main><h1>{escape(title)}</h1>
{body}
</main></body></html>"""


def identifier(state: str, error: str = "") -> str:
    return _form("Enter your email", state, '<input name="username" type="email" required>', error)


def password(state: str, username: str, error: str = "") -> str:
    shown = f'<input name="username" value="{escape(username)}" readonly>'
    return _form("Enter your password", state, shown + '<input name="password" type="password" required>', error)


def _form(title: str, state: str, fields: str, error: str) -> str:
    alert = f'<p role="alert" id="error-element">{escape(error)}</p>' if error else ""
    hidden = f'<input type="hidden" name="state" value="{escape(state)}">'
    button = '<button type="submit" name="action" value="default">Continue</button>'
    return page(title, f'{alert}<form method="post">{hidden}{fields}{button}</form>')


CHANGED: Final = page(
    "Choose how to sign in", '<div data-screen="passkey-enrollment"><button type="button">Use a passkey</button></div>'
)
SIGNED_IN: Final = page("Rehearsal upstream", "<p>Signed in to the rehearsal upstream. No model answers here.</p>")
