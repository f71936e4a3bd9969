"""Numbers that name things: one file a scheme, each saying whether a number holds, and never refusing it."""
