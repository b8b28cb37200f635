#!/bin/sh
# `scrapy crawlall` at the beginning of every hour, with the arguments given here. SIGTERM ends the
# crawl, and then this.
set -u
child=
trap 'kill -TERM "$child" 2>/dev/null; wait "$child"; exit 0' TERM INT
while :; do
    scrapy crawlall "$@" &
    child=$!
    wait "$child"
    sleep "$((3600 - $(date +%s) % 3600))" &
    child=$!
    wait "$child"
done
