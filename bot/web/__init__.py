"""The aiohttp side: server, health, metrics, hooks."""
