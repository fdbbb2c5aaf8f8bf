"""Durable state: sealed, in a database of the operator's."""
