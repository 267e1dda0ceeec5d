#!/bin/sh
# Runs a program in another root: sh enter.sh <root> <project> <program> [arguments]
#
# Needs a mount namespace of its own (unshare --mount): what is mounted here is seen by nobody else, and gone with the
# last program in it. The project and /tmp are where they are outside, so paths, sockets and Wine's server are shared.
set -eu

root=$1
project=$2
shift 2

for folder in /proc /dev /tmp "$project"; do
  mkdir -p "$root$folder"
  mount --rbind "$folder" "$root$folder"
done
PATH=/usr/sbin:/usr/bin:/sbin:/bin
exec chroot "$root" /usr/bin/env --chdir="$project" "$@"
