#!/bin/sh
# Makes scripts/meta/demo.png, the picture in README.md, from the last table the demo prints.
# Needs pango1.0-tools, fonts-noto-cjk and fonts-dejavu-core, and the workspace ./demo.
set -eu
cd "$(dirname "$0")/../.."
text=$(mktemp)
trap 'rm -f "$text"' EXIT

# The signs that a terminal shows in one column take two in the CJK font.
{
    printf '$ ./dev demo\n'
    build/biaochi --workspace demo evaluate --summary --lang zh
} | sed 's/&/\&amp;/g; s/</\&lt;/g; s/[≥≤±·—]/<span font="DejaVu Sans Mono 10">&<\/span>/g' >"$text"
pango-view --no-display --markup --font='Noto Sans Mono CJK SC 12' --dpi=96 --margin=18 \
    --foreground='#d8dee9' --background='#20242c' --output=scripts/meta/demo.png "$text"
