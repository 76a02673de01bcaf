"""Plans toward an interview: what a day of one holds, and what it will come to."""
