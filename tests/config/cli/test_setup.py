"""`fenghuo setup`: the first operator."""

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from pytest_django import Settings

from config.cli.setup import command
from monitor.accounts.models import User
from tests.signing_in import PASSWORD, QUICK, link_in, tries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [QUICK]


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, list(arguments), input=typed)


def test_it_asks_for_an_address_and_a_password() -> None:
    weak = "password1234\npassword1234\n"
    result = run(typed=f"Root@Example.org\n{weak}{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    user = User.objects.get()
    assert (user.username, user.is_operator) == ("root@example.org", True)
    assert user.check_password(PASSWORD)
    assert PASSWORD not in result.output


def test_with_an_address_it_prints_a_link_that_is_used_once() -> None:
    result = run("--email", "root@example.org")
    visitor = Client()
    form = visitor.get(link_in(result.stdout), follow=True)
    passwords = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert visitor.post(form.request["PATH_INFO"], passwords).status_code == 302
    assert tries(visitor, "root@example.org").status_code == 302
    again = Client().get(link_in(result.stdout), follow=True)
    assert not again.context["validlink"]


def test_it_refuses_where_there_is_one() -> None:
    assert run("--email", "root@example.org").exit_code == 0
    result = run("--email", "other@example.org")
    assert result.exit_code == 1
    assert "--another" in result.output
    assert User.objects.count() == 1
    assert run("--email", "other@example.org", "--another").exit_code == 0
    assert User.objects.filter(is_operator=True).count() == 2


def test_a_sample_operator_is_none() -> None:
    User.objects.create(username="operator@sample.invalid", is_operator=True, sample=True)
    assert run("--email", "root@example.org").exit_code == 0
    result = run("--email", "operator@sample.invalid", "--another")
    assert result.exit_code == 2


def test_an_address_that_is_none_is_refused() -> None:
    result = run("--email", "root")
    assert result.exit_code == 2
    assert not User.objects.exists()


def test_whoever_is_here_already_keeps_their_password() -> None:
    user = User(username="lin@example.org")
    user.set_password(PASSWORD)
    user.save()
    assert run("--email", "lin@example.org").exit_code == 0
    user.refresh_from_db()
    assert user.is_operator
    assert user.check_password(PASSWORD)
