"""People who work with the hub: their role, their unit, and how they come in. Respondents have no account and are not here."""
