"""What talon takes for a file of bodies: run in an environment of its own by reading.py. Prints one JSON object.

Quotations alone: its signatures need a machine-learning library of 2017. So it does less than our extraction, which takes signatures off too.
Measured in CPU time: a busy machine does not count.
"""

import json
import logging
import sys
import time
import warnings

import talon
from talon import quotations


def extract(body):
    # It gives up on some bodies; that counts as done.
    try:
        if body.get("html") is None:
            return len(quotations.extract_from(body["text"], "text/plain"))
        return len(quotations.extract_from(body["html"], "text/html"))
    except Exception:
        return -1


def main():
    talon.init()
    logging.disable()
    warnings.simplefilter("ignore")
    with open(sys.argv[1], encoding="utf-8") as file:
        bodies = json.load(file)
    seconds = float(sys.argv[2])
    failed = sum(extract(body) < 0 for body in bodies)
    times = [[] for _ in bodies]
    total = 0.0
    while total < seconds or len(times[0]) < 3:
        for index, body in enumerate(bodies):
            begun = time.process_time()
            extract(body)
            took = time.process_time() - begun
            times[index].append(took)
            total += took
    done = sum(map(len, times))
    medians = [sorted(each)[len(each) // 2] for each in times]
    print(json.dumps({"items": len(bodies), "done": done, "seconds": total, "per_second": done / total, "slowest_ms": max(medians) * 1000,
                      "failed": failed}))


if __name__ == "__main__":
    main()
