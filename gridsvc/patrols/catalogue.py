"""The kinds of visit and the norms a new installation starts with; plain data, a city changes its own rows.

Bengbu works by "four services, six patrols" (四服务、六巡查), but its list of items was not found: these ten are
an example of that shape, with the care visit beside them.
"""

SERVICE = "service"
PATROL = "patrol"

VISIT_KINDS: tuple[tuple[str, str, str, str], ...] = (
    # key, group, Chinese, English
    ("policy_service", SERVICE, "政策宣传服务", "Explaining policy"),
    ("errand_service", SERVICE, "代办帮办服务", "Running errands"),
    ("mediation_service", SERVICE, "纠纷调解服务", "Settling disputes"),
    ("register_service", SERVICE, "信息采集服务", "Updating the register"),
    ("safety_patrol", PATROL, "安全隐患巡查", "Safety patrol"),
    ("fire_patrol", PATROL, "消防设施巡查", "Fire equipment patrol"),
    ("sanitation_patrol", PATROL, "环境卫生巡查", "Sanitation patrol"),
    ("facility_patrol", PATROL, "公共设施巡查", "Public facility patrol"),
    ("order_patrol", PATROL, "治安秩序巡查", "Public order patrol"),
    ("building_patrol", PATROL, "违法建设巡查", "Illegal building patrol"),
    ("care_visit", SERVICE, "关爱走访", "Care visit"),
)

# How often each class of care is visited, and within how many hours of a major change; the level is the rule's word.
# From provincial and ministry rules read second-hand: examples, to be replaced by the city's own.
SHIPPED_NORMS: tuple[tuple[str, str, int, str, int | None, str], ...] = (
    # target, class, every, unit, after_change_h, level
    ("care", "mental_disorder", 1, "week", 24, "high_risk"),
    ("care", "drug_rehabilitation", 1, "week", 24, "high_risk"),
    ("care", "community_correction", 1, "week", 24, "high_risk"),
    ("care", "elderly_difficulty", 1, "month", None, "elderly_special"),
    ("care", "elderly_alone", 1, "month", None, "key"),
    ("care", "child_in_difficulty", 1, "month", None, "key"),
    ("care", "left_behind_child", 1, "month", None, "key"),
    ("care", "disabled", 3, "month", None, "general"),
    ("care", "low_income", 3, "month", None, "general"),
    ("care", "released", 3, "month", None, "general"),
)
