"""Reads drawings made elsewhere: bytes in, a checked plan of new elements out."""
