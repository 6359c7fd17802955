"""Benches: one file a question, ratios against a plain baseline in the same run."""
