"""Counts what is as it should be and what is not, and says so, a line each."""

import sys

_count = 0
_failed = 0


def check(what, good, found=None):
    """Prints a line of the Test Anything Protocol, and what was found instead when it is not good."""
    global _count, _failed
    _count += 1
    print(f"{'ok' if good else 'not ok'} {_count} - {what}", flush=True)
    if not good:
        _failed += 1
        print(f"  {str(found)[:1000]}", flush=True)


def finish():
    """Ends the program; with 1 when something was not good."""
    print(f"{_count - _failed} passed, {_failed} failed", flush=True)
    sys.exit(1 if _failed else 0)
