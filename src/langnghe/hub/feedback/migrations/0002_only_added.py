"""The database itself refuses to delete messages or to change them; their text may be emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEPT = ("id", "letter_id", "number", "is_staff", "day")
CHANGED = " OR ".join(
    [f"NEW.{name} <> OLD.{name}" for name in KEPT]
    + [f"(NEW.{name} <> OLD.{name} AND NEW.{name} <> '')" for name in ("text", "masked")]
)
SQLITE = [
    "CREATE TRIGGER feedback_message_delete BEFORE DELETE ON feedback_message "
    "BEGIN SELECT RAISE(ABORT, 'messages are only added'); END",
    f"CREATE TRIGGER feedback_message_update BEFORE UPDATE ON feedback_message WHEN {CHANGED} "
    "BEGIN SELECT RAISE(ABORT, 'messages are only added'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION feedback_message_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'messages are only added'; END $$",
    "CREATE TRIGGER feedback_message_delete BEFORE DELETE ON feedback_message "
    "FOR EACH ROW EXECUTE FUNCTION feedback_message_refuse()",
    "CREATE TRIGGER feedback_message_update BEFORE UPDATE ON feedback_message "
    f"FOR EACH ROW WHEN ({CHANGED}) EXECUTE FUNCTION feedback_message_refuse()",
]


def guard(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ANN401 - the state of all apps
    """Set the triggers."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers on the table of messages."""

    dependencies = [("feedback", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
