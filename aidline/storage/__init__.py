"""Where things are kept: Redis for what is under way, SQL for what is on record."""
