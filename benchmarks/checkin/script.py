"""What one person says in a check-in, and what a bot that is only written for this answers."""

TAPS = ("Lapor kesehatan", "Semua tidak", "Kirim")

# For the bots beside ours: texts as long as ours, so that all send as many bytes.
QUESTIONS = """Dalam 14 hari terakhir, apakah Anda:
1. pergi ke tempat umum (pasar, fasilitas kesehatan, kerumunan)?
2. naik angkutan umum?
3. ke luar kota atau luar negeri, ke daerah terjangkit atau zona merah?
4. ikut kegiatan yang dihadiri banyak orang?
5. kontak erat dengan ODP, PDP, atau orang yang terkonfirmasi COVID-19?
6. demam, batuk, pilek, sakit tenggorokan, atau sesak napas?

Pilih atau ketik nomor yang jawabannya ya, misalnya 2 5. Bila tidak ada, pilih Semua tidak."""
QUESTION_ROWS = [["1"], ["2"], ["3"], ["4"], ["5"], ["6"], ["Semua tidak"]]
CONFIRM = "Kirim laporan ini?\nSemua pertanyaan: tidak."
CONFIRM_ROWS = [["Kirim"], ["Ubah"], ["Batal"]]
SAVED = "Laporan kesehatan tercatat. Terima kasih.\nKode {code}\nHasil: risiko kecil (KMK HK.01.07/MENKES/328/2020)."
MENU_ROWS = [["Lapor kesehatan"], ["Rencana kerja"], ["Hasil kerja"], ["Bantuan"]]
