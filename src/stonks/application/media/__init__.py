"""Media, which every context may keep: images as they are shown, and where their files lie."""
