"""The chart on the screen: one item paints every mark, tools read the mouse and the keys."""
