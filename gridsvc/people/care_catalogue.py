"""The classes of people to be visited that a new installation starts with; plain data, a city changes its own rows.

An example after what cities publish: those in difficulty and need first, then those under supervision, whose very
class is sensitive.
"""

CARE_CLASSES: tuple[tuple[str, str, str, bool], ...] = (
    # code, Chinese, English, sensitive
    ("elderly_alone", "独居老人", "Elderly living alone", False),
    ("elderly_difficulty", "特殊困难老年人", "Elderly in special difficulty", False),
    ("disabled", "残疾人", "Disabled person", False),
    ("low_income", "低保家庭", "Low-income household", False),
    ("left_behind_child", "留守儿童", "Child left behind", True),
    ("child_in_difficulty", "困境儿童", "Child in difficulty", True),
    ("mental_disorder", "严重精神障碍患者", "Severe mental disorder", True),
    ("drug_rehabilitation", "社区戒毒康复人员", "Drug rehabilitation in the community", True),
    ("community_correction", "社区矫正对象", "Community correction", True),
    ("released", "刑满释放人员", "Released from prison", True),
)
