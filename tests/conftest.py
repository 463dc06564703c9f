"""What all tests share."""

pytest_plugins = ["tests.skips", "tests.driver", "tests.long_ones_first"]
