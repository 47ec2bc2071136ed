"""The history of the database's shape (Alembic).

Run by `aidline.storage.sql.migrate`; no alembic.ini is needed. After changing `aidline/storage/models.py`,
write the next step with `uv run python -m aidline.storage.migrations "what changed"` and read it before
committing it.
"""
