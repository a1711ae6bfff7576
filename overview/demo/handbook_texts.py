"""What the demonstration's coordinators and liaisons write: titles, what was said, what was found."""

# title, what was said, topics by key
TALKS = (
    ("工休时走访", "问了工资和伙食。工资上月已到卡，伙食比上月好，想多一个热菜。", ("wages", "living")),
    ("工休时走访", "大家情绪平稳。有两人问放假安排，已告诉他们等生产计划定了再通知。", ("work",)),
    ("宿舍谈心", "他母亲住院，想请几天假，又怕扣全勤。已跟队里说好，给假，不扣。", ("family", "work")),
    ("宿舍谈心", "新来的两个年轻人不习惯夜班，睡不好。建议班组先排白班，过两周再轮。", ("work", "health")),
    ("驻地座谈", "对劳保用品发放满意，提出雨鞋码数不全；食堂早饭种类少。", ("living", "idea")),
    ("驻地座谈", "问加班怎么算。项目工经部当场解释，公示栏贴了计算方法。", ("wages", "management")),
    ("电话联系联络员", "联络员说班里没有情况，下周有四人进场。", ("management",)),
    ("工休时走访", "洞口照明暗，担心走路摔跤。已告诉安质部当天加灯。", ("safety",)),
    ("宿舍谈心", "家里房子翻修钱紧，盼工资准时。队里答应按时发。", ("wages", "family")),
    ("工休时走访", "建议把休息棚往工点挪近一点，夏天喝水方便。", ("idea", "living")),
)
MOODS = ("steady", "steady", "steady", "steady", "wavering", "steady", "", "wavering", "attention", "steady")
# title, kind, subjects by key, hours, how it was done
TRAININGS = (
    ("进场岗前培训", "induction", ("safety", "rules"), 4, "briefing"),
    ("安全质量再教育", "re_education", ("safety", "quality"), 2, "briefing"),
    ("农民工夜校", "night_school", ("technique", "law"), 2, "discussion"),
    ("专家讲课", "lecture", ("technique", "quality"), 3, "briefing"),
    ("岗位技能培训", "skill", ("skill",), 6, "practice"),
    ("文明施工和标准化施工宣讲", "re_education", ("civilised", "standard"), 2, "video"),
)
PLATEAU = ("高原工作注意事项宣讲", "plateau", ("plateau", "safety"), 2, "briefing")
# Guizhou's twenty: safety and quality, technique, skills of the post.
GUIZHOU = (
    ("安全质量培训", "safety", ("safety", "quality"), 2, "briefing"),
    ("施工技术培训", "skill", ("technique",), 4, "practice"),
    ("岗位技能培训", "skill", ("skill",), 6, "practice"),
    ("“五同六送”与党员“六纳入”宣讲", "posts", ("duties", "method"), 2, "discussion"),
)
TRAINERS = (("安质部部长", ""), ("项目总工", ""), ("常务副经理", ""), ("局教育培训中心老师", "external"), ("工程部部长", ""))
MEETINGS = (
    "每月联络员例会",
    "传达公司要求，汇总各班组情况，安排下月走访和问卷。",
    "会上登记的问题三日内分办；下次会前逐条通报。",
)
# title, what was seen, serious, put right on the spot
DANGERS = (
    ("临边护栏缺一档", "桥面左幅临边护栏被碰掉一档，已补齐。", False, True),
    ("配电箱门未锁", "钢筋场二级箱门开着，当场锁好，交代电工。", False, True),
    ("脚手板探头", "三号墩脚手板探头约三十公分，已绑扎。", False, True),
    ("氧气乙炔瓶距离不足", "间距不到五米，当场挪开。", False, True),
    ("边坡有松石", "上边坡局部松石，已设警戒，等机械清理。", True, False),
    ("洞内通风袋破损", "破口两处，风量不足，已报安质部安排更换。", True, False),
    ("未系安全带", "高处作业两人未挂安全绳，当场纠正并教育。", False, True),
)
ACTIVITIES = ("节日文体活动", "劳动竞赛阶段评比", "安全生产月活动", "班组拔河比赛", "读书角开放日", "观看安全警示片")
RIGHTS = (
    ("督导工资支付台账", "抽查两支队伍工资表和签字，缺签四处，已补齐。"),
    ("政策法规宣讲", "讲保障农民工工资支付条例，发口袋书。"),
    ("协助办理工资卡", "随银行上门，当天办卡。"),
    ("调解纠纷", "工程量对账差异，双方当场核对一致，签字确认。"),
)
ACTS = (
    ("参加队伍筛选", "screening", "资料齐全，近两年无欠薪记录，同意入围。"),
    ("参加招投标", "tender", "报价合理，工资专户已开，同意。"),
    ("参加合同谈判", "negotiation", "建议写明工资按月支付和代发条款，已采纳。"),
    ("参加验工计量", "measurement", "工程量经班组签认，当期工资部分单列。"),
    ("参加单价确定", "unit_price", "单价与定额相符，无异议。"),
)
GUIDANCE = (
    ("工作指导", "guidance", "走访记录写到人和事，问题要有去处。"),
    ("履职检查", "check", "公示牌照片要更新；例会要有会议记录。"),
)
WANTING = ("班前讲话记录缺两天", "两人特种作业证快到期", "宿舍有一处私拉电线", "工资公示未盖章", "食堂留样不全")
CAMPAIGNS = (
    # campaign, kind, region, project it belongs to ("": the region's), projects with activities
    ("齐鲁先锋", "competition", "HS", "", ("HS03",)),
    ("黄河尖兵", "competition", "HS", "", ("HS04",)),
    ("中原勇士", "competition", "HS", "", ("SANXI", "HS04")),
    ("贵龙大道党旗红、勇争第一当先锋", "party", "GZ", "GUILONG", ("GUILONG",)),
)
STAGES = ("启动仪式", "第一阶段评比", "第二阶段评比", "总结表彰")
