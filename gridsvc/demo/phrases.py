"""What the simulated people of the demo city write: short sentences by class of incident, places and notes."""

# class: (weight, month of its top or 0, strength of the season, rhythm of its day, sentences)
MATTERS: dict[str, tuple[float, float, float, str, tuple[str, ...]]] = {
    "exposed_rubbish": (
        9.0,
        7,
        0.25,
        "street",
        ("路边有暴露垃圾，未及时清运", "墙角堆着生活垃圾，有异味", "绿化带旁散落垃圾袋"),
    ),
    "rubbish_heap": (4.0, 4, 0.2, "street", ("装修垃圾堆放多日无人清运", "空地上堆有建筑渣土", "楼后积存大量杂土")),
    "dirty_road": (5.0, 11, 0.3, "street", ("路面有油污，不洁", "落叶和泥土较多，道路不洁", "洒落渣土，车辆带泥")),
    "dirty_green": (2.5, 6, 0.3, "street", ("绿地内垃圾较多", "草坪里有丢弃的快餐盒", "绿化带脏乱")),
    "bin_overflow": (6.0, 7, 0.35, "street", ("垃圾桶已满溢，请尽快清理", "垃圾箱满了，周边有散落", "分类投放点满溢")),
    "stacked_goods": (
        7.0,
        0,
        0.0,
        "report",
        ("楼道内堆放纸箱和旧家具", "单元门口堆放杂物，影响通行", "架空层堆满旧物"),
    ),
    "illegal_building": (2.2, 4, 0.2, "report", ("一楼住户疑似私搭棚子", "楼顶正在加盖阳光房", "院内私自砌墙")),
    "green_occupied": (1.8, 4, 0.4, "report", ("有人在公共绿地种菜", "绿化被毁改作停车位", "草坪被圈占")),
    "illegal_advert": (1.6, 0, 0.0, "street", ("门头广告牌松动，有掉落危险", "擅自设置大型广告", "灯箱占用人行道")),
    "pasted_bills": (4.5, 0, 0.0, "street", ("楼道墙面贴满小广告", "电线杆上有新贴的小广告", "单元门被喷涂广告")),
    "site_disturbance": (2.6, 6, 0.3, "night", ("工地夜间施工，影响休息", "凌晨仍有机械作业声", "工地车辆夜间鸣笛")),
    "site_dust": (1.8, 4, 0.4, "street", ("工地未洒水，扬尘较大", "渣土车未覆盖，沿路扬尘", "裸土未覆盖")),
    "street_trading": (6.0, 7, 0.35, "street", ("流动摊贩占道经营", "路口有人摆摊，影响通行", "学校门口摊点聚集")),
    "shop_spill": (4.2, 7, 0.25, "street", ("店铺将商品摆到人行道上", "饭店在门外摆放桌椅", "水果店占道堆放")),
    "bad_parking": (9.5, 0, 0.0, "street", ("车辆停在人行道上", "消防车道被私家车占用", "小区出入口乱停车，无法通行")),
    "blocked_fire_exit": (2.4, 0, 0.0, "report", ("安全出口被锁闭", "消防通道堆放杂物", "楼梯间被电动车堵住")),
    "indoor_charging": (3.6, 7, 0.3, "night", ("楼道内电动车飞线充电", "有人把电瓶带上楼充电", "一楼门厅给电动车充电")),
    "water_break": (1.8, 1, 0.6, "report", ("水管爆裂，路面冒水", "单元水管冻裂漏水", "管道井持续渗水")),
    "flooding": (1.6, 7, 0.9, "report", ("雨后积水较深，行人难以通过", "下水道堵塞，路面积水", "低洼处积水未退")),
    "neighbour_dispute": (
        2.6,
        0,
        0.0,
        "night",
        ("楼上漏水，双方协商不成", "邻居因公共区域使用发生争执", "因停车位起争执，请协调"),
    ),
    "noise": (5.2, 7, 0.4, "night", ("广场舞音量过大", "楼上装修噪声扰民", "烧烤店夜间喧闹")),
    "resident_in_need": (
        3.2,
        1,
        0.25,
        "report",
        ("独居老人请求上门帮助", "居民咨询办理事项，请协助", "老人就医出行不便，请求帮助"),
    ),
    "matter_other": (2.2, 0, 0.0, "report", ("反映小区管理问题", "咨询社区活动安排", "其他事项，请核实")),
    "manhole_cover": (1.9, 7, 0.2, "report", ("井盖破损，车辆经过有响声", "井盖缺失，有安全隐患", "井盖下沉")),
    "street_lamp": (3.0, 12, 0.35, "night", ("路灯不亮", "路灯忽明忽暗", "灯杆倾斜")),
    "power_facility": (0.9, 7, 0.4, "report", ("电线垂落，离地较近", "配电箱门敞开", "电缆外皮破损")),
    "telecom_facility": (0.9, 0, 0.0, "report", ("通信线缆脱落", "交接箱损坏", "线杆倾斜")),
    "fire_facility": (1.3, 0, 0.0, "report", ("灭火器已过期", "消防栓缺件", "应急照明损坏")),
    "road_surface": (2.6, 2, 0.3, "report", ("路面坑洼，骑车易摔", "人行道地砖松动", "路面塌陷一小块")),
    "traffic_sign": (0.7, 0, 0.0, "report", ("交通标志被树枝遮挡", "路牌倾斜", "标志牌被撞坏")),
    "guard_rail": (0.9, 0, 0.0, "report", ("护栏被撞变形", "护栏缺失一段", "隔离柱倒伏")),
    "public_toilet": (0.7, 7, 0.2, "report", ("公厕水龙头损坏", "公厕堵塞", "公厕照明不亮")),
    "bin_damaged": (0.9, 0, 0.0, "report", ("果皮箱破损", "果皮箱倾倒", "果皮箱门脱落")),
    "street_tree": (1.4, 7, 0.7, "report", ("树枝折断压住车辆", "行道树倾斜", "大风刮倒树木")),
    "fitness_equipment": (0.9, 5, 0.2, "report", ("健身器材松动", "健身器材缺件", "器材生锈有安全隐患")),
    "component_other": (0.6, 0, 0.0, "report", ("公共设施损坏，请核实", "座椅破损", "宣传栏玻璃破碎")),
}

# channel: weight
CHANNELS: dict[str, float] = {
    "hotline": 38, "patrol": 27, "resident_code": 14, "city_management": 11, "walk_in": 4, "phone": 4, "suggestion_box": 2,
}  # fmt: skip

NEAR = ("附近", "门口", "东侧", "西侧", "北门旁", "南侧路边", "楼下", "对面")
# Places that people name and no register finds.
VAGUE_PLACES = (
    "老菜市场那边",
    "新修的路口",
    "小学后面的巷子",
    "公交站旁边",
    "河边健身步道",
    "拆迁空地旁",
    "加油站往北",
    "超市后门",
)

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
# No given name: two signs that say "example", and a number.
GIVEN = "示例"

LEAVE_REASONS = ("年休假", "病假", "事假", "培训", "产假")
