"""Addresses of hand-coding."""

from __future__ import annotations

from django.urls import path

from langnghe.hub.coding import desk, plan

app_name = "coding"
urlpatterns = [
    path("", desk.listed, name="list"),
    path("<int:number>/", desk.desk, name="desk"),
    path("<int:number>/give", desk.give, name="give"),
    path("<int:number>/undo", desk.undo, name="undo"),
    path("<int:number>/sheet", desk.sheet, name="sheet"),
    path("<int:number>/filled", desk.filled, name="filled"),
    path("<int:number>/plan", plan.plan, name="plan"),
    path("<int:number>/draw", plan.draw, name="draw"),
    path("<int:number>/learn", plan.learn, name="learn"),
    path("<int:number>/seats", plan.seats, name="seats"),
    path("<int:number>/talk", plan.talk, name="talk"),
    path("<int:number>/agree", plan.agree, name="agree"),
]
