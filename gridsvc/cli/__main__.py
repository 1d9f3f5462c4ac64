"""`python -m gridsvc.cli` is the same command line as `gridsvc`."""

from gridsvc.cli import main

main()
