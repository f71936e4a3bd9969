"""Words that names of Chinese companies share, so that a name and its form for foreign papers can be compared."""

from __future__ import annotations

import re

_PLACES = {
    "北京": "beijing", "上海": "shanghai", "天津": "tianjin",
    "重庆": "chongqing", "深圳": "shenzhen", "广州": "guangzhou",
    "东莞": "dongguan", "佛山": "foshan", "珠海": "zhuhai",
    "中山": "zhongshan", "厦门": "xiamen", "福州": "fuzhou",
    "泉州": "quanzhou", "宁波": "ningbo", "杭州": "hangzhou",
    "温州": "wenzhou", "义乌": "yiwu", "台州": "taizhou",
    "苏州": "suzhou", "无锡": "wuxi", "南京": "nanjing",
    "常州": "changzhou", "青岛": "qingdao", "济南": "jinan",
    "烟台": "yantai", "潍坊": "weifang", "大连": "dalian",
    "沈阳": "shenyang", "武汉": "wuhan", "成都": "chengdu",
    "西安": "xian", "郑州": "zhengzhou", "长沙": "changsha",
    "合肥": "hefei", "南昌": "nanchang", "昆明": "kunming",
    "海口": "haikou", "广东": "guangdong", "浙江": "zhejiang",
    "江苏": "jiangsu", "山东": "shandong", "福建": "fujian",
    "香港": "hong kong", "澳门": "macau", "台湾": "taiwan",
    "中国": "china", "湖州": "huzhou", "金华": "jinhua",
}
_TRADES = {
    "进出口": "import export", "进口": "import", "出口": "export",
    "贸易": "trading", "商贸": "trading", "国际": "international",
    "化工": "chemicals", "化学": "chemicals", "电子": "electronics",
    "制冷": "refrigeration", "制冷剂": "refrigerant",
    "机械": "machinery", "物流": "logistics", "金属": "metals",
    "科技": "technologies", "技术": "technologies",
    "实业": "industries", "工业": "industries", "环保": "environmental",
    "环境": "environmental", "再生": "recycling",
    "资源": "resources", "电池": "batteries", "塑料": "plastics",
    "塑胶": "plastics", "钢铁": "steel", "汽车": "auto",
    "摩托车": "motorcycle", "发动机": "engines", "动力": "power",
    "木业": "timber", "水产": "aquatic products",
    "渔业": "fisheries", "运输": "transport", "航运": "shipping",
    "船务": "shipping", "海运": "shipping", "货运": "freight",
    "集团": "group", "控股": "holdings", "投资": "investment",
    "发展": "development", "制造": "manufacturing",
    "纺织": "textile", "食品": "foods", "医药": "pharmaceutical",
    "石油": "petroleum", "能源": "energy", "气体": "gas",
    "新材料": "new materials", "材料": "materials", "电器": "electric",
    "设备": "equipment", "供应链": "supply chain",
}
_WORDS = _PLACES | _TRADES
_KNOWN = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)) + "|[市省]")


def spell_out(text: str) -> str:
    """`text` with the places and trades that are known written in English, apart from what is the company's own."""
    return _KNOWN.sub(lambda match: f" {_WORDS.get(match.group(), '')} ", text)
