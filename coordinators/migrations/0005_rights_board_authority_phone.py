import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("coordinators", "0004_nominations_by_pinyin"),
    ]

    operations = [
        migrations.AddField(
            model_name="rightsboard",
            name="authority_phone",
            field=models.CharField(
                blank=True,
                default="",
                max_length=20,
                validators=[django.core.validators.RegexValidator("^[0-9][0-9 -]{2,19}$", "Digits, spaces and hyphens only.")],
                verbose_name="that authority's complaint phone",
            ),
            preserve_default=False,
        ),
    ]
