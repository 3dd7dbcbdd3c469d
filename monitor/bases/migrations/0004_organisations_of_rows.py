"""Chambers and firms that exist already get their organisations."""

from typing import Any

from django.db import migrations
from django.utils import timezone

from monitor.bases.organisations import of_rows


def forwards(apps: Any, _schema_editor: Any) -> None:
    of_rows(timezone.now(), apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_people"), ("bases", "0003_organisations")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
