"""Second factors: authenticator apps, recovery codes, and logins that wait for one."""
