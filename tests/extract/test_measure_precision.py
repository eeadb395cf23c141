"""Measures an analyst would sign: what a number is a share of, how big a thing is, whose a sum is (own sentences)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.extract import components
from kg.extract.measures import measures
from kg.extract.measures.indicators import read as terms
from kg.extract.measures.quantities import scan
from kg.extract.reading import Measured, Reading
from kg.records import Document

CASES = [
    # a share is named by what is said of the part
    ("全年76.4%的财政支出用于民生领域。", ["财政支出用于民生领域占比 = 76.4 %"]),
    ("92%的行政村生活垃圾得到有效治理。", ["行政村生活垃圾得到有效治理占比 = 92 %"]),
    ("85%的城市社区、60%的农村社区达到示范标准。",
     ["城市社区达到示范标准占比 = 85 %", "农村社区达到示范标准占比 = 60 %"]),
    ("90%以上的村集体收入超过20万元。", ["村集体收入超过20万元占比 >= 90 %"]),
    ("医联体覆盖80%县级医院和40%乡镇卫生院。", ["医联体县级医院覆盖率 = 80 %"]),
    # how big a thing is counts nothing
    ("长江大桥9座以下客车免费通行。", []),
    ("25户以上自然村全部通硬化路。", []),
    ("淘汰35蒸吨以下燃煤锅炉60台。", ["淘汰35蒸吨以下燃煤锅炉数 = 60 台"]),
    ("整合500亩以上连片土地12块。", ["整合500亩以上连片土地数 = 12 块"]),
    ("2000万元口径规模以上工业增加值增长8%。", ["2000万元口径规模以上工业增加值增速 = 8 %"]),
    ("新增20—50亿元企业4家。", ["新增20—50亿元企业数 = 4 家"]),
    # marks that are passed, records that are set
    ("进出口总额突破500亿元大关，增长12%。", ["进出口总额 > 500 亿元", "进出口总额增速 = 12 %"]),
    ("存款余额连跨三个万亿元台阶，达到6.1万亿元。", ["存款余额 >= 6.1 万亿元"]),
    ("粮食总产量创历史新高、达到210万吨。", ["粮食总产量 >= 210 万吨"]),
    # among how many a rank is, and what is ranked
    ("空气质量在全国168个重点城市中排名第九。", ["空气质量在全国168个重点城市排名 = 9 位"]),
    ("营商环境评价8项指标进入全省前三。", ["进入全省前三营商环境评价指标数 = 8 项"]),
    # whom a speech is for
    ("力量来自于320万人民的期盼与重托。", []),
    # how many each has
    ("四县区各建成2个特色小镇。", []),
    # 分别 tells values apart and is no name
    ("新能源、新材料分别占工业产值比重达30%、12%。",
     ["新能源占工业产值比重 >= 30 %", "新材料占工业产值比重 >= 12 %"]),
    ("城市、农村低保标准分别提高6%和9%。", ["城市低保标准增速 = 6 %", "农村低保标准增速 = 9 %"]),
    ("友好城市新增3个、达21个。", ["新增友好城市数 = 3 个", "友好城市数 >= 21 个"]),
    ("巩固率、高中毛入学率分别高于全国1.5、3.2个百分点。",
     ["巩固率高于全国 = 1.5 个百分点", "高中毛入学率高于全国 = 3.2 个百分点"]),
    ("先进制造业、高技术制造业占比分别提升1.6个和0.1个百分点。",
     ["先进制造业占比提高幅度 = 1.6 个百分点", "高技术制造业占比提高幅度 = 0.1 个百分点"]),
    ("体检8.5万人和孕产妇筛查2万人。", ["体检人数 = 8.5 万人", "孕产妇筛查人数 = 2 万人"]),
    # whose a bare measure is
    ("粮食播种面积60万亩、总产量24万吨。", ["粮食播种面积 = 60 万亩", "粮食总产量 = 24 万吨"]),
    ("做精香菇产业，强化龙头带动，种植面积达到8万亩。", ["香菇种植面积 >= 8 万亩"]),
    ("持续优化结构，增加值达到80亿元。", []),
    ("实施农房改造30个、惠及1.2万户。", ["农房改造数 = 30 个", "农房改造惠及户数 = 1.2 万户"]),
    # what is counted
    ("推进3个国铁、9个城际等续建项目。", ["国铁续建项目数 = 3 个", "城际续建项目数 = 9 个"]),
    ("5个先进集体、80名先进个人受到省政府表彰。",
     ["受到省政府表彰先进集体数 = 5 个", "受到省政府表彰先进个人数 = 80 名"]),
    ("开展扬尘、油烟等6项专项整治。", ["专项整治数 = 6 项"]),
    ("规划确定的30项指标绝大部分完成。", []),
    ("切实发挥5个开发区的主战场作用。", []),
    ("出台支持民营经济发展25条。", []),
    ("吸纳技术合同成交额增长40%。", ["吸纳技术合同成交额增速 = 40 %"]),
    ("从签约到投产仅用100天。", ["从签约到投产用时 = 100 天"]),
    ("工业投资增长11%、连续20个月保持两位数增长。",
     ["工业投资增速 = 11 %", "工业投资连续保持两位数增长月数 = 20 个月"]),
    # owners that a list names once, baselines of lists
    ("发明专利申请量、授权量分别增长12%和20%。",
     ["发明专利申请量增速 = 12 %", "发明专利授权量增速 = 20 %"]),
    ("瞪羚企业、独角兽企业分别从80家、9家增加到120家、15家。",
     ["瞪羚企业数 = 120 家", "独角兽企业数 = 15 家"]),
    ("工业增加值占全市比重提高到31%，年均增长9%。", ["工业增加值占全市比重 = 31 %", "工业增加值年均增速 = 9 %"]),
    # whom something is done for
    ("为120户困难家庭提供康复服务。", ["提供康复服务困难家庭数 = 120 户"]),
    # a clause before 、, a list that those counted are on
    ("审批事项全部实现线上办理、办件满意率达到99%。", ["办件满意率 >= 99 %"]),
    ("入围省内百强高新技术企业6家。", ["省内百强高新技术企业数 = 6 家"]),
    ("推进市容改善等12个专项行动。", []),
    ("新建改造二次供水泵站30座。", ["新建改造二次供水泵站数 = 30 座"]),
    ("力争医药产业总规模达到500亿元。", ["医药产业总规模 >= 500 亿元"]),
    ("构建50万头肉牛产业链。", []),
    ("引进3至5个30—50亿元特大项目。", ["引进30—50亿元特大项目数 >= 3 个", "引进30—50亿元特大项目数 <= 5 个"]),
    ("办理代表建议98件、政协提案83件，满意率分别为99%和97%。",
     ["办理人大代表建议数 = 98 件", "办理政协提案数 = 83 件", "代表建议满意率 = 99 %", "政协提案满意率 = 97 %"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_what_a_number_measures(sentence: str, expected: list[str]) -> None:
    found = terms(sentence, 0, len(sentence), scan(sentence).quantities).terms
    assert [f"{t.indicator} {t.code} {t.value} {t.quantity.unit}" for t in found] == expected


def measured(body: str, date: str = "2022-01-05") -> Sequence[Measured]:
    document = Document("0" * 16, "a.txt", f"莆田市政府工作报告\n{body}", date=date, title="莆田市政府工作报告")
    return Reading(document, components.FINDERS).measures(measures.find)


REVIEW, PLAN = "一、2021年工作回顾\n", "二、2022年工作安排\n"


@pytest.mark.parametrize(
    ("body", "modality"),
    [
        (PLAN + "争取中央预算内资金20亿元。\n", None),
        (PLAN + "争取新增高新技术企业20家。\n", "争取"),
        (PLAN + "争取在校生达到4000人。\n", "争取"),
        (REVIEW + "争取上级补助资金35亿元。\n", None),
        (REVIEW + "确保财政支出增长4%。\n", None),
    ],
)
def test_to_get_is_not_to_aim(body: str, modality: str | None) -> None:
    assert [item.modality for item in measured(body)] == [modality]


def test_what_is_worked_at_is_not_achieved() -> None:
    assert not measured(REVIEW + "大力创建国家森林城市。推进镇街监管全覆盖。\n")
    assert [item.comparator for item in measured(REVIEW + "成功创建国家森林城市。实现镇街监管全覆盖。\n")] == [
        "achieve",
        "full_coverage",
    ]


def test_a_year_named_in_a_long_sentence_holds_in_a_review_of_several() -> None:
    body = "一、过去五年工作回顾\n过去五年，我们攻坚克难。完成后，2021年地区生产总值3100亿元；进出口总额增长8%。\n"
    assert [(item.year, item.period_start) for item in measured(body)] == [(2021, None), (2021, None)]


def test_an_average_growth_is_of_the_years_reviewed() -> None:
    body = "一、2021年工作回顾\n过去五年成就显著。\n工业投资年均增长12%。\n"
    assert [(item.indicator, item.period_start, item.year) for item in measured(body)] == [
        ("工业投资年均增速", 2017, 2021)
    ]


def test_a_goal_not_below_another() -> None:
    goals = measured(PLAN + "贷款增速不低于全省平均水平。\n")
    assert [(item.indicator, item.comparator) for item in goals] == [("贷款增速", ">ref")]
