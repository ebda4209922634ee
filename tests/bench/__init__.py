"""What the program costs, as ratios within one run: beside a bare echo bot, beside raw aiohttp, beside the limit."""
