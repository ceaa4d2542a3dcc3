"""The command ``stonks``: one file a subcommand."""
