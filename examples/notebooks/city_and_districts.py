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
# # 市里布置的，区里承接了吗 · A city's plan against its districts'
#
# 澜江市发了要点，澄湖区、松坪区各自发了自己的（都是虚构的）。市里的每一项，哪个区承接了，哪个区漏了，交给了谁，什么时候完成？评估者、记者、上级机关和区里自己，年年都要问。
#
# > A city issues a plan, its two districts issue theirs (all made up). Which task of the city does which district carry,
# > which is missing, who is it handed to, and by when? Evaluators, journalists, the city and the districts themselves
# > ask that every year.
#
# 需要 · You need: `pip install 'gongkai[plot]'`

# %%
import altair as alt

import gongkai
from gongkai import charts, examples, views

_ = alt.renderers.enable("svg")  # 不联网 · without a network

city = examples.load("lanjiang-2024")
chenghu = examples.load("chenghu-2024")
songping = examples.load("songping-2024")

# %% [markdown]
# ## 一个区 · One district
#
# `gongkai.coverage(reference, plan)`：对照文件的每一项是一行。区里换了说法也认得，所以“字句相同多少”只是参考，不是标准。
#
# > Each task of the reference is a row. A district says things in its own words, so the share of words that recur is
# > shown, but it is not the measure.

# %%
cover = gongkai.coverage(city, songping)
print(cover)
print(f"{cover.tally.share:.0%}", cover.summary())

# %%
views.view(cover, limit=8)

# %% [markdown]
# ## 漏了什么 · What is missing
#
# 未承接（`absent`）的最要紧。每一行都能用一句话说清楚，中文英文都行。
#
# > What is absent matters most. Every row can tell itself in one sentence, in Chinese or English.

# %%
for row in cover.with_status("absent")[:6]:
    print(row.explain("zh"))
print()
print(cover.with_status("absent")[0].explain("en"))

# %% [markdown]
# 有的不是漏，是本来就不适用：市中心没有耕地。写下理由，以后就不再算进承接率；理由会留在结果里。
#
# > Some are not missing at all: they do not apply. A person says so, with a reason, which stays with the result; the
# > share is reckoned without them.

# %%
row = cover.with_status("absent")[0]
mark = row.not_applicable("示例：本区没有这项业务", annotator="评估组")
marked = gongkai.coverage(city, songping, marks=[mark])
print(f"{cover.tally.share:.1%} → {marked.tally.share:.1%}")
marked[row.task.key]

# %% [markdown]
# ## 交给了谁，什么时候 · To whom, and by when
#
# 市财政局的事，区里归区财政局；名录知道谁对应谁。时限也逐项比：提前、推迟，还是没写。
#
# > What the city's bureau answers for, the district's bureau carries: the directory knows who is whose counterpart.
# > Deadlines are compared as well.

# %%
for row in list(cover.with_status("carried"))[:4]:
    for handover in row.handovers:
        if handover.old and handover.new:
            print(f"{row.task.key:>5}  {handover.old.name} → {handover.new.name}  ({handover.relation})")

# %%
from collections import Counter

Counter(str(row.timing) for row in cover if row.links)

# %% [markdown]
# ## 两个区并排看 · Both districts side by side
#
# ● 已承接　◐ 部分承接　○ 未承接。记号和颜色说的是一回事，黑白打印、色觉障碍都能看懂。
#
# > The signs say what the colours say, so that it can be read in black and white too.

# %%
covers = [gongkai.coverage(city, plan) for plan in (chenghu, songping)]
charts.coverage(covers, limit=20)

# %% [markdown]
# 上图只画了各区承接最少的20项，标题下写明还有多少没画。`limit=None` 画全部。
#
# > Only the twenty tasks that fewest districts carry are drawn; the chart says how many are left out.

# %% [markdown]
# ## 不分上下，只看异同 · Side by side, with no reference
#
# `gongkai.consolidate` 把三份文件排成一张表：一个事项一行，一份文件一列。三家都有的是哪些，谁有独一份？
#
# > `consolidate` lays all three out: a matter a row, a plan a column. What do all of them have, and who has something
# > that nobody else has?

# %%
table = gongkai.consolidate([city, chenghu, songping])
print(table)
print(len(table.common()), "三家都有 · in all three")
for matter in table.unique("松坪区")[:3]:
    print("仅松坪区 · only Songping:", matter.text[:40])

# %%
views.view(table, limit=5)

# %% [markdown]
# ## 谁和谁一起干活 · Who works with whom
#
# 责任网络：共同承担任务的单位连线，圆点越大任务越多，实心的牵头过任务。不和别人共同承担任务的列在下面。
#
# > Departments that share tasks are joined; large dots have many tasks, filled ones lead some. Those that share no task
# > stand below.

# %%
charts.network(songping)

# %% [markdown]
# ## 交出去 · Hand it over
#
# 同样的内容，一个网页：`gongkai report 澄湖.txt 松坪.txt --reference 澜江.html -o 报告.html`。要表格，写成 CSV 或 xlsx。
#
# > All of it as one page, or as a table for a spreadsheet.

# %%
page = views.report([chenghu, songping], reference=city)
print(f"{len(page) // 1024} K")
rows = cover.table()
print(len(rows), sorted(rows[0])[:8])

# %% [markdown]
# ## 试一试 · Try it
#
# 1. 澄湖区比市里晚完成的任务有哪些？（提示：`row.timing == "later"`）
# 2. 用去年的文件当对照文件：今年的要点还管着去年的哪些事？
# 3. 市里哪个章节承接得最差？（提示：`cover.by_section()`）
#
# > 1. Which tasks does Chenghu finish later than the city asks? 2. Take last year's plan as the reference. 3. Which
# > chapter of the city's plan is carried worst?
