"""One file, one way to start something; each is a `kb.probe.ports.Backend`."""
