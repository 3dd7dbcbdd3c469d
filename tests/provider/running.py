"""The provider in a process of its own, and a browser that signs in there."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "there, not here"
CLIENT, SECRET = "fenghuo: by & for", "a secret % of + the client"


def fresh_key() -> str:
    key = generate_private_key(65537, 2048)
    return key.private_bytes(
        Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    ).decode()


first_key = cache(fresh_key)


@dataclass
class Running:
    """`people`: what is said of each beside the subject."""

    folder: Path
    people: dict[str, dict[str, Any]]
    back: str
    keys: list[str] = field(default_factory=lambda: [first_key()])
    port: int = 0
    process: "subprocess.Popen[str] | None" = None

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}/o"

    def say(self, name: str, /, **said: Any) -> None:
        """From now on this is said of them; None: nothing."""
        claims = self.people[name] | said
        self.people[name] = {key: value for key, value in claims.items() if value is not None}
        self._write()

    def start(self) -> None:
        self._write()
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.provider", str(self.port)],
            cwd=ROOT,
            env=os.environ | {"PROVIDER": str(self.folder)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        said = self.process.stdout.readline().split()
        assert said[:1] == ["ready"], said
        self.port = int(said[1])

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.communicate(timeout=20)
            self.process = None

    def _write(self) -> None:
        state = {
            "people": self.people,
            "password": PASSWORD,
            "client": CLIENT,
            "secret": SECRET,
            "back": self.back,
            "keys": self.keys,
        }
        (self.folder / "state.json").write_text(json.dumps(state), encoding="utf-8")


def sign_in_there(address: str, name: str) -> str:
    """What a browser does there, from where it was sent to where it is sent back."""
    # Plain HTTP: no need to read the authorities that are trusted.
    with httpx.Client(trust_env=False, timeout=20, verify=False) as browser:
        answer = browser.get(address)
        there = urlsplit(address).netloc
        while urlsplit(str(answer.url.join(answer.headers["Location"]))).netloc == there:
            answer = browser.get(answer.url.join(answer.headers["Location"]))
            if answer.status_code == 200:
                answer = _filled(browser, answer, name)
        return answer.headers["Location"]


def _filled(browser: httpx.Client, page: httpx.Response, name: str) -> httpx.Response:
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    form = {"csrfmiddlewaretoken": token, "username": name, "password": PASSWORD}
    return browser.post(page.url, data=form)
