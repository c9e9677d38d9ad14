"""Tokens minted with PyJWT, after Reqio's Python guide and with its readers' commonest mistakes, shown to the sandbox."""

import base64
import json
import os
import time
import urllib.error
import urllib.request
from pathlib import Path

import jwt

SANDBOX = os.environ["SANDBOX_URL"]
PROJECT = os.environ["REQIO_PROJECT_ID"]
SECRET = os.environ["REQIO_SECRET"]
AUDIENCE = os.environ["REQIO_AUDIENCE"]


def claims(**changes):
    """The claims of the guide; a change to None leaves the claim out."""
    now = int(time.time())
    usual = {
        "sub": "usr_python",
        "email": "python@acme.test",
        "traits": {"plan": "scale", "amount": 99000, "interval": "year"},
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + 300,
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


def mint(payload=None, key=SECRET, algorithm="HS256"):
    return jwt.encode(payload or claims(), key, algorithm=algorithm)


def traits(**changes):
    return claims(traits={"plan": "pro", "amount": 2900, "interval": "month"} | changes)


def mistakes():
    now = int(time.time())
    return {
        "secret_base64_decoded": mint(key=base64.b64decode(SECRET)),
        "secret_with_a_line_end": mint(key=SECRET + "\n"),
        "secret_of_another_project": mint(key="another-project's-secret-of-enough-bytes"),
        "algorithm_hs512": mint(algorithm="HS512"),
        "audience_is_the_project_id": mint(claims(aud=PROJECT)),
        "audience_left_out": mint(claims(aud=None)),
        "exp_as_a_string": mint(claims(exp=str(now + 300))),
        "times_in_milliseconds": mint(claims(iat=now * 1000, exp=(now + 300) * 1000)),
        "lifetime_of_an_hour": mint(claims(iat=now, exp=now + 3600)),
        "minted_once_and_kept": mint(claims(iat=now - 600, exp=now - 300)),
        "sub_as_a_number": mint(claims(sub=42)),
        "amount_in_dollars": mint(traits(amount=29)),
        "amount_as_a_string": mint(traits(amount="2900")),
        "interval_monthly": mint(traits(interval="monthly")),
    }


def ask(token):
    headers = {"Authorization": f"Bearer {token}", "X-Reqio-Project": PROJECT}
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{SANDBOX}/api/identity", headers=headers)) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def main():
    for token in [mint(), mint(claims(aud=[AUDIENCE]))]:
        status, answer = ask(token)
        assert status == 200, answer
        assert answer["requester"]["id"] == "usr_python", answer
        assert answer["requester"]["monthly_amount"] == 8250, answer

    tokens = mistakes()
    expected = json.loads((Path(__file__).parent.parent / "mistakes.json").read_text())
    assert {case["mistake"] for case in expected} == set(tokens)
    for case in expected:
        status, answer = ask(tokens[case["mistake"]])
        assert (status, answer.get("error")) == (401, case["code"]), (case, answer)
        assert case["fix"] in answer["message"], (case, answer)
    print(f"{len(expected)} mistakes named")


main()
