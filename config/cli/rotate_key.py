"""`fenghuo rotate-key`: another key for what is kept sealed."""

import click

from config.cli import records

ROTATE = "rotate_key"
"""In the trail."""


@click.command("rotate-key")
@click.option(
    "--finish", is_flag=True, help="Drop the old keys, once nothing needs them (弃用旧钥)."
)
@click.option("--batch", default=500, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--print", "show", is_flag=True, help="Only print a key, for the environment.")
def command(*, finish: bool, batch: int, show: bool) -> None:
    """Seal everything with a key of its own (更换密钥); run again, it goes on where it was stopped.

    The old key still unseals, so that nothing has to stop. A backup made before it is dropped can
    only be read with it: keep it as long as the backup. With keys in FENGHUO_ENCRYPTION_KEYS put
    one before the others, start everything again, then run this.
    """
    records(by_hand=True)
    from monitor.accounts.secrets import rotation, sealing  # noqa: PLC0415 - Django has to be up first
    from monitor.trail.recording import told  # noqa: PLC0415

    if show:
        click.echo(sealing.new_key())
        return
    if finish:
        _finish()
        return
    fresh = rotation.begin()
    told(ROTATE, after={"new_key": fresh})
    click.echo("a new key seals" if fresh else "the first key seals", err=True)
    changed = 0
    for rows in rotation.seal_anew(batch):
        changed += rows
        click.echo(f"sealed anew {changed}", err=True)
    told(ROTATE, after={"sealed_anew": changed})
    click.echo("all is sealed with the first key; --finish drops the others", err=True)


def _finish() -> None:
    from monitor.accounts.secrets import rotation  # noqa: PLC0415
    from monitor.trail.recording import told  # noqa: PLC0415

    try:
        dropped = rotation.finish()
    except rotation.KeysElsewhere as error:
        raise click.ClickException(str(error)) from error
    told(ROTATE, after={"dropped": dropped})
    click.echo(f"old keys dropped: {dropped}", err=True)
