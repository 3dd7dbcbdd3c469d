"""`fenghuo search QUERY`: search the index."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from config.cli import records

DAY = click.DateTime(["%Y-%m-%d"])
ORDERS = ["relevance", "newest", "oldest", "soonest"]


@click.command("search", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One notice a line, best first.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@click.option("--offset", default=0, show_default=True, type=click.IntRange(0, 90_000))
@click.option("--kind", multiple=True, help="anti_dumping, technical_regulation, …")
@click.option("--event", multiple=True, help="initiated, final, …")
@click.option("--market", multiple=True, help="Jurisdiction: US, EU, BR, …")
@click.option("--hs", multiple=True, help="Chapter, heading or subheading: 69, 6911, 691110.")
@click.option("--source", multiple=True)
@click.option("--after", type=DAY, help="Published on or after.")
@click.option("--before", type=DAY, help="Published on or before.")
@click.option(
    "--order", type=click.Choice(ORDERS), help="Default: relevance; newest without words."
)
@click.option("--exact", is_flag=True, help="The words only, nothing that means the same.")
@click.option("--as-of", "day", type=DAY, help="The day from which 30d counts.")
def command(  # noqa: PLR0913 - one option a parameter
    *,
    query: tuple[str, ...],
    as_json: bool,
    limit: int,
    offset: int,
    after: datetime | None,
    before: datetime | None,
    order: str | None,
    exact: bool,
    day: datetime | None,
    **filters: tuple[str, ...],
) -> None:
    """Search the index, in Chinese or in the original language (检索).

    QUERY is in the query language: words, "phrases", AND OR NOT, field:value
    (market:US kind:anti_dumping hs:6911 after:2024-01-01 deadline<30d), brackets, begin*.
    The options are the same as the fields of that name.
    """
    records()
    from monitor.search.asking import Question, ask  # noqa: PLC0415 - Django has to be up first
    from monitor.search.engine import Order  # noqa: PLC0415
    from monitor.search.language import QueryError  # noqa: PLC0415

    text = " ".join([*query, *_fields(filters, after, before)])
    question = Question(text, None, Order(order) if order else None, exact, (), offset, limit)
    try:
        asked, page = ask(question, (day or datetime.now(UTC)).date())
    except QueryError as error:
        raise click.UsageError(f"\n{error.pointed(text)}") from error
    for addition in asked.additions:
        searched = ", ".join([*addition.goods.names, *(f"HS {c}" for c in addition.goods.codes)])
        click.echo(f"also searched for {addition.name}: {searched} (--exact: not)", err=True)
    scores = {hit.notice_id: hit.score for hit in page.hits}
    for row in _rows(list(scores), scores):
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))
    click.echo(f"{len(page.hits)} of {page.total}", err=True)


def _fields(
    filters: dict[str, tuple[str, ...]], after: datetime | None, before: datetime | None
) -> list[str]:
    """The options as they would be typed in the query."""
    found = [f"{name}:({' '.join(values)})" for name, values in filters.items() if values]
    if after:
        found.append(f"after:{after:%Y-%m-%d}")
    if before:
        found.append(f"before:{before:%Y-%m-%d}")
    return found


def _rows(ids: list[int], scores: dict[int, float]) -> list[dict[str, Any]]:
    from monitor.notices.models import Notice, ProductClaim  # noqa: PLC0415

    notices = Notice.objects.defer("body", "abstract").in_bulk(ids)
    headings: dict[int, list[str]] = {}
    claims = ProductClaim.objects.filter(notice__in=ids).order_by("-probability")
    for notice, code in claims.values_list("notice", "code"):
        found = headings.setdefault(notice, [])
        if len(code) >= 4 and code[:4] not in found:
            found.append(code[:4])
    return [
        {
            "source": notice.source,
            "number": notice.number,
            "title": notice.title,
            "published": notice.published.isoformat(),
            "kinds": notice.kinds,
            "event": notice.event,
            "jurisdiction": notice.jurisdiction,
            "hs4": headings.get(notice.pk, []),
            "score": scores[notice.pk],
            "url": notice.url,
        }
        for notice in (notices[pk] for pk in ids if pk in notices)
    ]


def _line(row: dict[str, Any]) -> str:
    return f"{row['published']}  {row['jurisdiction']:<4} {row['number']:<18} {row['title']}"
