from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.http import HttpRequest
from django.utils import timezone


class AccountsConfig(AppConfig):
    name = "monitor.accounts"

    def ready(self) -> None:
        from monitor.accounts import checks  # noqa: F401, PLC0415 - registers what it holds

        user_logged_in.connect(_take_seat, dispatch_uid="take a seat")
        post_migrate.connect(_seal_what_was_open, dispatch_uid="seal what was open")


def _seal_what_was_open(sender: AppConfig, apps: Apps | None = None, **_kwargs: Any) -> None:
    """What an older version kept open in columns that are sealed by now."""
    if apps is None:  # emptied (`flush`), not migrated: nothing is left to seal
        return
    from monitor.accounts.secrets.fields import SealedField, sealed_fields  # noqa: PLC0415 - models have to be up first
    from monitor.accounts.secrets.rotation import seal_open_ones  # noqa: PLC0415

    for field in sealed_fields():
        meta = field.model._meta  # noqa: SLF001 - documented by Django, underscore and all
        if meta.app_label != sender.label or meta.model_name not in apps.all_models[sender.label]:
            continue
        # Whoever migrates to an earlier state leaves the column as that state had it.
        state = apps.get_model(meta.label)._meta  # noqa: SLF001 - documented
        if isinstance(state.get_field(field.name), SealedField):
            seal_open_ones(field)


def _take_seat(request: HttpRequest, **_kwargs: Any) -> None:
    """However somebody signs in, their session says from where."""
    from monitor.accounts.entrance.sessions import take_seat  # noqa: PLC0415 - models have to be up first

    take_seat(request, timezone.now())
