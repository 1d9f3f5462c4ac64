"""`scripts/bench demo`: how long the demo city takes from an empty home to ready, step by step.

demo_load_s        from the command to ready, the cluster made and everything loaded
load_<step>_s      what its steps take; some run beside each other
"""

from statistics import median

from benchmarks.frame import Figures, Options, fresh_home
from benchmarks.service import demo_city


def measure(options: Options) -> Figures:
    """The times of a load; medians where it is repeated."""
    runs: list[Figures] = []
    for _ in range(options.times(2, 1)):
        with fresh_home() as place, demo_city(options, place) as service:
            steps = {f"load_{name}_s": seconds for name, seconds in service.steps.items()}
            runs.append({"demo_load_s": service.ready_s} | steps)
    return {name: round(median(run[name] for run in runs), 2) for name in runs[0]}
