"""Browser tests: real Chromium pages on real servers that share a real store."""
