"""Disclosure control: the one door through which counts leave (`publish`), and the rule that it keeps."""

from langnghe.measure.disclosure.door import Links, publish
from langnghe.measure.disclosure.growth import Then
from langnghe.measure.disclosure.merge import merge_small
from langnghe.measure.disclosure.rule import only_shown, rule_for
from langnghe.measure.disclosure.tables import Sum, Table

__all__ = ["Links", "Sum", "Table", "Then", "merge_small", "only_shown", "publish", "rule_for"]
