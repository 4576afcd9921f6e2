"""For all folders: what failed at the first try is told with its reason, though it passed at the second."""


def pytest_terminal_summary(terminalreporter):
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.write_line(f"FIRST TRY {report.nodeid}")
        for line in report.longreprtext.splitlines():
            if line.startswith(("E ", ">")):
                terminalreporter.write_line(f"    {line[:200]}")
