"""Starts real processes, containers and virtual machines on this machine and measures them. It knows no questions and no store."""

from __future__ import annotations

from kb.probe.measuring import Prober
from kb.probe.ports import Availability, BackendInfo, MetricInfo
from kb.probe.progress import ProbeEvent

__all__ = ["Availability", "BackendInfo", "MetricInfo", "ProbeEvent", "Prober"]
