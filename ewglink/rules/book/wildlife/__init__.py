"""Rules on wildlife: permits, what they are for and how often they are used."""
