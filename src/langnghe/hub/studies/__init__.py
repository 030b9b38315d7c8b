"""Studies: files that were uploaded, how they were read, the run, the report."""
