"""`python -m ascribe`: the same as `ascribe`."""

from ascribe.cli import main

main(prog_name="ascribe")
