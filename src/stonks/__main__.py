"""``python -m stonks``."""

from stonks.entrypoints.cli.main import main

if __name__ == "__main__":
    main(prog_name="stonks")
