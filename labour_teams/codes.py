"""Code lists of the national standards, as the platform of the labour ministry uses them, and the spellings people write.

Codes are what the database holds; names are what stands in rosters. Each `*_SPELLINGS` table leads from anything people write
(names without 族, nicknames, old names, letters) to the code; whoever looks one up folds the text first (imports/cleaners.py).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    """GB/T 2261.1."""

    MALE = "1", _("Male")
    FEMALE = "2", _("Female")


# The 0/1 coding that some platforms use is missing on purpose: 1 would mean either sex.
SEX_SPELLINGS = {
    **dict.fromkeys(("男", "男性", "1", "M", "MALE", "♂"), Sex.MALE.value),
    **dict.fromkeys(("女", "女性", "2", "F", "FEMALE", "♀"), Sex.FEMALE.value),
}

# GB/T 3304.
ETHNICITIES = {
    "01": "汉族", "02": "蒙古族", "03": "回族", "04": "藏族", "05": "维吾尔族", "06": "苗族", "07": "彝族", "08": "壮族",
    "09": "布依族", "10": "朝鲜族", "11": "满族", "12": "侗族", "13": "瑶族", "14": "白族", "15": "土家族", "16": "哈尼族",
    "17": "哈萨克族", "18": "傣族", "19": "黎族", "20": "傈僳族", "21": "佤族", "22": "畲族", "23": "高山族", "24": "拉祜族",
    "25": "水族", "26": "东乡族", "27": "纳西族", "28": "景颇族", "29": "柯尔克孜族", "30": "土族", "31": "达斡尔族",
    "32": "仫佬族", "33": "羌族", "34": "布朗族", "35": "撒拉族", "36": "毛南族", "37": "仡佬族", "38": "锡伯族",
    "39": "阿昌族", "40": "普米族", "41": "塔吉克族", "42": "怒族", "43": "乌孜别克族", "44": "俄罗斯族", "45": "鄂温克族",
    "46": "德昂族", "47": "保安族", "48": "裕固族", "49": "京族", "50": "塔塔尔族", "51": "独龙族", "52": "鄂伦春族",
    "53": "赫哲族", "54": "门巴族", "55": "珞巴族", "56": "基诺族", "97": "其他", "98": "外国血统中国籍人士",
}  # fmt: skip
ETHNICITY_SPELLINGS = {
    **{name: code for code, name in ETHNICITIES.items()},
    **{name.removesuffix("族"): code for code, name in ETHNICITIES.items()},
    "HAN": "01", "维族": "05", "维": "05", "蒙族": "02", "蒙": "02", "哈族": "17", "柯族": "29", "鲜族": "10",
    "崩龙族": "46", "崩龙": "46", "乌兹别克族": "43", "乌兹别克": "43", "毛难族": "36", "毛难": "36", "僮族": "08", "僮": "08",
    "穿青人": "97", "穿青": "97",
}  # fmt: skip

# GB/T 4762.
POLITICAL_STATUSES = {
    "01": "中共党员", "02": "中共预备党员", "03": "共青团员", "04": "民革党员", "05": "民盟盟员", "06": "民建会员",
    "07": "民进会员", "08": "农工党党员", "09": "致公党党员", "10": "九三学社社员", "11": "台盟盟员",
    "12": "无党派人士", "13": "群众",
}  # fmt: skip
POLITICAL_STATUS_SPELLINGS = {
    **{name: code for code, name in POLITICAL_STATUSES.items()},
    "党员": "01", "正式党员": "01", "中共正式党员": "01", "中国共产党党员": "01", "是": "01",
    "预备党员": "02", "中国共产党预备党员": "02", "中共党员(预备)": "02",
    "团员": "03", "共青团": "03", "中国共产主义青年团团员": "03",
    "无党派": "12", "普通群众": "13", "无": "13",
}  # fmt: skip

EDUCATIONS = {
    "01": "小学", "02": "初中", "03": "高中", "04": "中专", "05": "大专", "06": "本科", "07": "硕士", "08": "博士", "99": "其他",
}  # fmt: skip
EDUCATION_SPELLINGS = {
    **{name: code for code, name in EDUCATIONS.items()},
    "小学毕业": "01", "初中毕业": "02", "高中毕业": "03", "技校": "04", "职高": "04", "中技": "04", "专科": "05",
    "大学专科": "05", "大学本科": "06", "硕士研究生": "07", "博士研究生": "08", "文盲": "99", "无": "99",
}  # fmt: skip
