"""How a process gives signs of life."""

EVERY = 3.0
"""Seconds from one to the next, at most."""
LASTS = 15.0
"""How many seconds it is believed without a new one."""
SETTLES = 5.0
"""Seconds in which every process that lives has given one."""

ATTENDANCE_EVERY = 5.0
"""Seconds from one to the next that says who follows which room."""
ATTENDANCE_SETTLES = 10.0
"""Seconds in which every process that lives has given one of those."""
