from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trail", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="by",
            field=models.CharField(
                choices=[
                    ("person", "Person"),
                    ("key", "Key"),
                    ("anybody", "Anybody"),
                    ("house", "House"),
                    ("command", "Command"),
                ],
                max_length=7,
            ),
        ),
    ]
