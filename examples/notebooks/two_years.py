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
# # 一个区的两年 · One district, two years
#
# 澄湖区（虚构）2023年和2024年各发了一份政务公开工作要点。哪些任务延续了，哪些改了、拆了、并了，谁的责任变了，时限早了还是晚了？这本笔记用十来行代码回答，并教会你这个库的四个动作：**读、查、比、画**。
#
# > Chenghu (a made-up district) issued a plan for 2023 and one for 2024. What went on, what was reworded, split or
# > merged, who answers for it now, is it due earlier or later? Ten lines answer that, and teach the four things that
# > this library does: **read, check, compare, draw**.
#
# 需要 · You need: `pip install 'gongkai[plot]'`

# %%
import altair as alt

import gongkai
from gongkai import charts, examples, views

# 图片在本机生成，不联网 · Pictures are made on this machine, without a network.
_ = alt.renderers.enable("svg")

# %% [markdown]
# ## 读 · Read
#
# 自己的文件用 `gongkai.read("要点.docx")`（网页、Word、PDF、Excel、纯文本都可以）；这里用随附的示例。单元格最后一行写上文件，笔记本就显示它：标题、文号、章节、任务、责任单位、时限。
#
# > Files of your own are read with `gongkai.read("plan.docx")` (web pages, Word, PDF, Excel, plain text); here we take
# > plans that come with the library. A plan on the last line of a cell shows itself.

# %%
old = examples.load("chenghu-2023")
new = examples.load("chenghu-2024")
new

# %% [markdown]
# 文件是普通的 Python 对象：章节、任务、责任分工、时限。每项任务有一个键（`key`），好记，也好引用。
#
# > A plan is made of plain Python objects: sections, tasks, assignments, deadlines. Each task has a readable key.

# %%
task = new["7"]
print(task.text)
for assignment in task.assignments:
    print(assignment.role, assignment.names)
for deadline in task.deadlines:
    print(deadline.kind, deadline.due, f"“{deadline.text}”")

# %% [markdown]
# 任何一个小对象也能显示自己，比如一个时限。要英文标签，用 `views.view(…, language="en")`。
#
# > Small things show themselves as well, a deadline for example. For English labels there is `views.view`.

# %%
views.view(task.deadlines[0], language="en")

# %% [markdown]
# ## 查 · Check
#
# 动手之前先看看文件有没有毛病：缺责任单位、缺时限、单位名称写错、编号跳号。每处问题有固定的代码和位置，程度分提示、注意、错误。
#
# > Before anything else: is something missing or odd? Each finding has a code that never changes its meaning, a
# > severity, and a place in the text.

# %%
views.finding_table(views.Checked("2023", old, gongkai.check(old)), limit=6)

# %% [markdown]
# 2023年有些任务没写时限，检查器指了出来（`C111`）。这不是错误，但比较两年的时限时要记得。
#
# > Some tasks of 2023 have no deadline, and the checker says so. That is no mistake, but worth remembering below.

# %% [markdown]
# ## 比 · Compare
#
# `gongkai.diff(old, new)` 按任务比，不按行比：编号变了不算改，搬了家还认得，一拆二、二合一也看得出。
#
# > `diff` compares tasks, not lines: a new number is no change, a task that moved is still known, splits and mergers
# > are seen as such.

# %%
diff = gongkai.diff(old, new)
diff.summary()

# %% [markdown]
# 一拆为二的是哪一项？旧任务的文字去了哪里，一看便知：划线的删了，下划线的是新的。
#
# > Which task was split? Its words are all there: struck through where they went, underlined where they came.

# %%
split = next(row for row in diff.tasks if row.status == "split")
split

# %% [markdown]
# 凭什么说它们是同一件事？每条对应都带着依据和匹配度（0 到 1）。
#
# > Why should they be the same? Every link carries its evidence, and a score from 0 to 1.

# %%
split.links[0]

# %% [markdown]
# ### 责任变了，还是单位改名了？ · Reassigned, or renamed by a reform?
#
# 2024年机构改革，区政务服务局成了区政务服务和数据管理局，区金融服务办的职责由区委金融办承接。库里有一份机构名录，认得这些：改名（`renamed`）默认不显示，真正的调整（`reassigned`）才列出来。
#
# > The reform of 2024 renamed one bureau and handed the duties of another office to a new one. The directory knows:
# > what was merely renamed is hidden by default; what was reassigned is told.

# %%
reassigned = [change for change in diff if change.kind == "reassigned"]
for change in reassigned[:5]:
    print(change.explain("zh"))
print()
for change in reassigned[:2]:
    print(change.explain("en"))

# %% [markdown]
# ### 时限早了还是晚了？ · Earlier or later?
#
# 2023年10月到2024年10月不是变化：时限按各自的年度看。下面只剩真正的调整。
#
# > October 2023 became October 2024: that is no change, since deadlines are seen from the year of their plan.

# %%
for change in [change for change in diff if change.kind == "rescheduled"][:5]:
    print(change.explain("zh"))

# %% [markdown]
# 只想看一部分？`where` 按类别、单位、章节挑，结果还是一份对照。
#
# > To see a part of it, `where` picks by kind, department or section; what comes back is a diff again.

# %%
views.view(diff.where(department="区财政局"))

# %% [markdown]
# ### 你比机器懂 · You know better
#
# 拿不准的对应，库不装懂：`doubtful_pairs` 列出最值得人看一眼的几对。判断一经给出（`known=`），以后都照办。
#
# > Where it is not sure, the library says so: these pairs are worth a look. What you answer is obeyed from then on.

# %%
questions = gongkai.comparing.doubtful_pairs(old, new)
print(len(questions))
questions[0]

# %%
answer = gongkai.Answer(questions[0].old.key, questions[0].new.key, "none", annotator="我")
corrected = gongkai.diff(old, new, known=[answer])
corrected.summary()

# %% [markdown]
# ## 画 · Draw
#
# 谁的担子最重？左边是牵头，右边依次是负责、配合；改了名的单位还是一行。
#
# > Who carries most? The panels are roles; a department that was renamed is still one row.

# %%
charts.departments([old, new], limit=15)

# %% [markdown]
# 一年里什么时候最忙？每格一项任务。
#
# > When is the year busiest? Each square is a task.

# %%
charts.deadlines(new)

# %% [markdown]
# ## 交出去 · Hand it over
#
# 一个网页文件，不联网，可以发给同事、在手机上看、打印。命令行里是 `gongkai report 2023.docx 2024.docx -o 报告.html`。
#
# > One page in one file, without any network: to be sent, read on a phone, printed.

# %%
page = views.report([old, new], title="澄湖区政务公开工作要点：2023年和2024年")
print(f"{len(page) // 1024} K", page[:15])
# from pathlib import Path; Path("报告.html").write_text(page, encoding="utf-8")

# %% [markdown]
# ## 试一试 · Try it
#
# 1. 换成你自己的两份文件：`gongkai.read(…)`。
# 2. 哪些任务是新增的？（提示：`row.status == "added"`）
# 3. 区司法局牵头的任务，两年有什么不同？
#
# > 1. Take two plans of your own. 2. Which tasks are new? (`row.status == "added"`) 3. What changed in the tasks that
# > 区司法局 leads?
