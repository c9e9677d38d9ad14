"""Verifies tokens as a receiver with PyJWT would: prints what the first says, and how many of the others are refused."""
import json, os, sys
import jwt


def verify(token):
    return jwt.decode(
        token,
        os.environ["SECRET"],
        algorithms=["HS256"],
        audience=os.environ["AUDIENCE"],
        options={"require": ["sub", "aud", "iat", "exp"]},
    )


def is_refused(token):
    try:
        verify(token)
    except jwt.InvalidTokenError:
        return True
    return False


token, *changed = json.load(sys.stdin)
print(json.dumps([jwt.get_unverified_header(token), verify(token), sum(map(is_refused, changed))]))
