"""The example province: invented people in June 2020, to try everything with."""
