"""What a form takes, where it leads, and how secrets are compared."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.test import Client
from django.urls import get_resolver

from monitor.accounts.models import User

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "/%09/evil.example",
    "https:///evil.example",
    "https://testserver@evil.example/",
    "\thttps://evil.example",
]


def all_forms(of: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for form in of.__subclasses__():
        if form.__module__.split(".")[0] in {"monitor", "alerts"}:
            yield form
        yield from all_forms(form)


def test_forms_take_the_fields_that_they_name() -> None:
    assert get_resolver().url_patterns  # which imports every view, and so every form
    found = set(all_forms())
    assert len(found) >= 5
    for form in found:
        if issubclass(form, forms.BaseModelForm):
            meta = form._meta
            assert meta.fields not in (None, forms.ALL_FIELDS), form
            assert meta.exclude is None, form


def sources() -> Iterator[Path]:
    for folder in ("monitor", "alerts", "config"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_no_row_is_made_of_whatever_was_posted() -> None:
    """`Model(**request.POST)`, `setattr` with a name that came in."""
    wrong = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg is None:
                text = ast.unparse(node.value)
                if ".POST" in text or ".GET" in text or "request.body" in text:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.value.lineno}")
    assert wrong == []


SECRET = ("digest", "secret", "signature", "password", "token", "mac")


def test_secrets_are_compared_in_constant_time() -> None:
    """`==` of what somebody gave with what is kept would tell by its time how much is right."""
    wrong = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
                named = [ast.unparse(side).lower() for side in (node.left, *node.comparators)]
                literal = any(isinstance(s, ast.Constant) for s in (node.left, *node.comparators))
                if not literal and any(side.endswith(SECRET) for side in named):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}")
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("then", ELSEWHERE)
def test_changing_the_language_leads_nowhere_else(then: str) -> None:
    answer = Client().post("/i18n/setlang/", {"language": "en", "next": then})
    assert answer.status_code == 302
    assert is_ours(answer.headers["Location"])


@pytest.mark.django_db
@pytest.mark.parametrize("then", ELSEWHERE)
def test_signing_in_leads_nowhere_else(then: str) -> None:
    User.objects.create_user("a@example.org", password="a long and odd passphrase")
    given = {"address": "a@example.org", "password": "a long and odd passphrase", "next": then}
    answer = Client().post("/sign-in/", given)
    assert answer.status_code == 302
    assert is_ours(answer.headers["Location"])


def is_ours(location: str) -> bool:
    """As browsers read it: a path, which no slash or backslash makes a host."""
    return location.startswith("/") and location[1:2] not in ("/", "\\", "\t")
