"""`python -m bot` and the console script `giaoban`."""

import gc
import sys


def main() -> None:
    gc.disable()  # nothing of what is loaded is garbage, and looking through it time after time takes long
    from bot.cli import run

    gc.enable()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
