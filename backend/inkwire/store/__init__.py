"""The boards, kept in Redis or Valkey and nowhere else; ``board_store`` is what the rest of Inkwire sees."""
