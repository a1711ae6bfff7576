"""The site without the wrapper that makes it forget: to show that the search would find a visitor."""

from config.wsgi import application as whole

application = whole.application
