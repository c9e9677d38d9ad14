"""Flask and PyJWT, served by gunicorn: the same token as ours, for a user who is always the same one."""

import os
import time

import jwt
from flask import Flask, jsonify

app = Flask(__name__)
SECRET, AUDIENCE = os.environ["REQIO_SECRET"], os.environ["REQIO_AUDIENCE"]
USER = {"id": "42", "email": "scale@acme.test", "traits": {"plan": "scale", "amount": 99_000, "interval": "year"}}


@app.route("/", methods=["GET", "POST"])
def identity_token():
    now = int(time.time())
    claims = {
        "sub": USER["id"],
        "email": USER["email"],
        "traits": USER["traits"],
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + 300,
    }
    token = jwt.encode(claims, SECRET, algorithm="HS256")
    return jsonify(token=token, expires_in=300)
