"""`fenghuo scheduler`: the clock."""

import logging

import click

from config.cli import records


@click.command("scheduler")
@click.option("--lease-seconds", default=45.0, show_default=True, help="How long the lease lives.")
@click.option("--renew-seconds", default=12.0, show_default=True, help="How often it is renewed.")
@click.option(
    "--look-seconds", default=5.0, show_default=True, help="How often others look for it."
)
def command(lease_seconds: float, renew_seconds: float, look_seconds: float) -> None:
    """Do the jobs of config/schedule.py at their times (定时值守).

    Any number may run, on any hosts that share the database: one works, the others wait and take
    over when it is gone. Ends on SIGTERM.
    """
    if renew_seconds >= lease_seconds:
        raise click.UsageError("--renew-seconds must be less than --lease-seconds")
    records()
    from config import clock, schedule  # noqa: PLC0415 - Django has to be up first

    logging.getLogger().setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    schedule.run(pace=clock.Pace(lease_seconds, renew_seconds, look_seconds))
