"""A file is read while its rows are worked on: what is known when, how much is held, and what comes in the middle."""

import gc
import time
from collections.abc import Iterator
from typing import Any

import pytest

from core.ahead import AHEAD
from imports.checking import Answers, Opened, check, opened, plain_cells, recheck, sheet_issues, written
from imports.plain import restored
from imports.reading import limits, reader
from imports.reading.reader import UnreadableFile
from imports.reading.tables import Book
from imports.sheets import CheckedRow
from labour_teams.roster import ROSTER
from tests.imports.inside import started_here
from tests.imports.workbooks import AS_OF, HEADERS, Markup, csv_text, person, roster, xlsx

pytestmark = [pytest.mark.usefixtures("in_this_process"), pytest.mark.sqlite_only]

MANY = csv_text(roster(*(person(n) for n in range(1, 3_001)))).encode()


def chunks(data: bytes, size: int, answers: Answers = Answers()) -> list[list[CheckedRow]]:  # noqa: B008
    with opened(data, "花名册.csv", ROSTER, AS_OF, answers) as checking:
        return list(checking.chunks(size))


@pytest.mark.parametrize("size", [1, 7, 500, 1_000, 10_000])
def test_chunks_have_their_size_and_together_all_rows(size: int) -> None:
    data = MANY if size > 1 else csv_text(roster(person(1), person(2))).encode()
    found = chunks(data, size)
    assert {len(rows) for rows in found[:-1]} <= {size}
    assert 0 < len(found[-1]) <= size
    whole = check(data, "花名册.csv", ROSTER, AS_OF).rows
    assert [row.number for rows in found for row in rows] == [row.number for row in whole]


def test_of_the_rows_only_a_few_are_held_at_a_time() -> None:
    gc.collect()
    gc.freeze()  # what is there already is not looked through for each chunk
    with opened(MANY, "花名册.csv", ROSTER, AS_OF) as checking:
        held = [sum(type(each) is CheckedRow for each in gc.get_objects()) for _rows in checking.chunks(200)]
    gc.unfreeze()
    assert min(held) >= 200
    assert max(held) <= 200 * (AHEAD + 2)


def test_what_must_be_asked_is_known_before_the_rows() -> None:
    with opened(xlsx({"甲": roster(person(1)), "乙": roster(person(2)), "底": [["x"]]}), "a.xlsx", ROSTER, AS_OF) as checking:
        assert (checking.choices, checking.sheets, checking.ok_so_far) == (("甲", "乙"), ("甲", "乙", "底"), False)
        assert (checking.is_unreadable, checking.head_rows, list(checking.chunks(500))) == (False, [], [])


def test_a_file_without_a_header_still_shows_its_beginning() -> None:
    rows = [["某公司"], ["电话", "15400000001", "", ""], *[[str(n)] for n in range(40)]]
    with opened(xlsx({"空": [], "表": rows}), "a.xlsx", ROSTER, AS_OF) as checking:
        assert [issue.code for issue in checking.file_issues] == ["no_header"]
        assert (checking.sheet, checking.header_row, checking.is_unreadable) == ("表", None, False)
        assert (len(checking.head_rows), checking.head_rows[1]) == (25, (2, ["电话", "154******01"]))


@pytest.mark.parametrize("data", [b"%PDF-1.7", xlsx({"表": []}), b""])
def test_a_file_in_which_nobody_could_find_anything_is_unreadable(data: bytes) -> None:
    with opened(data, "a.xlsx", ROSTER, AS_OF) as checking:
        assert (checking.is_unreadable, checking.ok_so_far, list(checking.chunks(9))) == (True, False, [])


def test_the_rows_to_come_are_known_nearly() -> None:
    with opened(MANY, "花名册.csv", ROSTER, AS_OF) as checking:
        assert checking.total == 3_000


def drained(checking: Opened) -> Opened:
    for _rows in checking.chunks(500):
        pass
    return checking


def test_what_only_the_last_row_tells_is_complete_in_the_end() -> None:
    people = roster(*(person(n) for n in range(1, 60)), headers=[*HEADERS, ""])
    people[-1][-1] = "手记"
    with opened(xlsx({"表": [*people, ["合计", "59人"]]}), "a.xlsx", ROSTER, AS_OF) as checking:
        assert (checking.file_issues, checking.skipped) == ([], [])
        drained(checking)
        assert [issue.code for issue in checking.file_issues] == ["unknown_column"]
        assert [row.number for row in checking.skipped] == [61]


def test_that_nobody_stands_under_the_header_is_known_in_the_end() -> None:
    with opened(xlsx({"表": [*roster(), ["合计", "0"], ["制表人：某"]]}), "a.xlsx", ROSTER, AS_OF) as checking:
        assert checking.ok_so_far
        assert [issue.code for issue in drained(checking).file_issues] == ["no_rows"]
        assert not checking.ok_so_far


@pytest.mark.parametrize(("fault", "code"), [('张三,"没有关\r\n', "csv_structure"), ("长" * 100_001 + "\r\n", "csv_structure")])
def test_a_fault_further_down_comes_after_good_rows(fault: str, code: str) -> None:
    taken: list[CheckedRow] = []

    def take(data: bytes) -> None:
        with opened(data, "花名册.csv", ROSTER, AS_OF) as checking:
            assert checking.ok_so_far
            for rows in checking.chunks(500):
                taken.extend(rows)

    with pytest.raises(UnreadableFile) as refused:
        take(MANY + fault.encode())
    assert (refused.value.code, len(taken)) == (code, 2_500 - 500 * AHEAD)  # those in the making are not handed out any more
    sheet = check(MANY + fault.encode(), "花名册.csv", ROSTER, AS_OF)
    assert ([issue.code for issue in sheet.issues], sheet.rows) == ([code], [])


def test_a_sheet_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = watch_parsing(monkeypatch)
    assert check(xlsx({"甲": roster(person(1)), "底": [["x"]]}), "a.xlsx", ROSTER, AS_OF).ok
    assert parsed == [0, 1]


def test_of_big_sheets_one_is_held_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = watch_parsing(monkeypatch)
    monkeypatch.setattr(limits, "KEPT_CELLS", 10)
    assert check(xlsx({"甲": roster(person(1)), "底": [["x"]]}), "a.xlsx", ROSTER, AS_OF).ok
    assert parsed == [0, 1, 0]


def watch_parsing(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    parsed: list[int] = []
    load = Book._load

    def watched(self: Book, place: int) -> Any:
        parsed.append(place)
        return load(self, place)

    monkeypatch.setattr(Book, "_load", watched)
    return parsed


def test_long_rows_travel_in_small_portions() -> None:
    rows = [[f"{n}", "长" * 30_000] for n in range(200)]
    with started_here(csv_text(rows).encode(), "csv") as child:
        while b"choose" not in child.listen()[:20]:
            pass
        child.choose(0)
        lengths = list(map(len, iter(child.listen, b'{"choose":true}\n')))
    assert max(lengths[1:]) <= limits.FRAME_BYTES * 1.1


def test_time_between_answers_is_not_held_against_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # a real child
    with reader.started(MANY, "csv") as child:
        began, patience = time.monotonic(), child._patience
        while b"choose" not in child.listen():
            time.sleep(0.1)
        waited, passed = patience - child._patience, time.monotonic() - began
    assert waited <= passed - 0.2


def test_leaving_in_the_middle_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    processes: list[Any] = []
    start = reader.subprocess.Popen

    def watched(*args: Any, **kwargs: Any) -> Any:
        processes.append(start(*args, **kwargs))
        return processes[-1]

    monkeypatch.setattr(reader.subprocess, "Popen", watched)
    with opened(MANY, "花名册.csv", ROSTER, AS_OF) as checking:
        rows = next(checking.chunks(10))
    assert (len(rows), [process.poll() is not None for process in processes]) == (10, [True])


# What was answered


def test_what_is_the_same_for_all_rows_can_be_said_once() -> None:
    headers = [name for name in HEADERS if name != "所属劳务队伍"]
    data = xlsx({"表": roster(person(1), person(2), headers=headers)})
    assert [issue.code for issue in check(data, "a.xlsx", ROSTER, AS_OF).errors] == ["missing_column"]
    told = check(data, "a.xlsx", ROSTER, AS_OF, Answers(constants={"labour_team": " 甲队 "}))
    assert (told.ok, [row.values["labour_team"] for row in told.rows]) == (True, ["甲队", "甲队"])
    empty = check(data, "a.xlsx", ROSTER, AS_OF, Answers(constants={"labour_team": ""}))
    assert {(issue.column, issue.code) for issue in empty.errors} == {("所属劳务队伍", "required")}


def test_a_header_that_was_explained_once_is_known() -> None:
    headers = ["大名" if name == "姓名" else name for name in HEADERS]
    data = xlsx({"表": roster(person(1) | {"大名": "王五"}, headers=headers)})
    assert not check(data, "a.xlsx", ROSTER, AS_OF).ok
    assert check(data, "a.xlsx", ROSTER, AS_OF, Answers(headers={"大名": "name"})).rows[0].values["name"] == "王五"
    left_out = check(data, "a.xlsx", ROSTER, AS_OF, Answers(headers={"大名": "name", "手机号": ""}))
    assert (left_out.ok, left_out.rows[0].values["phone"]) == (True, None)
    decided = Answers(headers={"大名": "remark"}, mapping={"B": "name"})
    assert check(data, "a.xlsx", ROSTER, AS_OF, decided).rows[0].values["name"] == "王五"


def test_a_header_that_was_explained_is_asked_about_where_it_stands_under_others() -> None:
    upper = ["姓名", "身份证号", "所属劳务队伍", "进场日期", "紧急联系人"]
    lower = ["", "", "", "", "号码"]
    one = person()
    rows = [upper, lower, [one["姓名"], one["身份证号"], "甲队", "2025-03-01", "15400000009"]]
    sheet = check(csv_text(rows).encode(), "a.csv", ROSTER, AS_OF, Answers(headers={"号码": "phone"}))
    assert (sheet.ok, sheet.rows[0].values["phone"]) == (True, None)


# One row again


def test_a_corrected_row_is_judged_like_a_new_one() -> None:
    texts = {name: person(1)[ROSTER.column(name).header] for name in ("name", "id_number", "labour_team", "entered_on", "phone")}
    row = recheck(texts | {"phone": "1540000"}, ROSTER, AS_OF, 7)
    assert (row.number, [(issue.row, issue.column, issue.code) for issue in row.issues if issue.level == "error"]) == (
        7,
        [(7, "手机号", "phone")],
    )
    assert recheck(texts, ROSTER, AS_OF, 7).is_ok
    del texts["labour_team"]
    assert [issue.code for issue in recheck(texts, ROSTER, AS_OF, 7).issues if issue.level == "error"] == ["required"]


def test_rules_between_rows_remember_from_stretch_to_stretch() -> None:
    one = person(1)
    twice = roster(
        one, person(2), one | {"姓名": "王五"}, person(4, 姓名=one["姓名"], 手机号=one["手机号"], 银行卡号=one["银行卡号"])
    )
    rows = check(xlsx({"表": twice}), "a.xlsx", ROSTER, AS_OF).rows
    find = sheet_issues(ROSTER)
    found = [issue for row in rows for issue in find([row])]
    assert [(issue.row, issue.column, issue.code) for issue in found] == [
        (4, "身份证号", "duplicate_id"),
        (4, "银行卡号", "shared_card"),
        (5, "姓名", "same_person"),
        (5, "银行卡号", "shared_card"),
    ]
    assert all(issue.is_between_rows for issue in found)
    assert [issue for row in rows for issue in row.issues if issue.is_between_rows] == found


def kept(**changes: Any) -> Iterator[tuple[Any, str]]:
    [row] = check(xlsx({"表": roster(person(1, **changes))}), "a.xlsx", ROSTER, AS_OF).rows
    return zip(plain_cells(row), map(written, plain_cells(row)), strict=True)


def test_cells_are_kept_as_they_were_and_shown_as_text() -> None:
    formula, error = Markup('t="str"|<f>A1</f><v>甲</v>'), Markup('t="e"|<v>#N/A</v>')
    found = list(
        kept(序号=1, 性别=formula, 备注=error, 进场日期=Markup('t="d"|<v>2025-03-01</v>'), 作业工班=Markup('t="b"|<v>1</v>'))
    )
    assert found[0] == (1.0, "1")
    assert found[2] == ({"formula": "甲"}, "甲")
    assert found[14] == ({"error": ""}, "")
    assert found[9] == ("2025-03-01", "2025-03-01")
    assert found[8] == (True, "是")
    assert plain_cells(CheckedRow(1, {}, [restored(plain) for plain, _text in found])) == [plain for plain, _text in found]
