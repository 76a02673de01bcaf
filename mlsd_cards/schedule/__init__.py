"""When a card returns: schedulers and the study day. Pure: the past, a grade and a day go in."""
