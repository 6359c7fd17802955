#!/bin/sh
# Makes the virtual environment DIRECTORY with the first Python >= 3.11 that can.
# A shell script because nothing else is known to be there yet.
set -eu
directory=$1

for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
    if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        "$candidate" -c 'import sys; print("Python", sys.version.split()[0], "for the virtual environment")'
        exec "$candidate" -m venv --clear "$directory"
    fi
done

cat >&2 <<'END'
Inkwire needs Python 3.11 or newer with its venv module, and found none on the PATH.
  Debian, Ubuntu:  apt-get install python3 python3-venv
  Fedora:          dnf install python3
  macOS:           brew install python
Another one can be named:  make run PYTHON=/path/to/python3
END
exit 1
