"""The version of the protocol, spoken in the first frame."""

PROTOCOL_VERSION = 1
