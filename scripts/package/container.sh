#!/bin/sh
# What the container runs: the server, over a workspace that a new volume does not have yet. Options
# are those of `biaochi serve`.
set -eu
biaochi init
exec biaochi serve "$@"
