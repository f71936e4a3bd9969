"""What a chart looks like, without a toolkit.

`content` is what a chart holds; `scene.build_scene` turns it into marks, `furniture.paper_scene` adds labels,
legend, title
block and banner; `hit` finds what lies under a point. Text is measured through `measure.TextMeasure`.
"""
