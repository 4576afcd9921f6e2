"""Waiting for what comes by itself."""
import time


def until(condition, what, seconds=60, page=None):
    """The condition's value as soon as it is true; the bound only ends a failed test. `page`: a page of Playwright's, which goes on meanwhile."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        page.wait_for_timeout(50) if page else time.sleep(0.05)
