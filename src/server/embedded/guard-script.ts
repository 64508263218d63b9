/**
 * A POSIX shell program that runs a server and outlives nobody. Node cannot end its children when it
 * is itself killed with SIGKILL, so each server is started by this guard, whose standard input is a
 * pipe from us: when the pipe ends, for whatever reason, the guard stops the server (SIGTERM, then
 * SIGKILL after the grace time) and leaves with the server's exit code.
 *
 * Arguments: file for the server's process number, grace time in seconds, command, its arguments.
 */
export const guardScript = `
pid_file=$1
grace=$2
shift 2
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
echo "$server" >"$pid_file"
trap 'kill -TERM "$server" 2>/dev/null' TERM INT HUP
(
  trap '' TERM INT HUP
  while read -r line; do :; done <&3
  kill -TERM "$server" 2>/dev/null
  waited=0
  while kill -0 "$server" 2>/dev/null && [ "$waited" -lt "$grace" ]; do
    sleep 1
    waited=$((waited + 1))
  done
  kill -KILL "$server" 2>/dev/null
) &
watcher=$!
exec 3<&-
while :; do
  wait "$server"
  code=$?
  kill -0 "$server" 2>/dev/null || break
done
kill -KILL "$watcher" 2>/dev/null
rm -f "$pid_file"
exit "$code"
`;
