"""What decides: documents, order, outboxes, presence, permissions. Pure: no task, clock, socket or store."""
