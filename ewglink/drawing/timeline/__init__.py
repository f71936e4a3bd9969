"""The timeline chart: subjects as theme lines, what happened as event frames and upright links, time from left to
right."""
