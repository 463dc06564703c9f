"""Fills a record with rehearsed conversations (`seed`) and measures how the server serves from it (`measure`)."""
