"""Which version of the program ran a study."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("studies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="study",
            name="code",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
