from django.urls import URLPattern, path

from handbook.entries.views import beside, page, writing

urlpatterns: list[URLPattern] = [
    path("entries/new/", writing.handbook_new, name="handbook-new"),
    path("entries/new/<slug:kind>/", writing.entry_new, name="entry-new"),
    path("entries/outbox/", writing.outbox, name="outbox"),
    path("entries/<int:pk>/", page.entry_page, name="entry"),
    path("entries/<int:pk>/amend/", writing.entry_amend, name="entry-amend"),
    path("entries/<int:pk>/withdraw/", page.entry_withdraw, name="entry-withdraw"),
    path("entries/<int:pk>/people/", beside.entry_people, name="entry-people"),
    path("entries/<int:pk>/matter/", beside.entry_matter, name="entry-matter"),
    path("entries/photos/<int:pk>/", page.entry_photo, name="entry-photo"),
    path("entries/photos/<int:pk>/remove/", page.entry_photo_remove, name="entry-photo-remove"),
]
