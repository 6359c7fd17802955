"""The canvas without a server: how fast it is, and that its shortcuts paint what painting anew paints."""
