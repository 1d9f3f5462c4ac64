"""`scripts/faults plans`: planners at once, incidents at the instant of change, and a service killed while publishing.

pairs                  conflicting operations sent at the same moment on the same revision
lost_updates           operations answered yes that are not in the draft (0)
overlaps               pairs after which the drawn grids did not cover the community exactly once (0)
incidents_streamed     incidents that came in while plans took effect
wrong_net_versions     those that do not carry the net effective when they were routed (0)
incidents_failed       those that were not stored (0)
wrong_sides            instants at which a report 1 ms before and one 1 ms after do not differ in grid and worker (0)
kills                  how often the service was killed while it published, and `kills_in_mid_publish` before its answer
nets_mixed             how often something between the old and the new net was found afterwards (0)
control_*              the same with the lock left out, the instant chosen first, the publication in two transactions:
                       must not be 0, or the trial proves nothing
"""

from faults import _plans_kills, _plans_races, _plans_stream
from faults._plans_city import PlanCity
from faults.frame import Options, Verdict, fresh_home, say

PAIRS, QUICK_PAIRS = 200, 20
KILLS, QUICK_KILLS = 20, 4
MOST_CONTROL_PAIRS = 60


def try_out(options: Options) -> Verdict:
    """All trials on one city, each followed by its control; the controls come last, for they leave damage."""
    verdict = Verdict()
    with fresh_home() as home, PlanCity(home) as city:
        _races(city, verdict, options.times(PAIRS, QUICK_PAIRS))
        _kills(city, verdict, options.times(KILLS, QUICK_KILLS))
        _stream(city, verdict)
        _controls(city, verdict)
    return verdict


def _races(city: PlanCity, verdict: Verdict, pairs: int) -> None:
    found = _plans_races.race(city, pairs)
    say(f"  {found.pairs} pairs, {found.lost} lost, {found.overlaps} overlaps")
    verdict.note("pairs", found.pairs)
    verdict.must_be("lost_updates", found.lost, 0)
    verdict.must_be("overlaps", found.overlaps, 0)
    verdict.must_be("both_refused", found.both_refused, 0)


def _kills(city: PlanCity, verdict: Verdict, kills: int) -> None:
    found = _plans_kills.kill(city, kills)
    say(f"  {found.kills} kills: {found.old} times the old net, {found.new} times the new, {found.mixed} mixed")
    verdict.note("kills", found.kills)
    verdict.note("kills_in_mid_publish", found.in_mid_publish)
    verdict.note("old_nets_found", found.old)
    verdict.note("new_nets_found", found.new)
    verdict.must_be("nets_mixed", found.mixed, 0)
    if not found.in_mid_publish:
        verdict.broken.append("the service was never killed while it published, so nothing was tried")


def _stream(city: PlanCity, verdict: Verdict) -> None:
    communities = city.communities()
    sides = [_plans_stream.around_the_instant(city, community) for community in communities[:3]]
    # A worker may hold both grids: then the sides differ in the grid alone, which proves less.
    verdict.must_be("wrong_sides", sum(not differs for differs, _ in sides), 0)
    verdict.note("sides_with_other_workers", sum(worker for _, worker in sides))
    if not any(worker for _, worker in sides):
        verdict.broken.append("no instant changed a worker, so nothing was tried")
    found = _plans_stream.stream(city, communities[:4])
    say(f"  {found.stored} incidents, {found.wrong} wrong, {found.published} plans took effect")
    verdict.note("incidents_streamed", found.stored)
    verdict.must_be("wrong_net_versions", found.wrong, 0)
    verdict.must_be("incidents_failed", found.failed, 0)


def _controls(city: PlanCity, verdict: Verdict) -> None:
    naive = _plans_stream.stream(city, city.communities()[4:6], naive=True)
    verdict.note("control_wrong_net_versions", naive.wrong)
    races = _plans_races.control(city, MOST_CONTROL_PAIRS)
    verdict.note("control_lost_updates", races.lost)
    verdict.note("control_overlaps", races.overlaps)
    verdict.note("control_nets_mixed", int(_plans_kills.control(city)))
    blind = [name for name, value in verdict.figures.items() if name.startswith("control_") and not value]
    verdict.broken += [f"{name} is 0: the trial cannot see that fault" for name in blind]
