"""The sections of a report, one module each: every one takes the material and gives back sections."""
