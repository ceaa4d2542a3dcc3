"""Mail, which every context may send: what it says, that it is on its way, and how it leaves."""
