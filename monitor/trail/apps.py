from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "monitor.trail"

    def ready(self) -> None:
        from monitor.trail import hearing  # noqa: PLC0415 - models have to be up first

        hearing.listen()
