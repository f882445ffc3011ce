"""Whether this machine is under such pressure that a real start may fail for that alone; such a test is skipped and says so."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

import pytest

from kb.errors import BackendUnavailable, ProbeBusy, ProbeError, ProbeTimeout
from kb.probe import host

Found = TypeVar("Found")
_TRIES = 3


def pressure() -> str | None:
    """In words; `None` where the machine is calm enough for real starts to come up in time."""
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    waiting = host.cpu_pressure() or 0.0
    if load > 1.5 * processors or waiting > 50:
        return f"machine under pressure: load {load:.1f} on {processors} processors, {waiting:.0f} % of the time some task waited"
    return None


def measured(run: Callable[[], Found]) -> Found:
    """What `run` gives; skipped where the backend does not work here, or where the machine is too busy for it to come up in time.

    A calm machine has no excuse: what fails there each of three times is a failure.
    """
    for number in range(1, _TRIES + 1):
        busy = pressure()
        try:
            return run()
        except (BackendUnavailable, ProbeBusy) as error:
            pytest.skip(f"{error.in_language('zh')[0]} / {error}")
        except (ProbeTimeout, ProbeError) as error:
            if (busy := pressure() or busy) is not None:
                pytest.skip(f"{busy}; {error}")
            if number == _TRIES:
                raise
    raise AssertionError("unreachable")


def eventually(holds: Callable[[], bool], told: Callable[[], object]) -> None:
    """A noisy figure gets three chances; on a machine under pressure it decides nothing."""
    for _ in range(_TRIES):
        if holds():
            return
    if (busy := pressure()) is not None:
        pytest.skip(f"{busy}; last figure {told()}")
    pytest.fail(f"three times: {told()}")
