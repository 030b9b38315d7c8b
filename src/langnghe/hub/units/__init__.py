"""Units of the organisation: a tree from the province to the grassroots."""
