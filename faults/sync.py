"""`scripts/faults sync`: phones that send visits over a bad line to a service that is killed; nothing lost or doubled.

A proxy stands between phones and service. It drops answers after the service has committed, sends requests twice, and
lets later ones overtake earlier ones; meanwhile the service is killed (-9) and started again. Phones keep what was not
answered and send it again. At the end every visit that a phone made must be in the database exactly once.

visits_made            what the phones made
visits_lost            those of them that are not in the database at the end (0)
visits_doubled         rows more than visits (0)
answers_dropped        how often an answer was thrown away after the service gave it
requests_doubled       how often a request was sent twice
kills                  how often the service was killed
control_doubled        the same without identifiers of the devices' own: must not be 0, or the trial proves nothing
"""

import threading
from uuid import UUID

from sqlalchemy import text

from faults._sync_phones import Phones
from faults._sync_proxy import Line, Proxy
from faults._sync_service import Restarted
from faults.frame import Options, Verdict, fresh_home, say

VISITS, QUICK_VISITS = 20_000, 2_000
KILLS, QUICK_KILLS = 8, 3
CONTROL = 400


def try_out(options: Options) -> Verdict:
    """The trial with the identifiers of the devices, then the control without."""
    verdict = Verdict()
    with fresh_home() as home, Restarted(home) as service:
        made, line = _run(service, options.times(VISITS, QUICK_VISITS), options.times(KILLS, QUICK_KILLS))
        stored, rows = _stored(service, made)
        verdict.note("visits_made", len(made))
        verdict.must_be("visits_lost", len(made - stored), 0)
        verdict.must_be("visits_doubled", rows - len(stored), 0)
        verdict.note("answers_dropped", line.dropped)
        verdict.note("requests_doubled", line.doubled)
        verdict.note("kills", service.kills)
        if not (line.dropped and line.doubled and service.kills):
            verdict.broken.append("nothing was broken, so nothing was tried")
        verdict.note("control_doubled", _control(service))
        if not verdict.figures["control_doubled"]:
            verdict.broken.append("without identifiers nothing was doubled: the trial cannot notice doubles")
    return verdict


def _run(service: Restarted, visits: int, kills: int) -> tuple[set[UUID], Line]:
    line = Line(seed=11)
    with Proxy(service.port, line) as proxy:
        phones = Phones(proxy.port, service.cookie, service.grids(), visits=visits)
        done = threading.Event()
        killer = threading.Thread(target=service.kill_now_and_then, args=(kills, phones, done))
        killer.start()
        made = phones.send_all()
        done.set()
        killer.join()
    say(f"  {len(made):,} visits, {line.dropped} answers dropped, {line.doubled} sent twice, {service.kills} kills")
    return made, line


def _stored(service: Restarted, made: set[UUID]) -> tuple[set[UUID], int]:
    """The identifiers in the database that phones made, and how many rows the phones' visits have."""
    with service.engine() as engine, engine.connect() as connection:
        found = connection.execute(text("SELECT client_id FROM visit WHERE note = :mark"), {"mark": Phones.mark}).all()
    return {row.client_id for row in found} & made, len(found)


def _control(service: Restarted) -> int:
    """Rows beyond the visits when phones leave their identifiers out."""
    line = Line(seed=12)
    with Proxy(service.port, line) as proxy:
        phones = Phones(proxy.port, service.cookie, service.grids(), visits=CONTROL, is_nameless=True)
        phones.send_all()
    with service.engine() as engine, engine.connect() as connection:
        rows = connection.scalar(text("SELECT count(*) FROM visit WHERE note = :mark"), {"mark": Phones.nameless_mark})
    return max(0, int(rows or 0) - CONTROL)
