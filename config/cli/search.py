"""`fenghuo search QUERY`: search the index."""

import json
from datetime import datetime
from typing import Any, Literal

import click

from config.cli import records

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("search")
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One notice a line, best first.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@click.option("--kind", multiple=True, help="anti_dumping, technical_regulation, …")
@click.option("--event", multiple=True, help="initiated, final, …")
@click.option("--market", multiple=True, help="Jurisdiction: US, EU, BR, …")
@click.option("--hs", multiple=True, help="Chapter, heading or subheading: 69, 6911, 691110.")
@click.option("--source", multiple=True)
@click.option("--after", type=DAY, help="Published on or after.")
@click.option("--before", type=DAY, help="Published on or before.")
@click.option("--order", type=click.Choice(["relevance", "date"]), default="relevance")
def command(  # noqa: PLR0913 - one option a parameter
    *,
    query: tuple[str, ...],
    as_json: bool,
    limit: int,
    after: datetime | None,
    before: datetime | None,
    order: Literal["relevance", "date"],
    market: tuple[str, ...],
    **filters: tuple[str, ...],
) -> None:
    """Search the index, in Chinese or in the original language (检索)."""
    records()
    from monitor.search.engine import Query, engine  # noqa: PLC0415 - Django has to be up first

    page = engine().search(
        Query(
            text=" ".join(query),
            filters=filters | {"jurisdiction": market},
            after=_number(after),
            before=_number(before),
            order=order,
            limit=limit,
        )
    )
    scores = {hit.notice_id: hit.score for hit in page.hits}
    for row in _rows(list(scores), scores):
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))
    click.echo(f"{len(page.hits)} of {page.total}", err=True)


def _number(day: datetime | None) -> int | None:
    return int(f"{day:%Y%m%d}") if day else None


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
