from __future__ import annotations

import time

import pytest

from kb.probe import host


def test_the_fingerprint_is_stable_sorted_and_asked_for_once():
    first = host.fingerprint()
    assert host.fingerprint() is first
    assert list(first.facts) == sorted(first.facts)
    host.fingerprint.cache_clear()
    assert host.fingerprint() == first


def test_the_fingerprint_names_what_moves_a_measurement():
    facts = dict(host.fingerprint().facts)
    assert {"kernel", "cpu", "cpus", "memory_gib", "virtualization", "container", "kvm", "user"} <= set(facts)
    assert all(facts.values())


def test_the_fingerprint_holds_nothing_that_changes_with_a_reboot():
    text = repr(host.fingerprint())
    assert host.read("/proc/sys/kernel/random/boot_id", "no boot id") not in text


def test_programs_are_not_looked_for_in_the_path_of_the_caller(tmp_path, monkeypatch: pytest.MonkeyPatch):
    fake = tmp_path / "prlimit-of-a-stranger"
    fake.write_text("#!/bin/sh\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert host.tool("prlimit-of-a-stranger") is None
    assert host.tool("sh") is not None


def test_what_cannot_be_read_is_the_given_word(tmp_path):
    assert host.read(tmp_path / "none", "nothing") == "nothing"


def test_uptime_goes_forward():
    before = host.uptime_s()
    time.sleep(0.03)
    assert host.uptime_s() > before > 0
