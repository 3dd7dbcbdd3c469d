"""Serves the provider: `python -m tests.provider PORT`; says `ready` and the port once it does."""

import json
import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.provider.settings"
    django.setup()
    fill()
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - after the settings are known

    application = get_wsgi_application()
    with make_server("127.0.0.1", int(sys.argv[1]), application, Server, Quiet) as server:
        print("ready", server.server_port, flush=True)
        server.serve_forever()


def fill() -> None:
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.contrib.auth.models import User  # noqa: PLC0415 - as above
    from django.core.management import call_command  # noqa: PLC0415 - as above
    from oauth2_provider.models import get_application_model  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0)
    state = json.loads(settings.STATE.read_text(encoding="utf-8"))
    for name in state["people"]:
        if not User.objects.filter(username=name).exists():
            User.objects.create_user(name, password=state["password"])
    applications = get_application_model().objects
    if not applications.exists():
        applications.create(
            client_id=state["client"],
            client_secret=state["secret"],
            client_type="confidential",
            authorization_grant_type="authorization-code",
            redirect_uris=state["back"],
            algorithm="RS256",
            skip_authorization=True,
        )


main()
