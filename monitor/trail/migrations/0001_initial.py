import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Whoever rebuilds the table in a later migration, as SQLite does for most changes of a column,
# loses its triggers with the old one and has to make them again.

PERMITTED = """
    EXISTS (
        SELECT 1 FROM trail_permit AS permit
        JOIN trail_entry AS boundary ON boundary.number = permit.boundary
        WHERE boundary.verb = 'expire'
          AND OLD.number <= permit.through AND OLD.at < permit.before
    )
"""

SQLITE = (
    """
    CREATE TRIGGER trail_entry_unchanged BEFORE UPDATE ON trail_entry BEGIN
        SELECT RAISE(ABORT, 'trail_entry: a line of the trail is not changed');
    END
    """,
    f"""
    CREATE TRIGGER trail_entry_kept BEFORE DELETE ON trail_entry WHEN NOT {PERMITTED} BEGIN
        SELECT RAISE(ABORT, 'trail_entry: a line of the trail is not deleted');
    END
    """,
    # REPLACE deletes what is in its way without a word to the trigger above.
    """
    CREATE TRIGGER trail_entry_once BEFORE INSERT ON trail_entry
    WHEN EXISTS (SELECT 1 FROM trail_entry WHERE number = NEW.number) BEGIN
        SELECT RAISE(ABORT, 'trail_entry: a line of the trail is not replaced');
    END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION trail_entry_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'trail_entry: a line of the trail is not changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER trail_entry_unchanged BEFORE UPDATE ON trail_entry
    FOR EACH ROW EXECUTE FUNCTION trail_entry_unchanged()
    """,
    f"""
    CREATE FUNCTION trail_entry_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {PERMITTED} THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'trail_entry: a line of the trail is not deleted'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER trail_entry_kept BEFORE DELETE ON trail_entry
    FOR EACH ROW EXECUTE FUNCTION trail_entry_kept()
    """,
    """
    CREATE FUNCTION trail_entry_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT 1 FROM trail_entry) THEN
            RAISE EXCEPTION 'trail_entry: a line of the trail is not deleted'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER trail_entry_not_emptied BEFORE TRUNCATE ON trail_entry
    FOR EACH STATEMENT EXECUTE FUNCTION trail_entry_not_emptied()
    """,
)
SQLITE_BACK = tuple(f"DROP TRIGGER trail_entry_{name}" for name in ("unchanged", "kept", "once"))
POSTGRESQL_BACK = tuple(
    f"DROP FUNCTION trail_entry_{name}() CASCADE" for name in ("unchanged", "kept", "not_emptied")
)


class OnVendor(migrations.RunSQL):
    """SQL of one kind of database; nothing on another."""

    def __init__(self, vendor: str, sql: tuple[str, ...], reverse_sql: tuple[str, ...]) -> None:
        super().__init__(sql, reverse_sql)
        self.vendor = vendor

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: StateApps,
        to_state: StateApps,
    ) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: StateApps,
        to_state: StateApps,
    ) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("mail", models.CharField(blank=True, db_index=True, max_length=254)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("forgotten_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=45)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trail.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["text", "person"], name="trail_address_whose")],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("key", "Key"),
                            ("anybody", "Anybody"),
                            ("house", "House"),
                        ],
                        max_length=7,
                    ),
                ),
                ("key", models.BigIntegerField(null=True)),
                ("verb", models.CharField(max_length=40)),
                ("app", models.CharField(blank=True, max_length=40)),
                ("model", models.CharField(blank=True, max_length=40)),
                ("row", models.CharField(blank=True, max_length=64)),
                ("page", models.CharField(blank=True, max_length=300)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="done",
                        to="trail.person",
                    ),
                ),
                (
                    "acting_for",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "concerned",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told",
                        to="trail.person",
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="trail.address",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)), name="trail_entry_numbered"
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["concerned", "-at", "-number"], name="trail_entry_concerned"
                    ),
                    models.Index(fields=["at"], name="trail_entry_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Permit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("through", models.BigIntegerField()),
                ("before", models.DateTimeField()),
                ("boundary", models.BigIntegerField()),
                (
                    "never",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="trail.entry",
                    ),
                ),
            ],
        ),
        OnVendor("sqlite", SQLITE, SQLITE_BACK),
        OnVendor("postgresql", POSTGRESQL, POSTGRESQL_BACK),
    ]
