"""The audit log: what staff did, never what respondents did; it is only ever added to."""
