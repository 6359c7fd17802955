"""What more than one way in does: the same for a request and for the command line."""
