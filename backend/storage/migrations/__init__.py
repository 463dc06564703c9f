"""Numbered steps, each with `up(migrator, database)`; never changed once released."""
