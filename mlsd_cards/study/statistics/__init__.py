"""Where one stands, in figures that know no terminal and no page. Pure.

share       a part of something, and when it is too little to tell
period      what was answered by day and by week: a series for a chart
heat        the days of 26 weeks, and how much each holds beside the busiest
forecast    what will be due on each of the next days
retention   how much is remembered: young, mature, by topic, by week
quizzes     the scores of the quizzes, and how well one judged one's answers
interviews  what each step of the interviews had of its points
overview    all of them together, made of what the store counts
"""
