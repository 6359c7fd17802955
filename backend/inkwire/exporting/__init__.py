"""Writes boards for the world outside: pure functions over elements in paint order."""
