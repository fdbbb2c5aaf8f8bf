from __future__ import annotations

import pytest
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String

from storage.tables import metadata

COLUMNS = [column for table in metadata.sorted_tables for column in table.columns]
#: Clear bytes: hashes over clear columns.
PROOFS = {"cases.head", "audit.hash"}
#: Clear text that is no id, kind or time: what admins wrote.
OF_ADMINS = {"flow_versions.files"}


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_has_a_mark_that_fits_its_type(column: Column[object]) -> None:
    match column.info.get("mark"):
        case "sealed":
            assert type(column.type) is LargeBinary
            assert not column.primary_key
        case "blind":
            assert type(column.type) is LargeBinary
        case "clear" if str(column) in PROOFS:
            assert type(column.type) is LargeBinary
        case "clear":
            assert type(column.type) in {String, Integer, BigInteger}
        case other:
            pytest.fail(f"{column} has the mark {other}")


def test_clear_columns_are_ids_kinds_times_and_numbers() -> None:
    clear = {str(c) for c in COLUMNS if c.info["mark"] == "clear" and isinstance(c.type, String)}
    known = {"id", "case_id", "session_id", "key", "slot", "kind", "status", "wish", "question", "readers", "detail"}
    known |= {"store", "name", "structure", "content"}
    assert {name for name in clear if name.split(".")[1] not in known} == OF_ADMINS


def test_who_and_what_are_never_clear() -> None:
    told = ("person", "reporter", "lane", "place", "contents", "handle", "event", "key_check")
    assert {c.info["mark"] for c in COLUMNS if c.name in told} == {"sealed", "blind"}
