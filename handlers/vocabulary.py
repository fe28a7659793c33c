"""The words people really type: a closed list, so that nobody's answer is ever guessed."""

# Usual words for the choices of a prompt, by the choice's label. They count only while that choice is offered.
SYNONYMS: dict[str, frozenset[str]] = {
    "yes": frozenset({"ya", "iya", "y", "yes", "betul", "benar", "ok", "oke", "siap"}),
    "no": frozenset({"tidak", "tdk", "gak", "ga", "gk", "nggak", "enggak", "engga", "n", "no", "bukan"}),
    "send": frozenset({"kirim", "simpan", "ya", "ok", "oke", "send", "yes", "siap", "betul", "benar"}),
    "save": frozenset({"simpan", "kirim", "ya", "ok", "oke", "save", "yes", "siap", "betul", "benar"}),
    "change": frozenset({"ubah", "ganti", "edit", "salah", "change"}),
    "add": frozenset({"tambah", "tambahkan", "nambah", "add"}),
    "next": frozenset({"lanjut", "lanjutkan", "terus", "next", "ok", "oke", "ya"}),
    "all_done": frozenset(
        {"semua", "semuanya", "semua sudah", "selesai semua", "sudah semua", "selesai", "all"}
    ),
    "cancel": frozenset({"batal", "batalkan", "cancel", "stop"}),
    "agree": frozenset({"setuju", "ya", "ok", "oke", "agree", "yes", "iya"}),
    "all_no": frozenset(
        {
            "semua tidak",
            "tidak ada",
            "tidak",
            "tdk",
            "gak ada",
            "ga ada",
            "sehat",
            "sht",
            "sehat semua",
            "no",
            "none",
            "healthy",
            "all no",
            "aman",
            "fit",
        }
    ),
    "fit": frozenset({"fit", "sehat", "sht", "ya", "healthy", "yes", "baik"}),
    "swap_ask": frozenset({"ajukan", "kirim", "ya", "ok", "oke", "send", "yes", "siap"}),
    "unfit": frozenset(
        {"tidak fit", "sakit", "skt", "kurang sehat", "kurang enak badan", "tidak sehat", "sick"}
    ),
}

# Loose text at home: which feature a word points to. "sehat" opens the health form; it never answers it.
INTENTS: dict[str, frozenset[str]] = {
    "morning:start": frozenset({"absen", "absensi", "presensi", "morning"}),
    "today:start": frozenset(
        {
            "wfo",
            "wfh",
            "wfa",
            "kantor",
            "ngantor",
            "masuk",
            "msk",
            "jadwal",
            "piket",
            "shift",
            "office",
            "libur",
            "zona",
        }
    ),
    "health:start": frozenset(
        {
            "sehat",
            "sht",
            "sakit",
            "skt",
            "kesehatan",
            "demam",
            "batuk",
            "pilek",
            "health",
            "healthy",
            "sick",
            "fit",
            "positif",
            "covid",
            "swab",
        }
    ),
    "plan:start": frozenset({"rencana", "rncana", "plan", "renja"}),
    "output:start": frozenset({"hasil", "laporan", "output", "lapor", "report", "kinerja", "capaian"}),
    "absence:start": frozenset({"izin", "ijin", "cuti", "leave", "permission"}),
    "swap:start": frozenset({"tukar", "tukeran", "swap"}),
    "rota:start": frozenset({"rota"}),
    "snooze:start": frozenset(
        {"tunda", "ingatkan", "pengingat", "snooze", "remind", "reminder", "reminders"}
    ),
    "question:start": frozenset({"tanya", "bertanya", "pertanyaan", "question", "ask"}),
    "unit:start": frozenset({"bawahan", "unit"}),
    "unit:verify": frozenset({"verifikasi", "verify"}),
    "history:start": frozenset({"riwayat", "history", "rekap", "rekapan"}),
    "history:calendar": frozenset({"kalender", "calendar"}),
    "history:pdf": frozenset({"pdf"}),
    "history:ekinerja": frozenset({"ekinerja"}),
    "help:start": frozenset({"bantuan", "bantu", "tolong", "help", "bingung", "cara", "caranya"}),
    "language:start": frozenset({"bahasa", "language", "english", "inggris", "indonesia"}),
    "privacy:start": frozenset({"privasi", "privacy", "data"}),
    "cases:start": frozenset({"kasus", "cases"}),
}

# Words that mean something together, whatever each of them may point to alone.
PHRASES: dict[str, str] = {
    "jadwal piket": "rota:start",
    "jadwal unit": "rota:start",
    "piket unit": "rota:start",
    "susun jadwal": "rota:start",
    "jadwal saya": "today:week",
    "my week": "today:week",
    "jadwal piket saya": "today:week",
    "periksa undian": "rota:list",
    "pengaturan pengingat": "reminders:start",
    "atur pengingat": "reminders:start",
    "jam tenang": "reminders:quiet",
    "reminder settings": "reminders:start",
    "quiet hours": "reminders:quiet",
    "unit hari ini": "board:start",
    "catat izin": "absence:record",
    "atur wfo/wfh": "override:start",
    "atur wfh": "override:start",
    "atur wfo": "override:start",
    "izin penugasan": "unit:staff",
    "my unit today": "board:start",
    "lapor pagi": "morning:start",
    "laporan pagi": "morning:start",
    "seperti kemarin": "morning:start",
    "sama seperti kemarin": "morning:start",
    "morning report": "morning:start",
    "as yesterday": "morning:start",
    "lupa": "help:start",
    "saya lupa": "help:start",
    "kemarin lupa": "help:start",
    "i forgot": "help:start",
    "laporan berkala": "periodic:start",
    "laporan periodik": "periodic:start",
    "periodic reports": "periodic:start",
    "laporan untuk pyb": "periodic_received:start",
    "jawab laporan berkala": "periodic_reply:start",
}

# Words in a longer text that belong together. They are taken out before single words are looked at.
TOGETHER: dict[str, tuple[str, ...]] = {
    r"\bsiapa( saja)?( yang)? (di ?mana|belum (me)?lapor|wf[oah]|cuti|izin|masuk|tidak masuk|dinas luar)\b"
    r"|\bwho (is where|is missing|has not reported)\b": ("board:start",),
    r"\b(ekspor|export|unduh)\b.*|\brekap(an|itulasi)?\b(?=.*(\d|\b(unit|pekan|minggu|bulan)\b)).*": (
        "recap:start",
    ),
    r"\b(diberi ?tahu|dikasih tahu|dikabari) apa\b.*|\bjawaban saya\b.*|\bwas i told\b.*": ("today:told",),
    r"\b(ubah|mengubah|berubah)\b.*\bjawaban( ini| saya)?$|\b(jawaban|bisa)\b.*\bberubah$|\bwhat could change\b.*": (
        "today:what_if",
    ),
    r"^(tanya|bertanya|mau tanya)\b.*\b(cuti|izin|ijin)\b.*": ("question:start",),  # about leave, not for it
    r"\b(dinas luar|perjalanan dinas|dl|tugas belajar|official travel)\b": ("absence:start",),
    r"\b(izin|ijin)\b.*\b(sakit|skt)\b|\b(sakit|skt)\b.*\b(izin|ijin)\b|\bcuti sakit\b|\bsick leave\b": (
        "absence:start",
    ),
    r"\blibur (s ?/? ?d|s\.? ?d\.?|sampai|hingga)\b": ("absence:start", "snooze:start"),
    r"\b(mengapa|kenapa|knp)\b.*\b(pesan ini|pengingat|diingatkan)\b|\bwhy\b.*\b(message|reminder|reminded)\b": (
        "why:start",
    ),
    r"\b(jangan|tidak usah|gak usah) (di)?ingat(kan|in)\b": ("snooze:start",),
    r"\baktifkan lagi\b": ("snooze:start",),
    r"\btukar(an)? (jadwal|hari|shift|giliran|piket)( piket| kerja)?\b|\bswap (a )?(day|shift)s?\b": (
        "swap:start",
    ),
    r"\btanya(kan)? (ke )?kantor\b|\bask the office\b": ("question:start",),
    r"\bsalah kirim\b|\blupa kemarin\b|\btidak ada sinyal\b|\bsent by mistake\b|\bno signal\b": (
        "help:start",
    ),
}
# Whoever begins with one of these wants help with what follows, not the thing itself.
HELP_FIRST = frozenset({"bantuan", "help"})
# By which words each situation of the help is known; the first that is named counts.
HELP_TOPICS: dict[str, frozenset[str]] = {
    "wrong": frozenset({"salah kirim", "salah", "ubah", "wrong", "sent by mistake"}),
    "forgot": frozenset({"lupa kemarin", "lupa", "kemarin", "forgot", "yesterday"}),
    "signal": frozenset({"tidak ada sinyal", "sinyal", "jaringan", "signal", "no signal"}),
    "sick": frozenset({"sakit", "skt", "demam", "kesehatan", "sick", "health"}),
    "absence": frozenset({"izin", "ijin", "cuti", "dinas luar", "leave", "absence"}),
    "place": frozenset({"wfo", "wfh", "aturan", "dasar", "jadwal", "rules"}),
    "office": frozenset({"kantor", "tanya", "bertanya", "tanya kantor", "office", "question"}),
    "privacy": frozenset({"data", "data pribadi", "privasi", "privacy"}),
    "morning": frozenset({"lapor pagi", "laporan pagi", "pagi", "lapor", "laporan", "rencana", "morning"}),
}

# "lapor kesehatan" is about health, "laporan hasil" about output: a clear word wins over a general one.
GENERAL_WORDS = frozenset(
    {"lapor", "laporan", "report", "data", "cara", "masuk", "msk", "tanya", "bertanya", "pertanyaan", "ask"}
)

# Words beside those that name a form or a day: they say nothing of the work itself.
BESIDE_NAMES = frozenset(
    {
        *("kerja", "saya", "hari", "ini", "itu", "untuk", "lupa", "mau", "tolong", "isi", "buat", "kirim"),
        *("tanggal", "tgl", "baru", "ulang", "for", "my", "work", "new", "of"),
    }
)
CANCEL_WORDS = frozenset(
    {"batal", "batalkan", "cancel", "stop", "keluar", "berhenti", "gak jadi", "ga jadi", "nggak jadi"}
)
MENU_WORDS = frozenset(
    {
        *(
            "menu",
            "mulai",
            "start",
            "halo",
            "hallo",
            "hai",
            "hi",
            "hello",
            "pagi",
            "siang",
            "sore",
            "malam",
            "p",
        ),
        *("selamat pagi", "selamat siang", "selamat sore", "selamat malam", "permisi", "tes", "test"),
        *("assalamualaikum", "assalamu alaikum", "good morning", "good afternoon"),
    }
)
# Whom a greeting is said to.
VOCATIVES = frozenset(
    {
        "pak",
        "bu",
        "bapak",
        "ibu",
        "min",
        "admin",
        "kak",
        "bang",
        "mas",
        "mbak",
        "bot",
        "piket",
        "semua",
        "semuanya",
    }
)
# Said at the end of an errand; nothing is wanted.
THANKS_WORDS = frozenset(
    {
        *("terima kasih", "terimakasih", "makasih", "makasi", "trims", "tks", "thanks", "thank you"),
        *("ok", "oke", "okay", "baik", "siap", "sip", "mantap"),
    }
)
THANKS_SIGNS = "👍🙏👌"
# The words that messages teach for a form of its own: alone, they are nobody's work.
ERRANDS: dict[str, str] = {
    "menu": "menu:start",
    "sehat": "health:start",
    "rencana": "plan:start",
    "hasil": "output:start",
    "izin": "absence:start",
    "riwayat": "history:start",
    "tanya": "question:start",
    "health": "health:start",
    "plan": "plan:start",
    "output": "output:start",
    "leave": "absence:start",
    "history": "history:start",
}
