"""Every identifier scheme against numbers known to hold or not, and against the libraries others keep."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewglink.identifiers.catalogue import SCHEMES, check, identify, scheme_name, tax_number
from ewglink.identifiers.contract import Scheme
from ewglink.identifiers.placeholders import is_placeholder
from ewglink.reference.schema_files import builtin_schema
from ewglink.text import Message

HOLD = """imo_ship 9319466;imo_ship 8814275;imo_ship 9074729;imo_ship IMO 9319466;imo_ship OMI: 9319466
iso6346 CSQU3054383;iso6346 csqu 305438-3;lei 213800KUD8LAJWSQ9D15;ca_bn9 123026635;ca_bn9 123026635RC0001
ca_bn15 123026635RC0001;ca_bn15 123026635 RR 0001;us_ein 91-1144442;us_ein 911144442;rfc GODE561231GR8
rfc MAB 930714 8T4;curp BOXW310820HNERXN09;cn_uscc 91110000600037341L;cas 75-45-6;cas 811-97-2;vin 1M8GDM9AXKP042788
vin 5GZCZ43D13S812715;vin 11111111111111111;engine_family STRNS.2081GA;epa_id CAD009999999;epa_id VATESTGEN001
epa_id vad 000 532 119;mtn 123456789ELC;mtn 123456789trn;us_consent_no 123456I12345;us_consent_no 123456E12345
aes_itn X20240131123456;us_entry_no ABC-1234567-8;semarnat_auth 05-35-PS-I-327D-2019;mx_pedimento 24 47 3850 4001234
hs 8549.11;hs 8549110000;un UN2794;un 2794;un na 3077;unlocode USLRD;unlocode MXZLO;unlocode CAVAN;iso3166 CA-QC
iso3166 MX-NLE;iso3166 US-TX;iso3166 México;iso3166 NA;phone_e164 +52 686 555 0301;phone_e164 +1 (956) 555-0142
email Ana.Lopez@Example.MX;email <a@bücher.example>;domain https://www.Example.com/path;iban GB82 WEST 1234 5698 7654 32
clabe 032180000118359719;imei 490154203237518;imei 35-209900-176148-1;ashrae R-134a;ashrae HFC-134A;ashrae r410a
ashrae R-12;ashrae R12B1;ashrae HFO-1234ze(E);mmsi 316001234;mmsi 003160016;uei ZQGGHJH74DW7;duns 150483782
imsi 334020123456789
epa_waste D008;epa_waste K069;basel A1181;y_code Y31;h_code H6.1;operation R4;operation DC17
iwic Q6//R4//S38//C18//H8//A841
cites_permit MX 12345/2024;nra ABC1234567890;ec_no 200-871-9;callsign XCAB1;scac ABCD;usdot USDOT 1234567;cage 1ABC2
imo_company 5304986""".replace("\n", ";").split(";")
DOUBTFUL = """imo_ship 1234567=implausible;rfc VACE460910SX6=check_digit;mtn 123456789QQQ=unknown_suffix
epa_id CAD00999999=length;epa_id ZZD009999999=unknown_place;epa_id CADABCDEFGHI=unusual
ca_bn15 123026635AB0001=unknown_program
us_consent_no AB-1234567=legacy;aes_itn X20241331123456=date;semarnat_auth 05-35-PS-I-327D-2999=future
semarnat_auth 99-35-PS-I-327D-2019=state;semarnat_auth whatever=unusual;mx_pedimento 244738505001234=year
hs 85491=odd_length
hs 8549=coarse;un UN9998=unlisted;mmsi 299001234=unallotted;phone_e164 686 555 0301=no_country;ashrae R-161=unlisted
vin JH4DA9370MS016525=check_digit;basel A1180=past;basel B1110=past;epa_waste D044=unlisted;epa_waste K200=unlisted
ca_md_no ?!=unusual;h_code H2=unlisted""".replace("\n", ";").split(";")
FAIL = """imo_ship 8814274=check_digit;imo_ship 88142=format;iso6346 CSQU3054384=check_digit;iso6346 12_U3054383=format
iso6346 CSQA3054383=format;lei 213800KUD8LAJWSQ9D16=check_digit;lei ABCD08=format;ca_bn9 123456783=check_digit
us_ein 07-1144442=prefix;cas 75-45-7=check_digit;mtn 12345678ELC=format;mtn 1234567890ELC=format;rfc GODE561331GR8=date
curp BOXW310820HNERXN08=check_digit;curp BOXW311320HNERXN09=parts;cn_uscc 91110000600037342L=check_digit
vin 1M8GDM9A1KP042788=check_digit;vin 1M8GDM9AXKPO42788=format;engine_family OTRNS.2081GA=model_year
engine_family STRNS=format
hs 770000=chapter;unlocode QQABC=country;unlocode USLR1=format;iso3166 Atlantis=unknown;email nobody=format
email a@-=domain;clabe 032180000118359718=check_digit;iban GB82WEST12345698765433=check_digit
imei 490154203237517=check_digit
mmsi 12345678=format;mmsi 123456789=no_station;ashrae R-19=molecule;uei OI3456789012=format;epa_id 12D009999999=format
phone_e164 +1 956 555=length;ec_no 200-871-8=check_digit;imo_company 5304987=check_digit""".replace(
    "\n", ";").split(";")


@pytest.mark.parametrize("case", HOLD)
def test_holds(case: str) -> None:
    scheme, text = case.split(" ", 1)
    said = check(scheme, text)
    assert (said.status, said.code) == ("ok", "ok"), said
    assert said.normalised and said.may_join and said.raw == text
    assert check(scheme, said.normalised).normalised == said.normalised


@pytest.mark.parametrize("case", DOUBTFUL)
def test_is_doubtful(case: str) -> None:
    text, code = case.rsplit("=", 1)
    said = check(*text.split(" ", 1))
    assert (said.status, said.code) == ("warn", code)
    assert not said.may_join


@pytest.mark.parametrize("case", FAIL)
def test_does_not_hold(case: str) -> None:
    text, code = case.rsplit("=", 1)
    said = check(*text.split(" ", 1))
    assert (said.status, said.code) == ("fail", code)
    assert not said.may_join and str(said.message)


@pytest.mark.parametrize("text", [
    "", "  ", "N/A", "n/a", "NULL", "none", "CHANGE ME", "TO THE ORDER OF", "To the order of Banco del Norte", "TBD",
    "000000000",
    "00-000000-0", "-", "--", "XXXXX", "999999999", "s/n", "SIN NÚMERO", "inconnu", "No aplica", "-0-", "未知",
    "null "])
def test_placeholders_never_join(text: str) -> None:
    assert is_placeholder(text)
    for scheme in ("epa_id", "mtn", "rfc", "imo_ship", "ca_bn9", "vin", "duns", "ca_permit_no"):
        said = check(scheme, text)
        assert said.placeholder and said.status == "warn" and said.normalised == "" and not said.may_join


@pytest.mark.parametrize("text", ["9319466", "99 Main St", "Orderly Metals", "Nathan", "0123456", "11111111111111111",
                                  "A", "Tobd"])
def test_what_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("text", ["XAXX010101000", "XEXX010101000", "xexx-010101-000"])
def test_an_rfc_everybody_uses_is_a_placeholder(text: str) -> None:
    said = check("rfc", text)
    assert said.placeholder and said.code == "placeholder" and said.normalised and not said.may_join


@pytest.mark.parametrize(("scheme", "text", "normalised"), [
    ("us_ein", "911144442", "91-1144442"), ("un", "2794", "UN2794"), ("hs", "8549.11", "854911"),
    ("ashrae", "r134A", "R-134a"),
    ("ashrae", "R-404a", "R-404A"), ("ashrae", "HFO-1234YF", "R-1234yf"), ("iso6346", "csqu 305438-3", "CSQU3054383"),
    ("ca_bn9", "12302 6635 RC0001", "123026635"), ("us_entry_no", "abc12345678", "ABC-1234567-8"),
    ("iso3166", "usa", "US"), ("iso3166", "ca-qc", "CA-QC"), ("epa_id", "ＶＡＤ０００５３２１１９", "VAD000532119"),
    ("email", "A@Bücher.MX", "a@xn--bcher-kva.mx"),
    ("imei", "4901542032375101", "490154203237518"), ("cas", "CAS: 75-45-6", "75-45-6")])
def test_normal_forms(scheme: str, text: str, normalised: str) -> None:
    assert check(scheme, text).normalised == normalised


@pytest.mark.parametrize("text", ["686 555 0301", "+52 1 686 555 0301", "044 686 555 0301", "045-686-555-0301",
                                  "01 686 555 0301",
                                  "0052 686 555 0301", "(686) 555-0301", "Tel. 686 555 0301", "52 686 555 0301"])
def test_mexican_telephones_in_old_forms(text: str) -> None:
    said = check("phone_e164", text, country="MX")
    assert (said.normalised, said.status, said.detail["country"]) == ("+526865550301", "ok", "MX")


def test_what_numbers_tell() -> None:
    assert check("curp", "BOXW310820HNERXN09").detail["birth_date"] == "1931-08-20"
    assert check("curp", "BOXW310820HNERXN09").detail["gender"] == "M"
    assert check("us_consent_no", "123456I12345").detail["direction"] == "import"
    family = check("engine_family", "STRNS.2081GA").detail
    assert (family["model_year"], family["manufacturer"], family["unit"]) == (2025, "TRN", "L")
    assert check("ashrae", "R-12").detail["atoms"] == {"C": 1, "H": 0, "F": 2, "Cl": 2, "Br": 0}
    assert check("ashrae", "R-134a").detail["atoms"] == {"C": 2, "H": 2, "F": 4, "Cl": 0, "Br": 0}
    assert check("mmsi", "345001234", country="US").code == "other_flag"
    assert check("mmsi", "970123456").detail == {"kind": "sart"}
    assert 2019 in check("vin", "1M8GDM9AXKP042788").detail["model_years"]
    assert check("rfc", "MAB9307148T4").detail["kind"] == "company"


def test_identify_puts_what_holds_first() -> None:
    assert identify("9319466")[0].scheme == "imo_ship"
    assert identify("VATESTGEN001")[0].scheme == "epa_id"
    assert identify("123456789ELC")[0].scheme == "mtn"
    assert identify("1M8GDM9AXKP042788")[0].scheme == "vin"
    assert identify("123456I12345")[0].scheme == "us_consent_no"
    bad = identify("CSQU3054384")
    assert ("iso6346", "fail") in {(said.scheme, said.status) for said in bad}
    assert identify("") == [] and identify("N/A") == [] and identify("hello there") == []


@pytest.mark.parametrize("text", ["IMO0000000", "IMO 000 0000", "OMI: 0000000"])
def test_zeros_are_a_placeholder_behind_a_prefix_too(text: str) -> None:
    assert check("imo_ship", text).placeholder and not check("imo_ship", text).may_join


def test_an_unknown_scheme_only_warns() -> None:
    said = check("no_such_scheme", " 12 ")
    assert (said.status, said.code, said.normalised) == ("warn", "unknown_scheme", "12")


def test_every_scheme_of_the_schema_has_a_check() -> None:
    types = builtin_schema().entity_types.values()
    assert {use.scheme for one in types for use in one.identifiers} <= set(SCHEMES.keys())
    assert {prop.scheme for one in types for prop in one.properties if prop.scheme} <= set(SCHEMES.keys())


def test_members_keep_the_contract() -> None:
    for member in SCHEMES:
        assert isinstance(member, Scheme)
        assert member.name and 0 <= member.certainty <= 3
        assert isinstance(scheme_name(member.key), Message)


ANY_TEXT = st.one_of(st.text(max_size=40), st.from_regex(r"[A-Z0-9./ +()@_\-]{0,24}", fullmatch=True),
                     st.text("0123456789०१²Ⅷ①", max_size=20))


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_no_text_makes_any_scheme_stumble(text: str) -> None:
    for member in SCHEMES:
        said = check(member.key, text)
        assert said.code != "not_checked", (member.key, text, said.detail)
        assert said.raw == text and str(said.message)
    identify(text)


@given(st.integers(0, 999999))
@settings(max_examples=60, deadline=None)
def test_check_digits_agree_with_the_library_others_keep(number: int) -> None:
    from stdnum import casrn, imo, iso6346, lei, luhn

    ship = f"{number:06d}"
    for digit in range(10):
        text = ship + str(digit)
        said = check("imo_ship", text)
        if not said.placeholder:
            assert (said.status != "fail") == imo.is_valid(text)
        box = f"TRNU{ship}{digit}"
        assert (check("iso6346", box).status == "ok") == iso6346.is_valid(box)
        if ship[0] != "0":
            chemical = f"{ship[:4]}-{ship[4:]}-{digit}"
            said = check("cas", chemical)
            assert said.placeholder or (said.status == "ok") == casrn.is_valid(chemical)
        business = f"12{ship}{digit}"
        assert (check("ca_bn9", business).status == "ok") == luhn.is_valid(business)
    entity = f"2138{ship}AJWSQ9D15000"[:18] + f"{number % 100:02d}"
    assert (check("lei", entity).status == "ok") == lei.is_valid(entity)


@pytest.mark.parametrize(("text", "country", "scheme", "status"), [
    ("MAB9307148T4", "MX", "rfc", "ok"), ("XAXX010101000", "MX", "rfc", "warn"), ("123026635", "CA", "ca_bn9", "ok"),
    ("123026635RC0001", "CA", "ca_bn15", "ok"),
    ("91-1144442", "US", "us_ein", "ok"), ("MAB9307148T4", None, "rfc", "ok"),
    ("91110000600037341L", "CN", "cn_uscc", "ok"), ("12345", "CA", "ca_bn15", "fail")])
def test_a_tax_number_is_read_by_its_country(text: str, country: str | None, scheme: str, status: str) -> None:
    said = tax_number(text, country)
    assert said is not None and (said.scheme, said.status) == (scheme, status)


def test_a_tax_number_of_no_known_country_says_nothing() -> None:
    assert tax_number("12345", "PA") is None
    assert tax_number("12345", None) is None


@pytest.mark.parametrize(
    ("text", "scheme"), [("BB 12345-6", "ca_md_no"), ("BC 123456-7", "ca_md_no"), ("CA-QC", "iso3166"),
                         ("US-TX", "iso3166"), ("ABC1234567890", "nra")])  # fmt: skip
def test_papers_without_a_check_are_guessed_where_their_form_tells_them(text: str, scheme: str) -> None:
    assert scheme in [one.scheme for one in identify(text)]


def test_every_scheme_can_be_asked_for_by_its_name() -> None:
    from ewglink.workspace.identifier_check import look, schemes

    assert {key for key, _name in schemes()} == {member.key for member in SCHEMES}
    (line,) = look(["AB 1234"], scheme="ca_prov_id")
    assert [one.scheme for one in line.found] == ["ca_prov_id"]


def test_what_a_number_does_not_tell_is_not_shown() -> None:
    from ewglink.workspace.identifier_check import told

    assert told(check("vin", "WBA00000000000000")) == "maker: WBA"
