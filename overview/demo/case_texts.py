"""What the demonstration's workers say, how far it has come, and what they are told. Nobody said any of it."""

from typing import NamedTuple


class Said(NamedTuple):
    """A matter. `stage`: how far it came (overview/demo/cases.py); `days`: so long ago; `names`: whom it names."""

    project: str
    team: str
    category: str
    stage: str
    days: int
    title: str
    words: str
    origin: str = "visit"
    kind: str = "problem"
    severity: str = ""
    names: str = ""
    people: int | None = None
    amount: int | None = None
    is_direct: bool = False
    found_early: bool = False


# category → what the answer says, and what was seen on site
REPLIES = {
    "wages": ("4月工资按公示工程量重新核对，少算的部分随本月工资一起补发，明细贴在公示栏。", "补发明细已公示，签字齐全"),
    "wage_late": ("拖欠的工资由专用账户直接发放，已核对到人，分两批打到卡上。", "银行回单已核对，工友确认到账"),
    "measurement": ("已会同队伍现场复测，按复测量补计，单价按合同执行，单子交队伍一份。", "复测记录双方签字"),
    "contract": ("合同条款已逐条对过，争议部分由法律合规部出具意见，双方同意按意见办。", "补充协议已签"),
    "no_work": ("下周起调整工序，安排到二工区，停工期间按约定发生活费。", "已到二工区上工"),
    "work": ("排班已改为三班，连续上夜班不超过一周，排班表贴在班前会场。", "新排班表已贴出并执行"),
    "safety": ("临边栏杆和安全网当天补齐，安全员每班检查一次，检查表挂在现场。", "栏杆、安全网已补齐"),
    "quality": ("返工原因是交底不清，已重新交底，返工费用不由班组承担。", "重新交底记录已签"),
    "living": ("热水器已报修并更换，晚上六点到十点供热水，厕所每天专人打扫。", "热水正常，厕所干净"),
    "supplies": ("手套、雨鞋按月足额发，缺的已补发，领用表由班组长签字。", "补发到位，领用表齐全"),
    "health": ("已联系就近医院，费用先由项目垫付，工伤认定材料由劳务员帮着办。", "已就医，材料已交"),
    "payment": ("款项已进入审批，按流程三个工作日内付出，到账后通知队伍。", "已到账"),
    "culture": ("活动室每天开到晚上十点，新增两副象棋和一台电视。", "活动室已开放"),
    "party": ("组织关系已联系接转，流动党员编入项目支部，参加本月党日。", "已编入支部"),
    "youth": ("技能比武报名放开到全部青年工友，报名表在联络员处。", "已报名"),
    "conduct": ("已由专人核实并谈话提醒，后续做法向反映人单独说明。", "已单独说明"),
    "other": ("情况已了解，当场作了说明，后续有变化再告知。", "已说明"),
}  # fmt: skip

CASES = (
    Said("DUNGE", "路基一队", "living", "registered", 0, "宿舍没有热水", "下班回来没热水洗，三天了。", "mailbox"),
    Said("DUNGE", "桥梁一队", "wages", "registered", 1, "4月工资少算三个工",
         "考勤是二十六天，工资单上只有二十三天。", people=1, amount=960),
    Said("DUNGE", "隧道一队", "safety", "routed", 0, "洞口照明坏了两盏", "进洞那一段黑，走路看不清。",
         severity="urgent", kind="hazard"),
    Said("DUNGE", "架子队", "supplies", "accepted", 2, "手套两个月没发", "都是自己买的手套。", "meeting"),
    Said("DUNGE", "铺轨一队", "work", "review", 3, "夜班连着上了三周", "人都熬坏了，能不能换着来。"),
    Said("DUNGE", "隧道一队", "living", "told", 8, "食堂晚饭去晚了就没有", "晚班下来饭都凉了，有时候没菜。"),
    Said("DUNGE", "路基二队", "health", "closed", 25, "两名工友高原反应", "头疼睡不着，想检查一下。",
         kind="grievance", people=2),
    Said("DUNGE", "桥涵二队", "conduct", "accepted", 6, "有人收介绍费", "上工前要交两百块。", "qr",
         names="team_boss", people=4),
    Said("DUNGE", "四电队", "wages", "accepted", 12, "加班费没算", "端午加了三天班，单子上没有。", "hotline",
         people=6, amount=5400),
    Said("DUNGE", "拌合站", "culture", "closed", 30, "活动室总锁着", "想下棋没地方去。", "survey", kind="suggestion"),
    Said("DUNGE", "铺轨二队", "measurement", "accepted", 5, "铺轨长度少量了四十米", "量的时候没叫我们。",
         names="project", people=9),
    Said("S101", "路基一队", "living", "answered", 6, "水管冻裂，吃水要走两公里", "早上打水的人排长队。", people=40),
    Said("S101", "架子队", "health", "revisiting", 12, "医务室没有止痛药", "磕了碰了只能忍着。", "survey"),
    Said("ZHANANG", "路基一队", "supplies", "routed", 2, "棉大衣没发到夜班", "夜里零下，夜班的没领到。", people=15),
    Said("ZHANANG", "桥涵一队", "safety", "spot", 4, "吊装区没有警戒线", "人从吊臂底下过。", kind="hazard",
         severity="urgent", found_early=True),
    Said("LINHE", "隧道一队", "wages", "closed", 40, "工资卡被统一保管", "卡不在自己手里。", "qr", people=11),
    Said("LINHE", "防护队", "no_work", "waiting", 5, "十来天没有活干", "天天等，没有活。", people=12),
    Said("SN01", "隧道一队", "safety", "told", 10, "通风不好，头晕", "放炮以后进去呛得慌。", "survey", kind="hazard"),
    Said("SN01", "桥梁一队", "quality", "review", 4, "返工的钱谁出", "交底没说清楚，返工让我们自己担。"),
    Said("SN02", "路基一队", "payment", "accepted", 9, "材料款没付，队伍周转不开", "说了两个月了。",
         kind="grievance", amount=86000),
    Said("SN03", "隧道二队", "work", "refused", 2, "想调到离家近的工点", "孩子上学，想调一下。"),
    Said("SANXI", "路基一队", "living", "redone", 18, "厕所没人打扫", "说打扫了，还是脏。", "survey"),
    Said("SANXI", "桥涵一队", "wage_late", "accepted", 8, "三月工资还没发", "说等验工，等到现在。",
         kind="dispute", people=23, amount=207000),
    Said("SANXI", "拌合站", "supplies", "told", 9, "口罩质量差", "一天换三个还是一脸灰。"),
    Said("HS02", "尾工队", "wage_late", "accepted", 46, "退场半年尾款没结", "人都散了，钱还没到。",
         kind="dispute", people=31, amount=412000),
    Said("HS02", "路面一队", "measurement", "answered", 21, "路肩工程量对不上", "差了八百方。",
         kind="dispute", people=18, amount=156000),
    Said("HS02", "防护队", "wages", "routed", 3, "扣了质保金没说什么时候退", "每人扣了一千。", kind="dispute",
         people=14, amount=14000),
    Said("HS02", "交安队", "wage_late", "registered", 1, "老板联系不上，工资没着落", "电话打不通了。",
         "hotline", kind="dispute", people=9, amount=67500),
    Said("HS03", "路基一队", "contract", "accepted", 10, "合同没给我们留一份", "签完就收走了。",
         kind="dispute", severity="complex", people=20),
    Said("HS03", "路面一队", "living", "closed", 33, "蚊子多，没有纱窗", "一晚上睡不着。", "survey"),
    Said("HS04", "桥梁一队", "safety", "revisiting", 9, "安全带扣子松", "挂上去自己会开。", kind="hazard"),
    Said("GX01", "隧道一队", "work", "told", 14, "探亲假不好请", "请三天要找四个人签字。", kind="suggestion"),
    Said("GX01", "桥梁一队", "youth", "closed", 35, "技能比武只让老工人报名", "我们年轻的也想试。", "survey",
         kind="suggestion"),
    Said("GX02", "路基一队", "party", "closed", 50, "党组织关系不知道转到哪", "两年没过组织生活了。", kind="suggestion"),
    Said("GX02", "拌合站", "wages", "final", 28, "要求按去年的价重算", "别的项目价高。", kind="grievance", people=7),
    Said("GX03", "隧道一队", "living", "extension", 3, "宿舍漏雨", "下雨床都湿了，要换屋顶。", people=16),
    Said("CHANGPING", "路基一队", "supplies", "registered", 3, "雨鞋小一号", "发的都是四十一码。", "survey"),
    Said("CHANGPING", "桥涵一队", "wages", "told", 11, "工资条看不懂", "一堆扣项不知道是啥。", kind="suggestion"),
    Said("CHANGPING", "架子队", "safety", "answered", 5, "架子通道没有踏板", "上下都是爬钢管。",
         kind="hazard", severity="urgent"),
    Said("CHANGPING", "路面一队", "conduct", "registered", 1, "有事不敢跟项目上说", "说了怕被穿小鞋。", "qr",
         names="unknown", is_direct=True),
    Said("SHENTIE", "路面一队", "payment", "routed", 4, "生活费借支没批", "家里等用钱。", amount=3000, people=1),
    Said("NE03", "架子队", "living", "accepted", 1, "取暖炉不够", "八个人一个炉子。", people=24),
    Said("FJ01", "隧道一队", "health", "spot", 2, "一名工友中暑", "干着干着倒了。", severity="urgent", people=1),
    Said("FJ01", "路基一队", "living", "waiting", 4, "饭菜偏辣吃不惯", "本地菜太辣。", "survey"),
    Said("FJ02", "架子队", "contract", "routed", 1, "进场十天没签合同", "问了说等等。", people=13),
    Said("GUILONG", "路基一队", "wages", "revisiting", 15, "考勤表没贴出来", "不知道记了几天。", "survey"),
    Said("GUILONG", "桥梁一队", "work", "redone", 20, "工具丢了让赔", "库房没锁，丢了算我们的。"),
    Said("GZ02", "隧道一队", "quality", "closed", 38, "图纸改了没通知班组", "干完了才说改了。"),
    Said("GZ02", "拌合站", "measurement", "registered", 2, "方量按车算不准", "想按磅单。", kind="suggestion", names="region"),
    Said("GZ03", "桥梁一队", "safety", "accepted", 3, "雨天还让上架子", "滑得站不住。", kind="hazard"),
    Said("GZ04", "路面一队", "culture", "told", 12, "想要个篮球场", "空地平一下就行。", "meeting", kind="suggestion"),
    Said("YONGJI", "隧道一队", "living", "registered", 0, "洗衣机坏了", "三十个人用手洗。", "survey"),
    Said("YONGJI", "桥梁一队", "wages", "final", 22, "要求发年终奖", "听说别处有。", kind="suggestion"),
    Said("HUAIRAO", "桥梁一队", "supplies", "answered", 7, "防暑药没发到班组", "天热了，没见着。"),
    Said("G207", "隧道一队", "wage_late", "refused", 2, "劳务公司压了一个月工资", "说是规矩。",
         kind="dispute", people=17, amount=119000),
    Said("G207", "路基二队", "other", "told", 16, "想知道工地什么时候完", "好安排家里的事。", kind="suggestion"),
    Said("HN04", "桥涵一队", "safety", "closed", 29, "电箱没上锁", "小孩都能打开。", kind="hazard", found_early=True),
    Said("HN05", "架子队", "living", "accepted", 14, "床板断了没人修", "报了两回了。"),
)  # fmt: skip
