#!/bin/sh
# The API is called as its own description says, with data that is right, wrong and odd, once by
# each of several roles. No answer may be a 5xx, and none may have a status, a type or a form that
# the description does not name. That right data is refused is no fault: whether a step can be
# taken hangs on the order, of which a description knows nothing.
#
# From the root, with the program built and schemathesis in the PATH (`make fuzzer` installs it):
# server/tests/fuzz.sh [SEED [EXAMPLES]]. The same seed makes up the same data, for each role its
# own; more examples of each call take longer and find more.
set -eu

seed=${1:-16}
examples=${2:-6}
program=target/release/server
hooks=$PWD/server/tests/fuzz_hooks.py
dir=$(mktemp -d)
server='' fuzzer=''

end() {
	for pid in $fuzzer $server; do
		kill "$pid" 2>/dev/null && wait "$pid" || true
	done
	rm -rf "$dir"
}
trap end EXIT
trap 'exit 1' HUP INT TERM

# The system chooses a free port, and the program says which. Were the rates as they are for
# people, most answers would be 429.
ZHITONG_ADDRESS_RATE=1000000 ZHITONG_ACCOUNT_RATE=1000000 \
	"$program" serve --data "$dir/data" --addr 127.0.0.1:0 --demo >"$dir/log" 2>&1 &
server=$!
until address=$(grep -os 'http://[0-9.:]*' "$dir/log"); do
	kill -0 $server 2>/dev/null || { cat "$dir/log"; exit 1; }
	sleep 0.2
done

token() {
	"$program" token create --user "$1" --data "$dir/data"
}

# Not with `stateful`, which has no end but a time. In the temporary directory, because notes are
# left where it runs; in the background, because a shell hears no signal while it waits for a
# program in front.
fuzz() {
	(
		cd "$dir"
		export FUZZ_API="$address/api/v1" FUZZ_SEED="$seed" FUZZ_TOKEN="$2" FUZZ_CENTRE="$centre"
		export SCHEMATHESIS_HOOKS="$hooks" PYTHONDONTWRITEBYTECODE=1
		exec schemathesis run "$FUZZ_API/openapi.json" --header "Authorization: Bearer $2" \
			--phases coverage,fuzzing --max-examples "$examples" \
			--seed $((seed + passed + failed)) --generation-database none \
			--checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
			--warnings off --no-color
	) >"$dir/$1" 2>&1 &
	fuzzer=$!
	wait $fuzzer
}

# The counts of schemathesis are left out: what is counted here are roles.
passed=0 failed=0
centre=$(token centre)
for role in enterprise centre gd office supervision admin auditor; do
	if fuzz $role "$(token $role)"; then
		echo "$role: ok, $(grep -o '[0-9]* generated' "$dir/$role" | cut -d' ' -f1) calls"
		passed=$((passed + 1))
	else
		grep -avE '[0-9] (passed|failed)' "$dir/$role" || true
		echo "$role: not ok, seed $seed"
		failed=$((failed + 1))
	fi
	fuzzer=''
done

# What was done to the orders must be what their histories tell.
kill $server && wait $server || true
server=''
if "$program" check --data "$dir/data" >"$dir/check" 2>&1; then
	echo "the data directory afterwards: ok"
	passed=$((passed + 1))
else
	cat "$dir/check"
	echo "the data directory afterwards: not ok, seed $seed"
	failed=$((failed + 1))
fi
# Behind what it says when it starts, only what went wrong.
[ $failed = 0 ] || tail -n +5 "$dir/log"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
