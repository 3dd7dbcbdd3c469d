"""How long it takes to open cases and to follow them, and how many queries.

    python -m benchmarks.case_following --cases 500

An installation of its own is filled with synthetic measures and thrown away.
"""

import os
import tempfile

import click


@click.command()
@click.option("--cases", default=500, show_default=True)
def main(cases: int) -> None:
    """Open so many cases by the rule, then let two notices join each of their measures."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FENGHUO_VAR"] = folder
        from config.cli import records  # noqa: PLC0415 - after the folder is settled

        records()
        from benchmarks.case_following_run import run  # noqa: PLC0415

        click.echo("\n".join(run(cases)))


if __name__ == "__main__":
    main()
