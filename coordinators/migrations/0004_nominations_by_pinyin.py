from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('coordinators', '0003_first_provisions_and_schemes'),
    ]

    operations = [
        migrations.AddField(
            model_name='nomination',
            name='name_pinyin',
            field=models.CharField(default='', editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='nomination',
            name='name_initials',
            field=models.CharField(default='', editable=False, max_length=100),
        ),
    ]
