"""`fenghuo serve`: the pages, by waitress."""

import gc
from datetime import date, datetime
from ipaddress import ip_address
from threading import Thread
from typing import Any

import click

from config.cli import records

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--as-of", "day", type=DAY, help="The day that the pages take for today.")
@click.option(
    "--let-others-in",
    is_flag=True,
    help="Allow a --host that others can reach; passwords travel in the clear to it.",
)
def command(host: str, port: int, day: datetime | None, *, let_others_in: bool) -> None:
    """Serve the pages, on this machine only unless told otherwise (网页服务)."""
    if not (is_loopback(host) or let_others_in):
        raise click.UsageError(
            f"{host} can be reached by others, and passwords would travel to it in the clear: "
            "put a server that speaks TLS before it, or add --let-others-in."
        )
    serve_pages(host, port, day.date() if day else None)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address. A name other than localhost counts as one
    that others can reach: what it means is for the resolver to say, later."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def serve_pages(host: str, port: int, as_of: date | None = None) -> None:
    """Serve until interrupted; port 0 takes a free one. Says its address on stderr.

    Raises `click.ClickException` where the address cannot be taken.
    """
    records()
    from django.conf import settings  # noqa: PLC0415 - Django has to be up first
    from waitress import create_server  # noqa: PLC0415

    from config.wsgi import application  # noqa: PLC0415

    settings.FENGHUO_AS_OF = as_of
    try:
        server = create_server(
            application,
            host=host,
            port=port,
            threads=4,
            ident=None,
            # The largest file and the form around it; more is not even read.
            max_request_body_size=settings.FENGHUO_LARGEST_UPLOAD + 2**20,
            **_behind(settings),
        )
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror}") from error
    Thread(target=_warm, daemon=True).start()
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"烽火 http://{shown}:{_port(server)}/  (Ctrl+C)", err=True)
    server.run()


def _behind(settings: Any) -> dict[str, Any]:
    """What is believed of a server in front."""
    if not settings.HTTPS:
        return {}
    return {
        "trusted_proxy": settings.ENVIRONMENT.trusted_proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def _warm() -> None:
    """Read the product lexicon before the first reader waits for it. It stays as long as the
    process: a garbage collector that went through it again and again would hold up pages."""
    from monitor.search.widening import meant  # noqa: PLC0415 - Django has to be up first

    meant("陶瓷餐具")
    gc.freeze()


def _port(server: Any) -> int:
    """`localhost` may be two addresses, and so two listeners."""
    listeners = getattr(server, "effective_listen", None)
    return int(listeners[0][1] if listeners else server.effective_port)
