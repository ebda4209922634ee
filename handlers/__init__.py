"""The office: one folder a capability."""
