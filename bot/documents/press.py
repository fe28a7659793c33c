"""The process that sets type and writes workbooks: reads orders from its input, writes documents to its output.

It stands alone, so that a document that takes all memory or never ends takes nothing else with it. Whoever reads
over our data can find no code in it: it comes as an input of the document, and never in its source.
"""

import importlib.util
import json
import resource
import struct
import sys
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import typst

FOLDER = Path(__file__).parent
MOST_MEMORY = 1536 * 1024**2
SIZE = struct.Struct(">?I")  # whether it is well, and how many bytes follow


def main(orders: BinaryIO, documents: BinaryIO) -> None:
    """Serve until there are no more orders."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(
        resource.RLIMIT_CORE, (0, 0)
    )  # a picture of its memory would hold what is in documents
    while head := orders.read(SIZE.size):
        order = json.loads(orders.read(SIZE.unpack(head)[1]))
        try:
            is_well, body = True, made(order)
        except Exception as error:  # whatever is wrong with this order, the next one may be well
            is_well, body = False, type(error).__name__.encode()
        documents.write(SIZE.pack(is_well, len(body)) + body)
        documents.flush()


def made(order: dict[str, Any]) -> bytes:
    """Return the document of an order: a workbook by sheet.py beside us, or what typst sets from a template."""
    if order["format"] == "xlsx":
        return bytes(_sheet().written(json.loads(order["data"])))
    return bytes(
        typst.compile(
            str(FOLDER / f"{order['template']}.typ"),
            root=str(FOLDER),
            format=order["format"],
            ppi=order["ppi"],
            sys_inputs={"data": order["data"]},
            ignore_system_fonts=True,  # the same page on every machine
        )
    )


@cache
def _sheet() -> Any:
    """The file beside us, imported only where it is needed; we stand alone, so that no package of ours is found."""
    found = importlib.util.spec_from_file_location("sheet", FOLDER / "sheet.py")
    if found is None or found.loader is None:
        raise ImportError("sheet.py is not beside press.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
