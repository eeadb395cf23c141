"""Resolution: mentions of one thing become one entity."""
