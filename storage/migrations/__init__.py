"""Alembic migrations; run by `storage.migrate`, or by `alembic` with this folder as script location."""
