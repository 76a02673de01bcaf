"""What the person does: the day's agenda and the sessions. Pure: time and chance are arguments."""
