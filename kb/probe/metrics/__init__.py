"""One file, one thing to measure; each is a `kb.probe.ports.Metric`."""
