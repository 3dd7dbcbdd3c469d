from django.db import migrations, models

STATES = [("ready", "Ready"), ("done", "Done"), ("failed", "Failed")]


def state(default: str) -> "models.CharField[str, str]":
    return models.CharField(choices=STATES, default=default, max_length=6)


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        # What is there already counts as seen: nobody is to be told of years of notices at once.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AddField("notice", "watch_state", state("done"))],
            state_operations=[migrations.AddField("notice", "watch_state", state("ready"))],
        ),
        migrations.AddIndex(
            "notice",
            models.Index(
                fields=["id"],
                name="notice_watch_ready",
                condition=models.Q(watch_state="ready"),
            ),
        ),
    ]
