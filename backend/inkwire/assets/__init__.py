"""Pictures: what their bytes say of them, and where they are kept, each once under its hash."""
