"""Documents for people: a day's and a month's report as PDF, a month's calendar as a picture; set by typst."""
