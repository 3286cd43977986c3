"""How far each chain was sent to a collector outside."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Forwarded",
            fields=[
                ("chain", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                ("holder", models.CharField(blank=True, default="", max_length=32)),
                ("held_until", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
