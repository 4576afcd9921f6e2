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


def drawn(frame):
    """Waits until a page or a frame of it has drawn itself twice: a new size or a new scheme of colours reaches it with its next picture. A frame
    that is out of sight, or may run no script, never does."""
    frame.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def still(frame):
    """Waits until nothing is on its way any more that ends by itself: contrast is measured then."""
    drawn(frame)
    frame.evaluate("""Promise.all(document.getAnimations().filter((one) => one.playState === 'running')
        .filter((one) => one.effect.getComputedTiming().endTime !== Infinity).map((one) => one.finished.catch(() => undefined)))""")
