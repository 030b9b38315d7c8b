"""Surveys: a form from a spreadsheet, answered by anybody without being known, shown when it has closed."""
