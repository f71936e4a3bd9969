"""Cleaning: what people type, and what hides in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.names import clean
from ewglink.names.addresses import address_key, address_words


@pytest.mark.parametrize(("raw", "tidied"), [
    ("  Fundición  del\tNorte \n", "Fundición del Norte"), ("Nin\u0303o", "Niño"), ("a\u200bb", "ab"),
    ("\ufeffCAD", "CAD"), ("\u202eexe.fdp", "exe.fdp"), ("x\x00y", "xy"), ("", ""), ("A\u00a0B", "A B")])
def test_tidy(raw: str, tidied: str) -> None:
    assert clean.tidy(raw) == tidied


@pytest.mark.parametrize(("one", "other"), [
    ("Recyclage Québec Inc.", "RECYCLAGE  QUEBEC, INC"), ("Señor Muñoz", "senor munoz"), ("Straße 1", "STRASSE 1"),
    ("ＡＢＣ１２３", "abc123"), ("Cœur_Œuvre", "coeur oeuvre"), ("Łódź", "lodz")])
def test_the_search_key_ignores_how_it_was_typed(one: str, other: str) -> None:
    assert clean.search_key(one) == clean.search_key(other)


def test_the_search_key_keeps_what_tells_names_apart() -> None:
    assert clean.search_key("Metales del Sur") != clean.search_key("Metales del Norte")
    assert clean.search_key("氢氟碳化物 R-134a") == "氢氟碳化物 r 134a"
    assert clean.search_key("--- !!") == ""


@pytest.mark.parametrize(("text", "codes"), [
    ("plain", ()), ("Québec, Nuevo León, œuvre, Ångström", ()), ("a\u202eb", ("bidi", "invisible")),
    ("a\u00adb", ("invisible",)), ("a\x07b", ("control",)), ("MÃ©xico", ("mojibake",)), ("don’t", ()),
    ("donâ€™t", ("mojibake",)), ("Nuevo Le\ufffdn", ("mojibake",)), ("tab\tand\nline", ())])
def test_oddities(text: str, codes: tuple[str, ...]) -> None:
    assert clean.oddities(text) == codes


def test_numbers_are_read_in_any_width() -> None:
    assert clean.plain_width("ＣＡＤ００９–９") == "CAD009-9"


@given(st.text())
def test_cleaning_never_fails_and_is_done_once(text: str) -> None:
    once = clean.tidy(text)
    assert clean.tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not clean.has_control(once) and not clean.has_bidi(once)
    clean.oddities(text)
    assert clean.search_key(clean.search_key(text)) == clean.search_key(text)


@pytest.mark.parametrize(("one", "other"), [
    ("123 Main Street, Suite 4", "123 MAIN ST STE 4"),
    ("Av. de los Insurgentes Sur No. 45", "AVENIDA INSURGENTES SUR 45"),
    ("12, rue Saint-Jean Est, bureau 3", "12 Rue St Jean E unité 3")])
def test_the_same_address_has_one_key(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


def test_different_addresses_differ() -> None:
    assert address_key("123 Main St") != address_key("132 Main St")
    assert address_words("Main St 123") == address_words("123 Main Street")
    assert address_key(" ,. ") == ""
