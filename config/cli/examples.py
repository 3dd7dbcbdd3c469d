"""`fenghuo examples`: what people judged, for `fenghuo train`."""

import click

from config.cli import django


@click.command("examples")
def command() -> None:
    """Print every judged product claim, one JSON object a line (导出人工判定).

    The text, the code, whether it is right, who said so and when. Written to
    labelled/judged_claims.jsonl of the data folder it is an input of `fenghuo train`.
    """
    django()
    from monitor.notices.examples import examples  # noqa: PLC0415 - Django has to be up first

    for example in examples():
        click.echo(example.model_dump_json())
