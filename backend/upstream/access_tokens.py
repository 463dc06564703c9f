"""What an access token says about itself.  It is read, not verified: only the upstream can do that."""

import hashlib
import math
import re
from typing import Final

# A JSON Web Token: header, claims and signature in base64url, of which the first two are objects.
SHAPE: Final = re.compile(r"ey[\w-]+\.ey[\w-]+\.[\w-]+", re.ASCII)


def jwt_expiry(token: str) -> float | None:
    """When the token ends, in seconds since the epoch; None where it does not say."""
    expiry = claims_of(token).get("exp")
    if isinstance(expiry, bool) or not isinstance(expiry, int | float) or not math.isfinite(expiry):
        return None
    return float(expiry)


def token_fingerprint(token: str) -> str | None:
    """A name for the token's account.  Where the token tells whose it is, a renewed one has the same name.  None for
    what cannot be a token."""
    if SHAPE.fullmatch(token) is None:
        return None
    claims = claims_of(token)
    auth = claims.get("https://api.openai.com/auth")
    user = auth.get("user_id") if isinstance(auth, dict) else None
    user = user or claims.get("sub")
    whose = f"user:{user}" if isinstance(user, str) and user else f"token:{token}"
    return hashlib.sha256(whose.encode("utf-8", "surrogatepass")).hexdigest()


def claims_of(token: str) -> dict[str, object]:
    """Empty for what is not a JSON Web Token."""
    import jwt  # it brings in cryptography, which only those who read a token need

    try:
        claims: dict[str, object] = jwt.decode(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError):
        return {}
    return claims
