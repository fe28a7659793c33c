"""The kinds of absence that people can ask for themselves, and the words by which they are known."""

import re

from policy.model import AbsenceKind

# The four that nearly everybody means; the rest stands behind "Lainnya". To be suspended is nobody's own wish.
USUAL = (
    AbsenceKind.ANNUAL_LEAVE,
    AbsenceKind.SICK_LEAVE,
    AbsenceKind.PERMISSION,
    AbsenceKind.TRAVEL,
)
RARE = (
    AbsenceKind.IMPORTANT_LEAVE,
    AbsenceKind.MATERNITY_LEAVE,
    AbsenceKind.LONG_LEAVE,
    AbsenceKind.UNPAID_LEAVE,
    AbsenceKind.TRAINING,
    AbsenceKind.STUDY,
)
# Of these the name says what there is to say: no reason is asked, and a letter is not for the superior's eyes.
PRIVATE = frozenset({AbsenceKind.SICK_LEAVE, AbsenceKind.MATERNITY_LEAVE})

# "Anak saya sakit" is no sick leave of one's own: then the kind is asked.
_ANOTHERS_ILLNESS = re.compile(
    r"\b(anak|istri|suami|ibu|ayah|bapak|orang tua|orangtua|mertua|keluarga|adik|kakak)"
    r"(nya)?( saya)?( sedang| lagi)? (sakit|skt)\b"
)
# The first that is found counts, so the narrower words stand first.
_WORDS = (
    (AbsenceKind.MATERNITY_LEAVE, r"melahirkan|bersalin|maternity"),
    (AbsenceKind.IMPORTANT_LEAVE, r"alasan penting"),
    (AbsenceKind.LONG_LEAVE, r"cuti besar|long leave"),
    (AbsenceKind.UNPAID_LEAVE, r"luar tanggungan|cltn|unpaid"),
    (AbsenceKind.STUDY, r"tugas belajar|study assignment"),
    (AbsenceKind.TRAINING, r"diklat|pelatihan|bimtek|training"),
    (AbsenceKind.TRAVEL, r"dinas luar|perjalanan dinas|dl|duty travel|official travel"),
    (AbsenceKind.SICK_LEAVE, r"sakit|skt|sick"),
    (AbsenceKind.ANNUAL_LEAVE, r"cuti|leave"),
    (AbsenceKind.PERMISSION, r"izin|ijin|permission"),
)


def kind_named(plain: str) -> AbsenceKind | None:
    """Return the kind of absence that a folded text names, or None."""
    if _ANOTHERS_ILLNESS.search(plain):
        return None
    return next((kind for kind, words in _WORDS if re.search(rf"\b(?:{words})\b", plain)), None)
