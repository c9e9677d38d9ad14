"""Verifies a token as a receiver with PyJWT would, and prints its header and claims."""
import json, os
import jwt

token = os.environ["TOKEN"]
claims = jwt.decode(
    token,
    os.environ["SECRET"],
    algorithms=["HS256"],
    audience=os.environ["AUDIENCE"],
    options={"require": ["sub", "aud", "iat", "exp"]},
)
print(json.dumps([jwt.get_unverified_header(token), claims]))
