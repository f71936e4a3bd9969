"""Small graph files of every flavour, written for these tests."""

from __future__ import annotations

GRAPHML = "<graphml xmlns='http://graphml.graphdrawing.org/xmlns'>"

YED = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key attr.name="description" attr.type="string" for="node" id="d5"/>
<key for="node" id="d6" yfiles.type="nodegraphics"/>
<key for="edge" id="d10" yfiles.type="edgegraphics"/>
<graph edgedefault="directed" id="G">
<node id="n0"><data key="d5"/><data key="d6"><y:ShapeNode><y:Geometry height="30.0" width="60.0" x="100.0" y="40.0"/>
<y:Fill color="#FFCC00" transparent="false"/><y:BorderStyle color="#000000"/>
<y:NodeLabel>Harbour Trading<y:LabelModel/></y:NodeLabel><y:Shape type="ellipse"/></y:ShapeNode></data></node>
<node id="n1" yfiles.foldertype="group"><data key="d5">a group</data><data key="d6"><y:ProxyAutoBoundsNode>
<y:Realizers active="0"><y:GroupNode><y:Geometry height="100" width="100" x="300" y="300"/>
<y:NodeLabel>Group</y:NodeLabel></y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data>
<graph edgedefault="directed" id="n1:"><node id="n1::n0"><data key="d6"><y:ShapeNode>
<y:Geometry height="20" width="20" x="310" y="310"/><y:NodeLabel>Inside</y:NodeLabel></y:ShapeNode></data></node>
</graph></node>
<edge id="e0" source="n0" target="n1::n0"><data key="d10"><y:PolyLineEdge>
<y:Arrows source="none" target="standard"/><y:EdgeLabel>pays</y:EdgeLabel></y:PolyLineEdge></data></edge>
<edge id="e1" source="n0" target="n0"><data key="d10"><y:PolyLineEdge>
<y:Arrows source="none" target="none"/></y:PolyLineEdge></data></edge>
</graph></graphml>"""

CYTOSCAPE_GRAPHML = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
{GRAPHML}
<key attr.name="shared name" attr.type="string" for="node" id="shared name"/>
<key attr.name="interaction" attr.type="string" for="edge" id="interaction"/>
<key attr.name="score" attr.type="double" for="edge" id="score"/>
<key attr.name="selected" attr.type="boolean" for="node" id="selected"/>
<graph edgedefault="directed" id="Network">
<node id="1"><data key="shared name">Ana</data><data key="selected">false</data></node>
<node id="2"><data key="shared name">Luis</data><data key="selected">true</data></node>
<edge id="10" source="1" target="2"><data key="interaction">calls</data><data key="score">0.50</data></edge>
</graph></graphml>"""

HYPER = f"""{GRAPHML}<graph id="G" edgedefault="undirected">
<node id="a"><port name="north"/></node><node id="b"/><node id="c"/>
<hyperedge id="h"><endpoint node="a"/><endpoint node="b" type="in"/><endpoint node="c" type="out"/></hyperedge>
<edge source="a" target="b" sourceport="north"/><edge source="a" target="nowhere" directed="true"/>
<edge id="same" source="a" target="c"/><edge id="same" source="c" target="a"/>
</graph></graphml>"""

DEFAULTS = f"""{GRAPHML}
<key id="d0" for="node" attr.name="colour" attr.type="string"><default>yellow</default></key>
<key id="d1" for="all" attr.name="weight" attr.type="double"/>
<key id="d2" for="node" attr.name="colour" attr.type="string"/>
<key id="d3" for="node" attr.name="zip" attr.type="string"/>
<graph edgedefault="undirected">
<node id="n0"><data key="d0">green</data><data key="d3">00501</data></node>
<node id="n1"><data key="d1">1.50</data><data key="d2">dark</data></node><node id="n2"><data key="gone">?</data></node>
<edge source="n0" target="n1"><data key="d1">2</data></edge></graph></graphml>"""

GEXF_DYNAMIC = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<graph mode="dynamic" defaultedgetype="undirected" timeformat="date">
<attributes class="node" mode="static">
<attribute id="0" title="kind" type="string"><default>person</default></attribute>
<attribute id="2" title="aliases" type="liststring"/></attributes>
<attributes class="node" mode="dynamic"><attribute id="1" title="price" type="float"/></attributes>
<nodes>
<node id="a" label="Ana" start="2009-03-01"><attvalues><attvalue for="0" value="broker"/>
<attvalue for="1" value="1" start="2009-03-01" end="2009-03-10"/><attvalue for="1" value="2.5" start="2009-03-11"/>
<attvalue for="2" value="A|Anita"/></attvalues>
<viz:color r="255" g="0" b="0"/><viz:position x="10" y="20" z="0"/><viz:size value="4"/></node>
<node id="g" label="Group"><nodes><node id="in" label="Inside"/></nodes>
<edges><edge source="in" target="g"/></edges></node>
<node id="c" label="Carl" pid="g">
<spells><spell start="2009-01-01" end="2009-01-15"/><spell start="2009-02-01"/></spells>
</node></nodes>
<edges><edge id="1" source="a" target="c" type="directed" start="2009-03-01" end="2009-03-10" weight="2"/>
<edge id="2" source="a" target="c" type="mutual"/><edge id="3" source="a" target="a"/></edges>
</graph></gexf>"""

GEXF_NUMERIC = """<gexf version="1.1" xmlns="http://www.gexf.net/1.1draft"><graph timeformat="double" mode="dynamic">
<nodes><node id="0" label="Zero" start="1.5" end="20"/><node id="1" label="One"><spells><spell start="1" end="2"/>
<spell start="5" end="9"/></spells></node></nodes>
<edges><edge id="0" source="0" target="1" start="3"/></edges></graph></gexf>"""

XGMML = """<?xml version="1.0"?>
<!DOCTYPE graph PUBLIC "-//John Punin//DTD graph description//EN" "http://www.cs.rpi.edu/~puninj/XGMML/xgmml.dtd">
<graph label="Calls" xmlns="http://www.cs.rpi.edu/XGMML" xmlns:cy="http://www.cytoscape.org" directed="1">
<att name="documentVersion" value="1.1"/>
<node id="-1" label="Ana"><att name="age" type="integer" value="44"/><att name="tags" type="list">
<att type="string" value="a;b"/><att type="string" value="c"/></att>
<graphics type="ELLIPSE" x="10.0" y="-20.0" w="40" h="40" fill="#ff9999"/></node>
<node id="-2" label="Group"><att><graph><node id="-3" label="Inside"/><node href="#-1"/></graph></att>
<graphics x="200" y="300"/></node>
<edge label="Ana (calls) Inside" source="-1" target="-3" cy:directed="0"><att name="interaction" value="calls"/></edge>
<edge label="self" source="-1" target="-1"/>
</graph>"""

GML = """# a comment
Creator "Gephi"
Version 1
graph [
  directed 1
  node [ id 1 label "Peña &#38; S&ouml;hne" zip "00501" age 44 ratio 0.5
    graphics [ x 10.5 y 20 fill "#FF0000" ] tag "a" tag "b" ]
  node [ id 2 label "quoted &quot;x&quot;
over two lines" ]
  edge [ source 1 target 2 label "pays" weight 1.0 ]
  edge [ source 1 target 2 ]
  edge [ source 2 target 2 directed 0 ]
  edge [ source 2 target 9 ]
]
"""

CYTOSCAPE_JS = """{"format_version": "1.0", "data": {"name": "Calls"}, "elements": {
"nodes": [
 {"data": {"id": "g", "label": "Group"}},
 {"data": {"id": "a", "parent": "g", "age": 44, "ok": true, "more": {"x": [1]}, "tags": ["p", "q"]},
  "position": {"x": 1.5, "y": -2}, "classes": "big red"},
 {"data": {"id": 7}, "position": {"x": 300, "y": 400}, "style": {"background-color": "#ff0000"}},
 {"position": {"x": 0, "y": 0}}],
"edges": [{"data": {"id": "e", "source": "a", "target": 7, "label": "pays"}},
 {"data": {"source": "a", "target": "a"}}, {"data": {"id": "x", "source": "a"}}]}}"""
