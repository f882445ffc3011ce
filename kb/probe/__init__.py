"""Starts real processes, containers and virtual machines on this machine and measures them. It knows no questions and no store."""

from __future__ import annotations

from kb.probe.here import HereReport
from kb.probe.measuring import FULL_SET, Prober
from kb.probe.ports import Availability, BackendInfo, MetricInfo
from kb.probe.progress import ProbeEvent

__all__ = ["FULL_SET", "Availability", "BackendInfo", "HereReport", "MetricInfo", "ProbeEvent", "Prober"]
