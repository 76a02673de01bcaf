"""One page of HTML with pictures of where one stands; the only code that draws them.

element   text and elements of a page, escaped
style     the style sheet, and the colours by their names
picture   what matplotlib draws, as SVG that takes its colours from the page
charts    the pictures: lines, bars, the map of days
section   a heading, what is said, a picture, and its numbers as a table
figures   the sections that the figures of ``study/statistics`` give
ahead     those of the plan, and of what is known by topic
trials    those of quizzes and interviews
page      the whole page
"""
