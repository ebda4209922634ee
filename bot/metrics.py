"""What /metrics says, in Prometheus' words."""

from prometheus_client import CollectorRegistry, Gauge, generate_latest


class Measures:
    """Numbers are asked for when somebody looks: nothing is counted twice, nothing runs beside."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._gauges: dict[str, Gauge] = {}

    def set(self, name: str, meaning: str, value: float) -> None:
        gauge = self._gauges.get(name)
        if gauge is None:
            gauge = self._gauges[name] = Gauge(f"giaoban_{name}", meaning, registry=self._registry)
        gauge.set(value)

    def text(self) -> bytes:
        return generate_latest(self._registry)
