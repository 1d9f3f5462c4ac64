"""How a full disk is known, for whoever writes; alone, so that a bounded child need load nothing else."""

import errno

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def has_no_room(error: BaseException) -> bool:
    """Whether an error says that a disk is full, or somebody's share of it."""
    return isinstance(error, OSError) and error.errno in NO_ROOM
