"""Who may open a board: capabilities that cannot be guessed, kept only as hashes."""
