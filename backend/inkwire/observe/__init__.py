"""What the people who run Inkwire see: log lines and metrics. Never board content, never secrets."""
