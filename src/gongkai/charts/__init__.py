"""Charts of plans, with altair: who does what, by when, what goes on from year to year, who carries what.

Each function returns an altair chart that has its data inside: it can be changed, put beside others, shown
in a notebook, saved as HTML, SVG or PNG. They need the extra ``plot``. Nothing is fetched; the documentation
tells how charts are shown without a network.
"""

from gongkai.charts._coverage import coverage
from gongkai.charts._deadlines import deadlines
from gongkai.charts._departments import departments
from gongkai.charts._flow import flow
from gongkai.charts._looks import Theme
from gongkai.charts._network import network

__all__ = ["Theme", "coverage", "deadlines", "departments", "flow", "network"]
