"""Bistand: the first response to harassment of employees, in Slack and Microsoft Teams."""

__version__ = "0.1.0"
