"""Addresses of issues; the number is that of their study."""

from __future__ import annotations

from django.urls import path

from langnghe.hub.issues import book, views

app_name = "issues"
urlpatterns = [
    path("<int:number>/", views.listed, name="list"),
    path("<int:number>/decide/<str:what>", views.decide, name="decide"),
    path("<int:number>/undo", views.undo, name="undo"),
    path("<int:number>/book", book.book, name="book"),
    path("<int:number>/sign", book.sign, name="sign"),
    path("<int:number>/<str:issue>/", views.show, name="show"),
    path("<int:number>/<str:issue>/texts", views.texts, name="texts"),
]
