"""The timeline is called `entries`: /handbook/ and its name belong to the rules of the handbook (coordinators.handbook)."""

from django.urls import URLPattern, path

from handbook.lists import book, calendar, views

urlpatterns: list[URLPattern] = [
    path("entries/", views.entries, name="entries"),
    path("entries/export/", views.entries_export, name="handbook-export"),
    path("entries/calendar/", calendar.calendar_now, name="handbook-calendar"),
    path("entries/calendar/<month:month>/", calendar.calendar_month, name="handbook-calendar-month"),
    path("entries/book/<str:post>/<int:pk>/<month:month>/", book.month_book, name="handbook-book"),
]
