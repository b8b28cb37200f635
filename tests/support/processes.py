"""The processes that a command has started, seen from outside."""

from pathlib import Path


def descendants(pid):
    """Return the processes that descend from *pid*, by way of the fork server too."""
    found, parents = [], {pid}
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda p: int(p.parent.name)):
        if (fields := _fields(stat)) and int(fields[1]) in parents:
            parents.add(int(stat.parent.name))
            found.append(int(stat.parent.name))
    return found


def is_running(pid):
    fields = _fields(Path(f"/proc/{pid}/stat"))
    return bool(fields) and fields[0] != "Z"


def _fields(stat):
    try:
        return stat.read_text().rpartition(")")[2].split()
    except OSError:
        return []
