"""From the posts that a person holds today to his scope."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection

from accounts.posts import Post
from core.scope import Person, Scope


def post_models() -> list[type[Post]]:
    """Every concrete kind of post in the project, wherever it is defined: no upward import, no second list."""
    return [model for model in apps.get_models() if issubclass(model, Post)]


def posts_held(user: Person, day: date) -> list[Any]:
    """The posts of every kind that `user` holds on `day`; a query for each kind that he ever held, which is one for most."""
    kinds = _kinds_ever_held(user)
    return [post for model in kinds for post in model.objects.of(user).held_on(day).select_related(*model.title_joins)]


def _kinds_ever_held(user: Person) -> list[type[Post]]:
    """In one plain statement: every request asks, and making the queries of all kinds costs more than what they find."""
    models = post_models()
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    asked = [f"SELECT {n} WHERE EXISTS (SELECT 1 FROM {name} WHERE person_id = %s)" for n, name in enumerate(tables)]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked) + " ORDER BY 1", [user.pk] * len(models))
        return [models[n] for (n,) in cursor.fetchall()]


def titles_held(people: Iterable[Person], day: date) -> dict[int, str]:
    """Person → the titles of the posts held on `day`, for a list of people; one query a kind of post."""
    titles: dict[int, list[str]] = {}
    for model in post_models():
        for post in model.objects.held_on(day).filter(person__in=people).select_related(*model.title_joins):
            titles.setdefault(post.person_id, []).append(str(post.title))
    return {person: in_words(words) for person, words in titles.items()}


def in_words(titles: Iterable[str]) -> str:
    """Several posts of one person; the same title is said once."""
    return "、".join(dict.fromkeys(map(str, titles)))


def scope_of(posts: Iterable[Post]) -> Scope:
    """The union of the grants of these posts."""
    return Scope(tuple(grant for post in posts for grant in post.grants()))
