"""A pytest plugin (`-p tests.at_length`): tests that draw examples draw many more of them.

Tests that take samples in another way may take everything when AT_LENGTH is set in the environment.
"""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = 5000

os.environ["AT_LENGTH"] = "1"
settings.register_profile(
    "at length", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("at length")
