"""What holds for every test: property tests draw the same examples each time; `make soak` draws new ones."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

SLOW_MACHINE = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("test", deadline=None, derandomize=True, database=None, suppress_health_check=SLOW_MACHINE)
settings.register_profile("soak", deadline=None, database=None, suppress_health_check=SLOW_MACHINE)
settings.load_profile("soak" if os.environ.get("BISTAND_SOAK") else "test")
