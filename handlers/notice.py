"""The privacy notice: which version is in force. Whoever changes what its templates promise makes a new version.

UU 27/2022 art. 5 and 16: people are told what is stored, why, who sees it, and what they may ask for.
"""

VERSION = "2026-11-25"
