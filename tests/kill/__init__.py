"""Kills the running bot in the middle of a rush, and judges from the platform's ledger what that cost people.

`python -m tests.kill --kills 30 --engine sqlite` prints the account and exits 1 when a promise was broken.
"""
