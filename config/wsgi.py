"""The WSGI application that gunicorn and the development server serve."""

import os

from django.core.wsgi import get_wsgi_application

from core.workers_house import WorkersHouse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = WorkersHouse(get_wsgi_application())
