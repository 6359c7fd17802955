"""HTTP and the door to the socket."""
