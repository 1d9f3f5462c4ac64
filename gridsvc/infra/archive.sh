#!/bin/sh
# Copies one finished piece of the write-ahead log to the archive; PostgreSQL calls it and keeps the piece until it says 0.
#
#   archive.sh PIECE NAME FOLDER
#
# The copy is on the disk, under its name and whole, before this ends. A name that is there already is never written
# over: the same content is fine (the server had died before it could note the success), another is a fault.
set -eu
piece=$1 name=$2 folder=$3
[ -d "$folder" ] || { echo "the archive $folder is not there" >&2; exit 1; }
if [ -e "$folder/$name" ]; then
  cmp -s "$piece" "$folder/$name" || { echo "$folder/$name holds something else" >&2; exit 1; }
  sync "$folder/$name"
  exit 0
fi
cp "$piece" "$folder/.$name.part"
sync "$folder/.$name.part"
mv "$folder/.$name.part" "$folder/$name"
sync "$folder"
