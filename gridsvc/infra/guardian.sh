#!/bin/sh
# Starts the private cluster and stops it when its command has ended, however that command ended.
#
#   guardian.sh PG_CTL DATA LOG MUTEX USERS KEEP MODE        MODE: start | watch
#
# Standard input is a pipe held open by the command. The word "bye" means: ended in order, the lock on USERS is
# released already. "leave" means: go, another guardian has taken over. End of file means: the command was killed.
# Every command that uses the cluster holds a shared lock on USERS; the last one to end finds it free.
# MUTEX is held while the cluster is started or stopped, so that nobody starts what another one is stopping.
# Answers on standard output: "up", or "down" when the cluster does not start; the reason is then in LOG.
trap '' INT TERM HUP PIPE
pg_ctl=$1 data=$2 log=$3 mutex=$4 users=$5 keep=$6 mode=$7

start() {
  tries=0
  # Killed with -9, the old processes hold the shared memory for a moment and the start is refused.
  until "$pg_ctl" -D "$data" -l "$log" -s -w -t 60 start </dev/null >/dev/null 2>&1; do
    "$pg_ctl" -D "$data" status >/dev/null 2>&1 && return 0
    tries=$((tries + 1))
    [ "$tries" -lt 15 ] && grep -q -e 'still in use' -e 'already exists' -e 'is another post' "$log" || return 1
    : >"$log"
    sleep 0.7
  done
}

if [ "$mode" = start ]; then
  : >"$log"
  if start; then echo up; else echo down; fi 2>/dev/null
else
  echo up
fi
exec >/dev/null

read -r word || word=killed
[ "$word" = leave ] && exit 0
# A killed command lets go of its lock and of this pipe within the same moment, not at the same instant.
[ "$word" = bye ] && patience=0 || patience=1
[ -e "$keep" ] && exit 0
export pg_ctl data
flock "$mutex" flock -w "$patience" "$users" sh -c '
  read -r pid <"$data/postmaster.pid" || exit 0
  grep -q "^State:[[:space:]]*[ZX]" "/proc/$pid/status" && exit 0  # dead, and nobody has buried it yet
  "$pg_ctl" -D "$data" status || exit 0
  "$pg_ctl" -D "$data" -s -w -t 20 -m fast stop || "$pg_ctl" -D "$data" -s -w -t 20 -m immediate stop
' </dev/null >/dev/null 2>&1
