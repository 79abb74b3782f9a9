"""Looks into a station's database: is it sound, and is what was acknowledged there once?

A program too, for it also runs in the guest: ledger.py DATABASE < codes, one a line; prints faults.
"""

import sqlite3
import sys

# Every operation that an intake says it made, and the stock that these made.
MISSING_OPERATIONS = """
    SELECT text FROM intake WHERE operations <> (
        SELECT count(*) FROM operation
        WHERE operation.incarnation = intake.incarnation
        AND operation.sequence >= intake.first_operation
        AND operation.sequence < intake.first_operation + intake.operations)
"""
PIECES_TAKEN = "SELECT count(*) FROM intake WHERE decision = 'taken' AND meaning = 'item'"
PIECES_IN_STOCK = "SELECT coalesce(sum(total), 0) FROM cell WHERE place = 'DOCK'"
REUSED_NUMBERS = """
    SELECT count(*) - count(DISTINCT incarnation || ':' || sequence) FROM operation
"""


def faults(path, acknowledged):
    """What is wrong with the database, as sentences. `acknowledged`: codes, each sent once."""
    try:
        database = sqlite3.connect(path)
        found = list(integrity_faults(database))
        if not found and has_tables(database):
            found = list(content_faults(database, acknowledged))
        elif not found and acknowledged:
            found = [f"lost: all {len(acknowledged)}, and the tables that they stood in"]
        database.close()
        return found
    except sqlite3.Error as error:
        return [f"SQLite: {error}"]


def has_tables(database):
    sql = "SELECT count(*) FROM sqlite_master WHERE name IN ('intake', 'operation', 'cell')"
    return database.execute(sql).fetchone()[0] == 3


def integrity_faults(database):
    for (line,) in database.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"corrupt: {line}"


def content_faults(database, acknowledged):
    stored = [text for (text,) in database.execute("SELECT text FROM intake ORDER BY sequence")]
    lost = [code for code in acknowledged if code not in set(stored)]
    if lost:
        yield f"lost: {len(lost)} acknowledged codes, from {lost[0]} to {lost[-1]}"
    if len(set(stored)) != len(stored):
        yield f"twice: {len(stored) - len(set(stored))} codes"
    for (text,) in database.execute(MISSING_OPERATIONS):
        yield f"operations missing: {text}"
    taken, stock, reused = (
        database.execute(sql).fetchone()[0]
        for sql in (PIECES_TAKEN, PIECES_IN_STOCK, REUSED_NUMBERS)
    )
    if taken != stock:
        yield f"stock is {stock} after {taken} pieces"
    if reused:
        yield f"{reused} operations have the number of another"


if __name__ == "__main__":
    for fault in faults(sys.argv[1], sys.stdin.read().split()):
        print(fault)
