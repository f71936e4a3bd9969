"""The look: Fusion with a light and a dark palette of our own, and what a stylesheet adds to them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ewglink import places

THEMES = ("light", "dark")
PICTURES = ("down", "up", "close", "float", "tick", "dot")
"""The signs that a stylesheet can only take from files."""


@dataclass(frozen=True)
class Colours:
    """The colours of a theme. Text on its ground reaches 4.5:1, muted text too."""

    window: str
    base: str
    alternate: str
    raised: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    warn: str
    warn_ground: str
    error: str
    error_ground: str
    good: str


LIGHT = Colours(
    "#F3F4F6",
    "#FFFFFF",
    "#F7F8FA",
    "#FFFFFF",
    "#1C2430",
    "#566070",
    "#CDD3DB",
    "#0B5CAD",
    "#FFFFFF",
    "#7A4B00",
    "#FFF3D6",
    "#9B1C1C",
    "#FDE8E8",
    "#146C43",
)
DARK = Colours(
    "#22262C",
    "#1A1D22",
    "#1F2328",
    "#2B3038",
    "#E6E9EE",
    "#A4ADBA",
    "#414853",
    "#6CB2FF",
    "#0C1520",
    "#F5C873",
    "#3B3120",
    "#FF9C9C",
    "#442526",
    "#7FD1A5",
)


def colours(theme: str) -> Colours:
    """The colours of a theme."""
    return DARK if theme == "dark" else LIGHT


def palette(theme: str) -> QPalette:
    """The palette of a theme."""
    shade = colours(theme)
    made = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, shade.window),
        (role.WindowText, shade.text),
        (role.Base, shade.base),
        (role.AlternateBase, shade.alternate),
        (role.Text, shade.text),
        (role.Button, shade.raised),
        (role.ButtonText, shade.text),
        (role.ToolTipBase, shade.raised),
        (role.ToolTipText, shade.text),
        (role.PlaceholderText, shade.muted),
        (role.Highlight, shade.accent),
        (role.HighlightedText, shade.on_accent),
        (role.Link, shade.accent),
        (role.LinkVisited, shade.accent),
        (role.BrightText, shade.error),
        (role.Light, shade.raised),
        (role.Midlight, shade.alternate),
        (role.Mid, shade.line),
        (role.Dark, shade.muted),
        (role.Shadow, shade.line),
        (role.Accent, shade.accent),
    ):
        made.setColor(name, QColor(colour))
    faint = QColor(shade.muted)
    faint.setAlpha(150)
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, faint)
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(shade.line))
    made.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(shade.text))
    return made


def stylesheet(theme: str) -> str:
    """What the palette cannot say: flat docks, quiet headers, visible focus."""
    pictures = {name: places.resources("themes", f"{name}_{theme}.svg").as_posix() for name in PICTURES}
    return _SHEET % (vars(colours(theme)) | pictures)


_SHEET = """
QMainWindow::separator { background: %(line)s; width: 1px; height: 1px; margin: 1px; }
QMainWindow::separator:hover { background: %(accent)s; }
QDockWidget { font-weight: bold; titlebar-close-icon: url(%(close)s); titlebar-normal-icon: url(%(float)s); }
QDockWidget::close-button, QDockWidget::float-button { border: none; background: transparent; padding: 2px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: %(line)s; border-radius: 3px; }
QDockWidget::title { background: %(window)s; padding: 5px 8px; border-bottom: 1px solid %(line)s; text-align: left; }
QMenuBar { background: %(window)s; border-bottom: 1px solid %(line)s; padding: 1px; }
QMenuBar::item { padding: 4px 9px; background: transparent; border-radius: 3px; }
QMenuBar::item:selected { background: %(accent)s; color: %(on_accent)s; }
QMenu { background: %(raised)s; border: 1px solid %(line)s; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 26px; border-radius: 3px; }
QMenu::item:selected { background: %(accent)s; color: %(on_accent)s; }
QMenu::item:disabled { color: %(muted)s; background: transparent; }
QMenu::separator { height: 1px; background: %(line)s; margin: 4px 6px; }
QMenu::icon { padding-left: 6px; }
QToolBar { background: %(window)s; border: none; border-bottom: 1px solid %(line)s; spacing: 2px; padding: 3px 5px; }
QToolBar::separator { background: %(line)s; width: 1px; margin: 4px 5px; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 4px; }
QToolButton:hover { background: %(raised)s; border-color: %(line)s; }
QToolButton:checked, QToolButton:pressed { background: %(alternate)s; border-color: %(accent)s; }
QToolButton:focus { border-color: %(accent)s; }
QToolButton[popupMode="1"] { padding-right: 16px; }
QStatusBar { background: %(window)s; border-top: 1px solid %(line)s; }
QStatusBar::item { border: none; }
QTabWidget::pane { border: none; border-top: 1px solid %(line)s; }
QTabBar::tab { padding: 5px 12px; background: %(window)s; border: 1px solid transparent; border-bottom: 2px solid
    transparent; }
QTabBar::tab:selected { border-bottom-color: %(accent)s; font-weight: bold; }
QTabBar::tab:hover { background: %(raised)s; }
QTabBar:focus { outline: 1px solid %(accent)s; }
QHeaderView::section { background: %(window)s; color: %(muted)s; border: none; border-right: 1px solid %(line)s;
    border-bottom: 1px solid %(line)s; padding: 4px 6px; font-weight: bold; }
QTableView, QTreeView, QListView { border: 1px solid %(line)s; alternate-background-color: %(alternate)s;
    gridline-color: %(line)s; }
QMainWindow QDockWidget QTableView, QDockWidget QTreeView, QDockWidget QListView { border-left: none; border-right:
    none; border-bottom: none; }
QTableView::item, QTreeView::item { padding: 2px 4px; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { background: %(accent)s; color:
    %(on_accent)s; }
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QDateEdit { background: %(base)s; border: 1px solid
    %(line)s;
    border-radius: 4px; padding: 3px 6px; selection-background-color: %(accent)s; selection-color: %(on_accent)s; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus, QTableView:focus,
    QTreeView:focus,
QListView:focus { border-color: %(accent)s; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(%(down)s); width: 12px; height: 12px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button { border: none;
    width: 18px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(%(up)s); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(%(down)s); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: %(raised)s; selection-background-color: %(accent)s; selection-color:
    %(on_accent)s; }
QPushButton { background: %(raised)s; border: 1px solid %(line)s; border-radius: 4px; padding: 5px 14px; }
QPushButton:hover, QPushButton:focus { border-color: %(accent)s; }
QPushButton:pressed { background: %(alternate)s; }
QPushButton:disabled { color: %(muted)s; background: %(window)s; }
QPushButton[primary="true"] { background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s; font-weight:
    bold; }
QPushButton[primary="true"]:disabled { background: %(line)s; color: %(muted)s; border-color: %(line)s; }
QPushButton[primary="true"]:focus { border: 2px solid %(text)s; padding: 4px 13px; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; text-align: left; color: %(accent)s;
    padding: 4px 6px; }
QPushButton[flat="true"]:hover, QPushButton[flat="true"]:focus { border-color: %(accent)s; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QCheckBox::indicator, QListView::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; background: %(base)s; border: 1px solid
    %(muted)s; }
QCheckBox::indicator, QListView::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QListView::indicator:checked, QRadioButton::indicator:checked {
    background: %(accent)s; border-color: %(accent)s; }
QCheckBox::indicator:checked, QListView::indicator:checked { image: url(%(tick)s); }
QRadioButton::indicator:checked { image: url(%(dot)s); }
QCheckBox:focus, QRadioButton:focus { text-decoration: underline; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: %(line)s; }
QLabel[muted="true"] { color: %(muted)s; }
QLabel[warn="true"] { color: %(warn)s; }
QLabel[good="true"] { color: %(good)s; }
QLabel[wrong="true"] { color: %(error)s; }
QFrame[card="true"] { background: %(base)s; border: 1px solid %(line)s; border-radius: 6px; }
QFrame[notice="refusal"] { background: %(warn_ground)s; border: none; border-bottom: 1px solid %(warn)s; }
QFrame[notice="refusal"] QLabel { color: %(warn)s; }
QFrame[notice="error"] { background: %(error_ground)s; border: none; border-bottom: 1px solid %(error)s; }
QFrame[notice="error"] QLabel { color: %(error)s; }
QFrame[notice="done"] { background: %(raised)s; border: none; border-bottom: 1px solid %(line)s; }
QFrame[notice="done"] QLabel { color: %(good)s; }
QFrame[palette="true"] { background: %(raised)s; border: 1px solid %(muted)s; border-radius: 6px; }
QProgressBar { border: 1px solid %(line)s; border-radius: 4px; background: %(base)s; text-align: center;
    max-height: 14px; }
QProgressBar::chunk { background: %(accent)s; border-radius: 3px; }
QSplitter::handle { background: %(line)s; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QToolTip { background: %(raised)s; color: %(text)s; border: 1px solid %(line)s; padding: 3px; }
QScrollArea { border: none; background: transparent; }
"""


def wear(app: QApplication, theme: str) -> None:
    """Give the application the look of `theme`."""
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme))
    app.setProperty("theme", theme)


def worn() -> str:
    """The theme the application has on."""
    app = QApplication.instance()
    return (app.property("theme") if app else None) or "light"
