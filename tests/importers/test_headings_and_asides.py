"""Tables as offices make them: groups above headings, banners, sums and footnotes, delimiters and encodings of all
kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewglink.importers import encoding
from ewglink.importers.contract import Problem, Row
from ewglink.importers.formats.csv import MEMBER, CsvOptions
from ewglink.model.refusal import Refusal


def written(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, **options: object) -> tuple[tuple[str, ...], list[Row], list[Problem]]:
    chosen = CsvOptions(**options)  # type: ignore[arg-type]
    found = list(MEMBER.read(path, chosen))
    rows = [one for one in found if isinstance(one, Row)]
    return MEMBER.parts(path, chosen)[0].columns, rows, [one for one in found if isinstance(one, Problem)]


GROUPED = ("ID", "Exporter / Name", "Exporter / RFC", "Importer / Name", "Importer / RFC")


@pytest.mark.parametrize(
    "table",
    [
        ",Exporter,,Importer,\nID,Name,RFC,Name,RFC\n1,A,x1,B,y1\n2,C,x2,D,y2\n",
        "ID,Exporter,,Importer,\n,Name,RFC,Name,RFC\n1,A,x1,B,y1\n2,C,x2,D,y2\n",
        "Customs report 2024\n\n,Exporter,,Importer,\nID,Name,RFC,Name,RFC\n1,A,x1,B,y1\n2,C,x2,D,y2\n",
    ],
)
def test_two_rows_of_headings_are_joined(tmp_path: Path, table: str) -> None:
    columns, rows, problems = read(written(tmp_path, table))
    assert columns == GROUPED
    assert [row.cells for row in rows] == [("1", "A", "x1", "B", "y1"), ("2", "C", "x2", "D", "y2")]
    assert [row.no for row in rows] == [table.count("\n") - 1, table.count("\n")]
    assert "joined_headings" in {one.code for one in problems}


def test_groups_repeated_in_each_cell(tmp_path: Path) -> None:
    table = "Exporter,Exporter,Importer,Importer\nName,RFC,Name,Qty\nA,x1,B,4\nC,x2,D,5\n"
    wanted = ("Exporter / Name", "Exporter / RFC", "Importer / Name", "Importer / Qty")
    assert read(written(tmp_path, table))[0] == wanted


def test_three_rows_of_headings_when_told(tmp_path: Path) -> None:
    table = "Parties,,,\nFrom,,To,\nname,tax,name,tax\nA,x,B,y\n"
    columns, rows, _problems = read(written(tmp_path, table), header=3, header_rows=3)
    assert columns == ("Parties / From / name", "Parties / From / tax", "Parties / To / name", "Parties / To / tax")
    assert [row.no for row in rows] == [4]


def test_data_is_not_taken_for_a_second_row_of_headings(tmp_path: Path) -> None:
    columns, rows, _problems = read(written(tmp_path, "name,,friend\nAna,MX,Ana\nBo,US,Cy\n"))
    assert columns == ("name", "B", "friend")
    assert len(rows) == 2


@pytest.mark.parametrize("quoted", [False, True])
def test_sums_and_footnotes_are_listed_and_not_taken(tmp_path: Path, quoted: bool) -> None:
    lines = ["id,name,qty,unit", *(f"{n},Firm {n},{n},kg" for n in range(2000)), "Total,,1999000,", "Total SA,x,5,kg"]
    lines += ["7,Total,5,kg", "", "Source: customs 2024,,,", "Grand total:,,7,"]
    if quoted:
        lines = [",".join(f'"{cell}"' for cell in line.split(",")) if line else "" for line in lines]
    path = written(tmp_path, "\n".join(lines) + "\nNote: weights are net\n")
    _columns, rows, problems = read(path)
    assert [row.cells[:2] for row in rows[2000:]] == [("Total SA", "x"), ("7", "Total")]
    assert [(one.code, one.rejected, one.row) for one in problems] == [
        ("total_row", True, 2002),
        ("remark_row", True, 2006),
        ("total_row", True, 2007),
        ("remark_row", True, 2008),
    ]
    assert problems[0].raw == '["Total","","1999000",""]'
    _columns, all_rows, told = read(path, asides=False)
    assert len(all_rows) == 2006
    assert {one.code for one in told} == {"too_few_cells"}


def test_a_short_table_may_hold_a_firm_called_total(tmp_path: Path) -> None:
    _columns, rows, problems = read(written(tmp_path, "name,qty\nTotal,5\nNote: x,6\n"))
    assert [row.cells[0] for row in rows] == ["Total", "Note: x"]
    assert {one.code for one in problems} <= {"repeated_rows"}


@pytest.mark.parametrize("delimiter", ["^", "~", "¦"])
def test_rare_delimiters_are_found(tmp_path: Path, delimiter: str) -> None:
    table = "id,name,qty\n1,Ana,3\n2,Bo,4\n".replace(",", delimiter)
    assert read(written(tmp_path, table))[0] == ("id", "name", "qty")
    found = MEMBER.recognise(tmp_path / "table.csv", table.encode())
    assert found.options["other_delimiter"] == delimiter
    assert found.confidence > 0.5


def test_any_delimiter_can_be_named(tmp_path: Path) -> None:
    path = written(tmp_path, "id:name\n1:Ana\n")
    assert read(path, other_delimiter=":")[0] == ("id", "name")
    for bad in ("::", '"', "\n"):
        with pytest.raises(Refusal) as refused:
            read(path, other_delimiter=bad)
        assert refused.value.code == "bad_delimiter"


TEXTS = {
    "cp1250": "nazwa,miasto\nŁódź Żelazna,Gdańsk\nŚwiętokrzyski Ośrodek,Kraków\n",
    "iso8859-2": "nazwa,miasto\nŁódź Żelazna,Gdańsk\nŚwiętokrzyski Ośrodek,Kraków\n",
    "latin-1": "name,city\nPeña,León\nGagné,Québec\n",
    "cp1252": "name,city\nPeña “SA”,León\nGagné,Québec\n",
    "mac-roman": "name,city\nPeña Hermanos,León\nGagné et Fils,Montréal\nRecyclage Dubé,Trois-Rivières\n",
    "cp850": "name,city\nPeña Hermanos,León\nGagné et Fils,Montréal\nRecyclage Dubé,Trois-Rivières\n",
    "cp1254": "ad,şehir\nGeri Dönüşüm Şirketi,İstanbul\nÇevre Işık,Eskişehir\nYağmur Öztürk,Muğla\n",
    "shift_jis": "名前,都市\n株式会社リサイクル,東京\n有限会社グリーン,大阪\n",
    "euc_jp": "名前,都市\n株式会社リサイクル,東京\n有限会社グリーン,大阪\n",
    "gb18030": "名称,城市\n上海再生资源有限公司,上海\n广州贸易公司,广州\n",
    "big5": "名稱,城市\n台灣回收股份有限公司,台北\n高雄貿易公司,高雄\n",
    "koi8-r": "название,город\nОбщество Вторсырьё,Москва\nЭкология Плюс,Санкт-Петербург\n",
    "cp1251": "название,город\nОбщество Вторсырьё,Москва\nЭкология Плюс,Санкт-Петербург\n",
    "cp1253": "όνομα,πόλη\nΑνακύκλωση Αθηνών,Αθήνα\nΕλληνική Εταιρεία,Πάτρα\n",
    "euc_kr": "이름,도시\n주식회사 재활용,서울\n한국무역,부산\n",
    "cp1255": "שם,עיר\nחברת מיחזור,תל אביב\nסביבה ירוקה,חיפה\n",
    "cp1256": "الاسم,المدينة\nشركة إعادة التدوير,القاهرة\nالبيئة الخضراء,الرياض\n",
    "utf-16-le": "名称,城市\n上海再生资源有限公司,上海\n广州贸易公司,广州\n",
    "utf-16": "name,city\nPeña,León\n",
    "utf-16-be": "name,city\nPeña,León\n",
    "utf-32-le": "name,city\nPeña,León\n",
    "utf-32-be": "name,city\nPeña,León\n",
    "utf-32": "name,city\nPeña,東京\n",
    "utf-8": "name,city\nPeña,東京\n",
}


@pytest.mark.parametrize("times", [1, 60])
@pytest.mark.parametrize("name", TEXTS)
def test_an_encoding_is_found_and_named(tmp_path: Path, name: str, times: int) -> None:
    head, *body = TEXTS[name].splitlines(keepends=True)
    text = head + "".join(body) * times
    path = written(tmp_path, text.encode(name))
    _columns, rows, problems = read(path)
    assert [row.cells for row in rows] == [tuple(line.split(",")) for line in text.splitlines()[1:]]
    assert {one.code for one in problems} <= {"repeated_rows"}
    found = encoding.detect(path)
    assert str(found.reason)
    assert str(found.reason) in str(MEMBER.recognise(path, path.read_bytes()).reason)
