"""An XLSX from plain data. It runs in the process that sets type, and stands alone there, as press.py does.

Whatever people wrote is stored as text, also where it begins like a formula (=, +, -, @): no cell is ever computed,
and none becomes a formula when somebody edits it.
"""

import io
from datetime import date
from typing import Any

import xlsxwriter

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_HEAD = {
    "bold": True,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
    "border": 1,
    "bg_color": "#DCE8F2",
}
_KINDS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@", "valign": "top", "text_wrap": True},
    "mark": {"num_format": "@", "align": "center"},
    "number": {"num_format": "0", "align": "right", "valign": "top"},
    "share": {"num_format": "0.0", "align": "right", "valign": "top"},
    "day": {"num_format": "dd/mm/yyyy", "align": "center", "valign": "top"},
}
_HEAD_ROW = 4  # below title, subtitle, moment and an empty row


def written(data: dict[str, Any]) -> bytes:
    """Return the workbook: `title`, `author`, and `sheets`, each with columns (head, width, kind) and rows.

    A cell is a text, a number, an ISO date in a column of kind `day`, None, or {"text", "fill"} with a colour.
    """
    body = io.BytesIO()
    book = xlsxwriter.Workbook(body, {"in_memory": True, **_PLAIN})
    book.set_properties({"title": data["title"], "author": data["author"]})
    formats = _Formats(book)
    for sheet in data["sheets"]:
        _write(book.add_worksheet(sheet["name"]), sheet, formats, footer=data["footer"])
    book.close()
    return body.getvalue()


class _Formats:
    """The formats of a book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool], Any] = {}
        self.head = book.add_format(_HEAD)
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.plain = book.add_format({"num_format": "@"})

    def of(self, kind: str, *, fill: str = "", is_quoted: bool = False) -> Any:
        key = (kind, fill, is_quoted)
        if key not in self._made:
            look = {**_KINDS[kind], "border": 1, "border_color": "#BFBFBF"}
            look |= {"bg_color": fill} if fill else {}
            look |= {"quote_prefix": True} if is_quoted else {}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _write(sheet: Any, data: dict[str, Any], formats: _Formats, *, footer: str) -> None:
    columns, rows = data["columns"], data["rows"]
    for place, words in enumerate(data["above"]):
        sheet.write_string(place, 0, words, formats.plain if place else formats.title)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column["width"])
        sheet.write_string(_HEAD_ROW, place, column["head"], formats.head)
    for number, row in enumerate(rows, _HEAD_ROW + 1):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _cell(sheet, number, place, cell, column["kind"], formats)
    sheet.freeze_panes(_HEAD_ROW + 1, data["frozen"])
    if rows and data["is_filtered"]:
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(rows), len(columns) - 1)
    _for_paper(sheet, footer=footer)


def _cell(sheet: Any, row: int, place: int, cell: Any, kind: str, formats: _Formats) -> None:
    fill = ""
    if isinstance(cell, dict):
        cell, fill = cell["text"], cell["fill"]
    if cell is None:
        sheet.write_blank(row, place, None, formats.of(kind, fill=fill))
    elif kind == "day":
        sheet.write_datetime(row, place, date.fromisoformat(cell), formats.of(kind))
    elif isinstance(cell, str):
        is_quoted = cell.startswith(_FORMULA_SIGNS)
        sheet.write_string(row, place, cell, formats.of(kind, fill=fill, is_quoted=is_quoted))
    else:
        sheet.write_number(row, place, cell, formats.of(kind, fill=fill))


def _for_paper(sheet: Any, *, footer: str) -> None:
    """A4 across, as wide as one page, its head on each of them."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&8{footer.replace('&', '&&')}&R&8&P / &N")
