"""`fenghuo judge`: a person's word on which products a notice is about."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from config.cli import django


@click.command("judge")
@click.argument("notice")
@click.argument("code")
@click.argument("verdict", type=click.Choice(["confirm", "reject", "add"]))
@click.option("--by", required=True, help="The user whose word it is.")
@click.option("--source", help="The notice's source, where two sources use the number.")
def command(*, notice: str, code: str, verdict: str, by: str, source: str | None) -> None:
    """Confirm or reject that NOTICE (its number) is about CODE, or add a missing CODE (确认归类).

    What is judged no machine changes; bases are assessed again by the next walk. Prints the claim.
    """
    django()
    from monitor.notices import judging  # noqa: PLC0415 - Django has to be up first
    from monitor.notices.models import ProductClaim  # noqa: PLC0415

    about, person, now = _notice(notice, source), _person(by), datetime.now(UTC)
    try:
        if verdict == "add":
            claim = judging.add(about, _digits(code), person, now)
        else:
            word = {
                "confirm": ProductClaim.Verdict.CONFIRMED,
                "reject": ProductClaim.Verdict.REJECTED,
            }[verdict]
            claim = judging.judge(about, _digits(code), word, person, now)
    except judging.WrongJudgementError as error:
        raise click.UsageError(str(error)) from error
    click.echo(json.dumps(_shown(claim), ensure_ascii=False))


def _digits(code: str) -> str:
    """As people write it, 6907.21, is as good."""
    return code.replace(".", "").replace(" ", "")


def _notice(number: str, source: str | None) -> Any:
    from monitor.notices.models import Notice  # noqa: PLC0415

    found = Notice.objects.filter(number=number)
    rows = list(found.filter(source=source) if source else found)
    if not rows:
        raise click.UsageError(f"there is no notice {number}")
    if len(rows) > 1:
        sources = ", ".join(sorted(row.source for row in rows))
        raise click.UsageError(f"{number} is a number of {sources}: name one by --source")
    return rows[0]


def _person(name: str) -> Any:
    from monitor.accounts.models import User  # noqa: PLC0415

    person = User.objects.filter(username=name).first()
    if person is None:
        raise click.UsageError(f"there is no user {name}; `manage.py createsuperuser` makes one")
    return person


def _shown(claim: Any) -> dict[str, Any]:
    return {
        "notice": str(claim.notice),
        "code": claim.code,
        "verdict": claim.verdict,
        "by": claim.judged_by.get_username(),
        "at": claim.judged_at.isoformat(),
    }
