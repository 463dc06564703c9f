"""What a machine lacks is skipped, unless NO_SKIPS=1 says that nothing may be: then a skip is a failure."""

import os
from collections.abc import Generator

import pytest


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip, an expected failure or a skipped collection into a failure that gives its reason."""
    if os.environ.get("NO_SKIPS") != "1" or report.outcome != "skipped":
        return
    if isinstance(report.longrepr, tuple):
        reason = report.longrepr[2]
    else:
        reason = f"expected failure: {getattr(report, 'wasxfail', '')}"
        report.__dict__.pop("wasxfail", None)  # or pytest would not count it as failed
    report.outcome = "failed"
    report.longrepr = f"NO_SKIPS=1, but this was skipped: {reason}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    refuse_skip(report)
    return report
