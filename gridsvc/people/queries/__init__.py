"""Every query on people; what other features ask for is offered here by name."""

from gridsvc.people.queries.answers import answers_stamp, grids_of_worker, holders, note_contact
from gridsvc.people.queries.posts import post_counts
from gridsvc.people.queries.workers import contains, count_workers, worker_numbers, worker_of_account, workers_named

__all__ = [
    "answers_stamp",
    "contains",
    "count_workers",
    "grids_of_worker",
    "holders",
    "note_contact",
    "post_counts",
    "worker_numbers",
    "worker_of_account",
    "workers_named",
]
