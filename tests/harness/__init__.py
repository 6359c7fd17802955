"""What tests at the wire stand on: real servers, a client that speaks in frames, a faulty network."""
