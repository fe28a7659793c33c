"""The words of the demo's page for what the bot keeps and sends, by what the rows say."""

from policy.model import Arrangement

READERS = "Hanya {name} dan petugas kesehatan yang dapat membacanya."
ARRANGEMENTS = {
    Arrangement.WFO: "WFO, bekerja dari kantor",
    Arrangement.WFH: "WFH, bekerja dari rumah",
    Arrangement.WFA: "WFA, bekerja dari mana saja",
    Arrangement.FIELD: "Bekerja di lapangan",
    Arrangement.TRAVEL: "Dinas luar",
    Arrangement.OFF: "Tidak bekerja",
    Arrangement.UNDECIDED: "Belum ditentukan aturan",
}
REPORTS = {"plan": "Rencana kerja", "output": "Laporan hasil"}
DECISIONS = {"approved": "Disetujui", "returned": "Dikembalikan"}
ENDS = {"done": "selesai", "dropped": "tidak jadi", "withdrawn": "ditarik kembali"}
FILES = {
    "wanted": "Sedang diambil.",
    "kept": "Isi berkas tersegel.",
    "made": "Dibuat bot, isinya tersegel.",
    "refused": "Tidak diterima.",
}
REQUESTS = {
    "asked": "Menunggu keputusan",
    "approved": "Disetujui",
    "declined": "Ditolak",
    "cancelled": "Dibatalkan",
}
ABSENCES = {
    "annual_leave": "Cuti tahunan",
    "long_leave": "Cuti besar",
    "important_leave": "Cuti alasan penting",
    "unpaid_leave": "Cuti di luar tanggungan negara",
    "sick_leave": "Cuti sakit",
    "maternity_leave": "Cuti melahirkan",
    "permission": "Izin",
    "training": "Diklat",
    "study": "Tugas belajar",
    "suspended": "Ketentuan pribadi",
    "travel": "Dinas luar",
}
PROOFS = {"code": "Terbukti dengan kode sekali pakai", "contact": "Terbukti dengan nomor telepon sendiri"}
# Conversations in which something is being filled in; in the others one only looks.
FORMS = {
    "health": "Laporan kesehatan",
    "plan": "Rencana kerja",
    "output": "Laporan hasil",
    "enrol": "Perkenalan",
    "morning": "Lapor pagi",
    "absence": "Izin dan cuti",
    "question": "Pertanyaan",
}
TOPICS = FORMS | {
    "unit": "Unit saya",
    "cases": "Kasus kesehatan",
    "today": "Jadwal kerja",
    "health": "Kesehatan",
    "workday": "Rencana dan hasil",
    "menu": "Menu",
    "common": "Percakapan",
    "history": "Riwayat",
    "settings": "Pengaturan",
    "tasks": "Tugas",
}
CLASSES = {0: "jawaban", 1: "kode", 2: "peringatan", 3: "pengingat", 4: "rangkuman", 5: "siaran"}
STATES = {
    "queued": "menunggu",
    "sending": "sedang dikirim",
    "sent": "terkirim",
    "failed": "gagal",
    "dropped": "tidak jadi dikirim",
    "uncertain": "belum pasti sampai",
    "held": "ditahan",
}
