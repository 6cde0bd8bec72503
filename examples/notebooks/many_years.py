# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 一项任务的多年 · Tasks through many years
#
# 政策研究常问：一项工作是哪一年进的要点，改过几回，什么时候没了，又是什么时候回来的？谁一直在做？这本笔记把多年的文件连成一条条**沿革**，再变成可以统计的表。
#
# > When did a task enter the plans, how often was it reworded, when did it go, and when did it come back? Who answered
# > for it all along? Here the plans of several years become **threads**, and the threads a table to count in.
#
# 需要 · You need: `pip install 'gongkai[plot]'`

# %%
import altair as alt

import gongkai
from gongkai import charts, examples, views

_ = alt.renderers.enable("svg")  # 不联网 · without a network

plans = [examples.load(f"chenghu-{year}") for year in (2022, 2023, 2024)]
for plan in plans:
    print(plan)

# %% [markdown]
# ## 连起来 · Trace
#
# `gongkai.trace` 把相邻两年对齐，把同一件事连成一条线；隔一年又回来的也认得（`gaps`）。
#
# > `trace` aligns each year with the next and joins what is the same; a task that was absent for a year is known when it
# > comes back.

# %%
history = gongkai.trace(plans)
history.summary()

# %% [markdown]
# 读法：`born` 新列入，`kept` 下一年还在，`ended` 再没出现，`returned` 隔年回来，`split`/`merged` 拆并。第一年之前什么都不知道，所以第一年全是 `born`，不要当成结果。
#
# > `born` is new, `kept` is in the next plan too, `ended` never comes again, `returned` does after a gap. Nothing is known
# > before the first year: that all its tasks are `born` is no result.

# %%
charts.flow(history)

# %% [markdown]
# 每块一项任务，连线表示延续；左边的绿边是新列入，右边的红边是其后不再列入。任务多时按章画更清楚：
#
# > A block is a task; a green edge at its left says that it is new, a red one at its right that it ends. With many tasks,
# > chapters are easier to read:

# %%
charts.flow(history, by="section")

# %% [markdown]
# ## 一条线 · One thread
#
# 用“年份:键”找到任何一项任务的来龙去脉。
#
# > A task is found by year and key; its thread tells where it came from and what became of it.

# %%
thread = history["2024:4"]
print(thread.explain("zh"))
thread

# %% [markdown]
# 这项任务换过主人：机构改革后，区金融服务办的职责由区委金融办承接。沿革里的单位都用最后的名字，统计时不会断成两截。
#
# > Its owner changed in a reform. Threads call every body by its last name, so that no count is cut in two.

# %%
for stage in thread.stages:
    printed = [body.name for body in stage.task.departments]
    print(stage.column, printed, "→", stage.bodies, f"改动 {stage.rewording or 0:.0%}")

# %% [markdown]
# ## 变成数据 · As data
#
# 一行是一条沿革在一年里的样子。这里只用标准库数一数；装了 `gongkai[tables]`，`gongkai.tables.history(history)` 可以直接交给polars、pandas、DuckDB。
#
# > A row is a thread in one year. Here the standard library counts; with `gongkai[tables]` the same goes straight to
# > polars, pandas or DuckDB.

# %%
from statistics import mean

rows = history.table()
for column in history.columns[1:]:
    kept = [row for row in rows if row["column"] == column and row["rewording"] is not None]
    changed = [row["rewording"] for row in kept]
    print(column, f"延续 {len(kept)} 项，平均改动 {mean(changed):.0%}，一字未改 {changed.count(0.0)} 项")

# %% [markdown]
# 哪些任务年年都有？它们是这个区政务公开的骨架。
#
# > Which tasks are in every plan? They are the skeleton of what this district does.

# %%
lasting = [each for each in history if len(each.stages) == len(plans)]
print(f"{len(lasting)} / {len(history)}")
for each in lasting[:4]:
    print("·", each.last.task.text[:36])

# %% [markdown]
# 哪一条停过又回来？这样的任务往往有故事。
#
# > Which one stopped and came back? Such tasks often have a story.

# %%
returned = [each for each in history if any(stage.entry == "returned" for stage in each.stages)]
returned[0]

# %% [markdown]
# ## 谁在做 · Who does it
#
# 各单位历年承担的任务，按角色分开；改革中改名的单位仍是一行。
#
# > Tasks of each department through the years, a panel a role.

# %%
charts.departments(plans, limit=20)

# %% [markdown]
# 写明时限的任务在变多吗？下面用图的数据自己画一张：图里的数据都是普通的行，可以另作他用。
#
# > Do more tasks name a deadline? The data of a chart are plain rows, to be used for charts of your own.

# %%
points = [
    {"year": str(plan.year), "sort": row["sort"]}
    for plan in plans
    for row in charts.deadlines(plan).data.values
]
sorts = {"到日或到月": "#0072b2", "季度、半年或全年": "#e69f00", "未写时限": "#9aa4ae"}
alt.Chart(alt.Data(values=points)).mark_bar().encode(
    x=alt.X("year:O", title="年份 · year", axis=alt.Axis(labelAngle=0)),
    y=alt.Y("count():Q", title="任务 · tasks"),
    color=alt.Color("sort:N", title=None, scale=alt.Scale(domain=list(sorts), range=list(sorts.values()))),
).properties(width=240, height=200)

# %% [markdown]
# ## 可以引用 · To be cited
#
# 每份文件知道自己从哪里来：来源、校验值、每个字的位置。研究要能重做，靠的是这个。
#
# > Each plan knows where it is from: its origin, its digest, the place of every character. That is what makes a study
# > reproducible.

# %%
source = plans[0].source
print(source.origin, source.digest[:16])
task = plans[0]["4"]
print(source.text[task.span.start : task.span.end][:60])

# %%
views.view(task.span, language="en")

# %% [markdown]
# ## 试一试 · Try it
#
# 1. 哪个单位牵头的任务改动最大？（提示：`stage.bodies`、`stage.rewording`）
# 2. 把草案和定稿连起来：`gongkai.trace([草案, 定稿], names=["草案", "定稿"])`。
# 3. 用 `history.to_networkx()` 找出由最多旧任务合并而来的一项。
#
# > 1. Whose tasks are reworded most? 2. Trace a draft and what was issued. 3. Find the task that most old ones were
# > merged into, with `history.to_networkx()`.
