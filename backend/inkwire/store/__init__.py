"""The boards, kept in Redis or Valkey; ``board_store`` is what the rest of Inkwire sees."""
