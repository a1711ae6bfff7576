"""What production settings refuse, so that an unsafe start is impossible rather than unlikely."""

from django.core.exceptions import ImproperlyConfigured

MIN_KEY_LENGTH = 50
MIN_DISTINCT = 5


def refuse_unsafe(*, debug: bool, secret_key: str, allowed_hosts: list[str], demo_password: str) -> None:
    """Raise ImproperlyConfigured for DEBUG, a weak SECRET_KEY, a wildcard or missing host, or a demo password."""
    if debug:
        raise ImproperlyConfigured("DEBUG must be off in production; set DEMO=1 for a demonstration.")
    if len(secret_key) < MIN_KEY_LENGTH or len(set(secret_key)) < MIN_DISTINCT or secret_key.startswith("django-insecure-"):
        raise ImproperlyConfigured(f"SECRET_KEY is too weak: at least {MIN_KEY_LENGTH} random characters are needed.")
    if not allowed_hosts or "*" in allowed_hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts of this site, without '*'.")
    if demo_password:
        raise ImproperlyConfigured("DEMO_PASSWORD belongs to a demonstration: remove it or set DEMO=1.")
