"""The channels and classes of incident a new installation starts with; plain data, a city changes its own rows.

The classes follow the two halves of Chinese city management (matters and components, after CJ/T 214 and
GB/T 30428.2) by their common names. No standard's code numbers are used: their order differs by city.
"""

CHANNELS: tuple[tuple[str, str, str], ...] = (
    # key, Chinese, English
    ("hotline", "12345热线", "12345 hotline"),
    ("patrol", "网格巡查", "Grid patrol"),
    ("resident_code", "居民扫码", "Residents' QR code"),
    ("suggestion_box", "意见箱", "Suggestion box"),
    ("city_management", "城市管理系统", "City management system"),
    ("walk_in", "来访", "Walk-in"),
    ("phone", "来电", "Phone call"),
    ("import", "批量导入", "Imported file"),
)

MATTER = "matter"
COMPONENT = "component"

CATEGORIES: tuple[tuple[str, str, str, str], ...] = (
    # key, kind, Chinese, English
    ("exposed_rubbish", MATTER, "暴露垃圾", "Exposed rubbish"),
    ("rubbish_heap", MATTER, "积存垃圾渣土", "Heaped rubbish or rubble"),
    ("dirty_road", MATTER, "道路不洁", "Dirty road"),
    ("dirty_green", MATTER, "绿地脏乱", "Dirty green space"),
    ("bin_overflow", MATTER, "垃圾箱满溢", "Overflowing bin"),
    ("stacked_goods", MATTER, "乱堆杂物", "Goods stacked in the open"),
    ("illegal_building", MATTER, "私搭乱建", "Illegal building"),
    ("green_occupied", MATTER, "非法占绿毁绿", "Green space occupied or destroyed"),
    ("illegal_advert", MATTER, "违规户外广告", "Illegal outdoor advertisement"),
    ("pasted_bills", MATTER, "非法小广告", "Pasted bills"),
    ("site_disturbance", MATTER, "施工扰民", "Building site disturbance"),
    ("site_dust", MATTER, "施工扬尘", "Building site dust"),
    ("street_trading", MATTER, "占道经营", "Trading on the road"),
    ("shop_spill", MATTER, "店外经营", "Trading outside the shop"),
    ("bad_parking", MATTER, "机动车乱停放", "Badly parked vehicle"),
    ("blocked_fire_exit", MATTER, "消防通道堵塞", "Blocked fire exit"),
    ("indoor_charging", MATTER, "电动车违规充电", "E-bike charged indoors"),
    ("water_break", MATTER, "供水管道破裂", "Broken water main"),
    ("flooding", MATTER, "道路积水", "Flooded road"),
    ("neighbour_dispute", MATTER, "邻里纠纷", "Neighbours' dispute"),
    ("noise", MATTER, "噪声扰民", "Noise"),
    ("resident_in_need", MATTER, "居民求助", "Resident in need"),
    ("matter_other", MATTER, "其他事件", "Other matter"),
    ("manhole_cover", COMPONENT, "井盖破损", "Broken manhole cover"),
    ("street_lamp", COMPONENT, "路灯损坏", "Broken street lamp"),
    ("power_facility", COMPONENT, "电力设施损坏", "Damaged power facility"),
    ("telecom_facility", COMPONENT, "通信设施损坏", "Damaged telecom facility"),
    ("fire_facility", COMPONENT, "消防设施损坏", "Damaged fire facility"),
    ("road_surface", COMPONENT, "道路破损", "Damaged road surface"),
    ("traffic_sign", COMPONENT, "交通标志损坏", "Damaged traffic sign"),
    ("guard_rail", COMPONENT, "护栏损坏", "Damaged guard rail"),
    ("public_toilet", COMPONENT, "公共厕所损坏", "Damaged public toilet"),
    ("bin_damaged", COMPONENT, "果皮箱损坏", "Damaged litter bin"),
    ("street_tree", COMPONENT, "行道树倒伏", "Fallen street tree"),
    ("fitness_equipment", COMPONENT, "健身设施损坏", "Damaged fitness equipment"),
    ("component_other", COMPONENT, "其他部件", "Other component"),
)
