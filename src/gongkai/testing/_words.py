"""Words of the genre, from which texts are made up. No name here is a real jurisdiction's."""

from typing import Final

#: Places that plans are made for.
PLACES: Final = ("澄湖区", "松坪区", "澜江市", "云岫县", "望川镇")

#: What a title ends with.
GENRES: Final = ("政务公开工作要点", "政府信息公开工作要点", "政务公开工作任务")

#: What a task asks for.
VERBS: Final = (
    *(
        "公开",
        "发布",
        "做好",
        "推进",
        "及时公布",
        "依法公开",
        "持续完善",
        "规范",
        "加强",
        "主动回应",
        "组织开展",
    ),
    *("集中展示", "更新", "深化", "优化"),
)

#: What is asked for.
MATTERS: Final = (
    *(
        "财政预决算",
        "老旧小区改造",
        "政策解读",
        "空气质量",
        "食品安全抽检结果",
        "公共服务事项",
        "重大建设项目",
    ),
    *("政务新媒体监管", "“一业一证”改革", "12345热线办理情况", "义务教育招生", "养老服务机构名录", "App备案"),
    *("“双随机、一公开”检查结果", "营商环境", "PM2.5数据", "行政处罚决定", "5类民生实事", "基层试点成果"),
)

#: What follows the matter.
TAILS: Final = (
    *("", "信息公开", "信息", "工作", "，方便群众查询", "，提升服务水平", "；听取公众意见", "，接受社会监督"),
    *("，做到应公开尽公开", "，探索“政策+服务”模式", "，实现数据共享率90%以上"),
    *("，按照“谁制定、谁解读”要求办理", "——以公开促落实", "，提升3.5个百分点"),
)

#: What a heading ends or begins with.
HEADINGS: Final = (
    *("深化重点领域信息公开", "加强政策解读", "强化平台建设", "做好保障", "优化营商环境公开"),
    *("围绕民生改善推进公开", "提升公开质量", "完善工作机制", "夯实基础", "推进“五公开”"),
)

#: Headings of aims and principles: what stands below asks nothing.
AIMS: Final = ("总体要求", "指导思想", "基本原则", "工作目标")

#: What a preamble or a closing says.
REMARKS: Final = (
    *(
        "为做好全区政务公开工作，结合实际，制定本要点。",
        "各单位要高度重视，抓好落实。",
        "坚持以人民为中心的发展思想。",
    ),
    *(
        "工作中遇到的问题，请与办公室联系。",
        "要加强学习，提高认识。",
        "依据《澄湖区政务公开办法》，制定本要点。",
    ),
)

#: Characters of generated words: none that numbers, dates, lists or responsibility clauses are made of.
HANZI: Final = (
    "公开政务信息服民生城乡建设教育卫健环境保护交通旅游文化科技创新平台数据群众企便利规范透明优质高效"
)

#: Characters that generated words mix in, never at the start: they would grow on to a label there.
OTHERS: Final = "0123456789ABCabcz%+"

#: Departments, by kind.
ORGANS: Final = (
    *("区财政局", "区司法局", "区发展改革委", "区住房城乡建设委", "区生态环境局", "区市场监管局", "区教委"),
    *(
        "区卫生健康委",
        "市规划自然资源委澄湖分局",
        "区政府办公室",
        "区委宣传部",
        "区融媒体中心",
        "澄湖园管委会",
    ),
)
COLLECTIVES: Final = ("各部门", "各街道", "各有关单位", "各相关部门", "各街道办事处")

#: What follows 等 in a list that is open.
OPEN: Final = ("有关部门", "相关单位", "其他有关单位")

#: Ids that a directory may give.
IDS: Final = ("finance", "justice", "development-reform", "ecology-environment", "all-departments")

#: Codes of document numbers.
CODES: Final = ("澄政务公开办发", "澄政办发", "澜政发", "京政办发", "松政函")

#: Kinds of pieces, as a reader names them.
PIECES: Final = (
    *(
        "text",
        "label",
        "heading",
        "clause",
        "title",
        "paragraph",
        "record",
        "notice",
        "closing",
        "blank",
        "break",
    ),
    *("noise:toolbar", "noise:page-number"),
)

#: Labels as they are printed.
LABELS: Final = ("1.", "2.", "12.", "一、", "二、", "（一）", "(二)", "（1）", "第一章", "①")

#: Columns of task tables that have no field of their own.
COLUMNS: Final = ("备注", "序号", "公开形式", "责任人", "成果")
