/* Filters, search and keys of a page; what it acts on is told in _page.py. Without it everything is shown. */
(() => {
  "use strict";
  const root = document.getElementById("gk");
  if (!root) return;
  const all = (selector, within = root) => Array.from(within.querySelectorAll(selector));
  const items = all(".gk-item").map((element) => ({
    element,
    of: new Set((element.dataset.of || "").split(" ")),
    fold: element.dataset.fold || "",
    aside: element.classList.contains("gk-aside"),
    text: null,
  }));
  const rows = items.filter((item) => !item.aside);
  const folds = all(".gk-fold");
  const groups = all(".gk-group").map((element) => ({ element, bare: !element.querySelector(".gk-item") }));
  const search = root.querySelector("[data-search]");
  const none = root.querySelector(".gk-none");
  const chosen = new Map();
  const opened = new Set();
  const unfolded = new Set();
  let terms = [];
  let keysOn = true;

  /* Search: a character for a character, whatever its width and case; the words that went and those that came are two
     texts. */
  const plain = (text) => Array.from(text, (sign) => {
    const like = sign.normalize("NFKC").toLowerCase();
    return like.length === sign.length ? like : sign;
  }).join("");
  const nodesOf = (element, without) => {
    const skip = `${without}, [data-unsearched], .gk-old-side, button, summary`;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
      node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT
        : node.matches(skip) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  const sidesOf = (item) => item.element.querySelector("ins, del") ? ["del", "ins"] : ["del"];
  const textOf = (item) => {
    if (item.text === null) {
      item.text = sidesOf(item).map((side) => plain(nodesOf(item.element, side).map((node) => node.data).join("")));
    }
    return item.text;
  };
  const matches = (item) => !terms.length ||
    terms.every((term) => textOf(item).some((text) => text.includes(term)));

  const paint = (shown) => {
    if (!window.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("gk-found");
    if (!terms.length) return;
    const ranges = [];
    for (const item of shown) {
      for (const side of sidesOf(item)) {
        const nodes = nodesOf(item.element, side);
        const text = plain(nodes.map((node) => node.data).join(""));
        for (const term of terms) {
          for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
            const range = new Range();
            let from = 0;
            for (const node of nodes) {
              const to = from + node.length;
              if (at >= from && at < to) range.setStart(node, at - from);
              if (at + term.length > from && at + term.length <= to) range.setEnd(node, at + term.length - from);
              from = to;
            }
            ranges.push(range);
            if (ranges.length > 2000) break;
          }
        }
      }
      if (ranges.length > 2000) break;
    }
    CSS.highlights.set("gk-found", new Highlight(...ranges));
  };

  /* Filters: one of the chosen tokens of each group; a switch may have other tokens stand for those of a group. */
  const swaps = () => all("[data-swap]").filter((box) => box.checked).map((box) => box.dataset.swap.split(" "));
  const wanted = () => {
    const found = [];
    const swapped = new Map(swaps());
    for (const [group, tokens] of chosen) {
      const other = swapped.get(group);
      if (tokens.size) found.push([...tokens].map((token) => other ? other + token.slice(group.length) : token));
    }
    for (const [group, other] of swapped) {
      if (!(chosen.get(group) || new Set()).size) found.push([other]);
    }
    return found;
  };
  /* On paper the filters are gone: a line says what was chosen. */
  const state = root.querySelector(".gk-state");
  const tell = (active, counted) => {
    if (!state) return;
    const pressed = all("[data-group][aria-pressed=true]").map((button) => button.textContent);
    const picked = all("select[data-group]").filter((list) => list.value)
      .map((list) => list.selectedOptions[0].textContent.trim());
    const ticked = all("[data-swap]").filter((box) => box.checked).map((box) => box.parentElement.textContent);
    const typed = terms.length ? [`“${search.value.trim()}”`] : [];
    state.hidden = !active;
    state.textContent = state.dataset.state.replace("{n}", String(counted)).replace("{all}", String(rows.length))
      .replace("{what}", [...new Set([...pressed, ...picked, ...ticked, ...typed])].join(" · "));
  };
  const update = () => {
    for (const control of all("[data-group]")) {
      const tokensOf = chosen.get(control.dataset.group) || new Set();
      if (control.tagName === "SELECT") control.value = [...tokensOf][0] || "";
      else control.setAttribute("aria-pressed", String(tokensOf.has(control.dataset.token)));
    }
    const tokens = wanted();
    const quiet = root.classList.contains("gk-with-quiet");
    const unfolding = terms.length > 0 || all("[data-unfolds][aria-pressed=true]").length > 0;
    const counts = new Map();
    const shown = [];
    let passed = 0;
    let counted = 0;
    for (const item of items) {
      const pass = tokens.every((any) => any.some((token) => item.of.has(token))) && matches(item);
      const foldable = item.fold && !(quiet && item.of.has("quiet"));
      const folded = foldable && !unfolding && !opened.has(item.fold);
      if (pass) passed += 1;
      if (pass && !item.aside) counted += 1;
      if (pass && foldable) counts.set(item.fold, (counts.get(item.fold) || 0) + 1);
      item.element.hidden = !pass || Boolean(folded);
      if (!item.element.hidden) shown.push(item);
    }
    for (const fold of folds) {
      const count = counts.get(fold.dataset.opens) || 0;
      const number = fold.querySelector("b");
      if (number) number.textContent = String(count);
      (fold.closest(".gk-fold-line") || fold).hidden = !count || unfolding;
      fold.setAttribute("aria-expanded", String(opened.has(fold.dataset.opens)));
    }
    const active = tokens.length > 0 || terms.length > 0;
    for (const group of groups) {
      group.element.hidden = group.bare ? active
        : !group.element.querySelector(".gk-item:not([hidden]), .gk-fold-line:not([hidden])");
    }
    /* What is folded away opens where a filter leaves something in it, and closes again when all is shown. */
    for (const part of all("details.gk-lazy")) {
      if (active && !part.open && part.querySelector(".gk-item:not([hidden])")) {
        part.open = true;
        unfolded.add(part);
      } else if (!active && unfolded.delete(part)) part.open = false;
    }
    if (none) none.hidden = passed > 0 || !items.length;
    tell(active, counted);
    for (const status of all("[data-shown]")) {
      const text = passed === items.length ? status.dataset.all : status.dataset.shown;
      status.textContent = text.replace("{n}", String(counted)).replace("{all}", String(rows.length));
    }
    for (const button of all("[data-reset]")) button.hidden = !active;
    rove(current && !current.closest("[hidden]") ? current : stops()[0]);
    paint(shown);
  };
  const choose = (group, token, only) => {
    const had = chosen.get(group) || new Set();
    const tokens = only ? new Set() : new Set(had);
    if (token && had.has(token)) tokens.delete(token);
    else if (token) tokens.add(token);
    chosen.set(group, tokens);
    update();
  };
  const reset = () => {
    chosen.clear();
    for (const box of all("[data-swap]")) box.checked = false;
    if (search) search.value = "";
    terms = [];
    update();
  };

  /* Walking through what is shown. */
  let current = null;
  const stops = () => all(".gk-item, .gk-fold").filter((element) =>
    !element.closest("[hidden]") && !element.closest("details.gk-lazy:not([open])"));
  const rove = (element) => {
    if (current && current !== element) current.tabIndex = current.matches(".gk-fold") ? 0 : -1;
    current = element || null;
    if (current) current.tabIndex = 0;
  };
  const walk = (to) => {
    if (!to) return;
    rove(to);
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const found = stops();
    const at = found.indexOf(document.activeElement.closest(".gk-item, .gk-fold") || current);
    const inside = found[at] && found[at].contains(document.activeElement);
    walk(inside ? found[at + by] : found[Math.max(at, 0)]);
  };
  for (const item of items) {
    item.element.tabIndex = -1;
    item.element.addEventListener("focusin", () => rove(item.element));
  }

  /* What the address names is shown, whatever is filtered. */
  const reveal = () => {
    for (const item of items) item.element.classList.remove("gk-mark-here");
    let name = "";
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = name && document.getElementById(name);
    if (!target || !root.contains(target)) return;
    const item = target.closest(".gk-item");
    if (item && item.dataset.fold) opened.add(item.dataset.fold);
    if (item) {
      update();
      if (item.hidden) reset();
      item.classList.add("gk-mark-here");
      rove(item);
    }
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    target.scrollIntoView();
  };

  /* Side by side: the old side is a copy of the text, in which the style sheet hides what came. */
  const sides = (on) => {
    if (on) {
      for (const text of all(".gk-texts:not(.gk-new-side)")) {
        const copy = text.cloneNode(true);
        copy.classList.add("gk-old-side");
        copy.classList.remove("gk-texts");
        text.classList.add("gk-new-side");
        text.before(copy);
      }
    }
    root.classList.toggle("gk-sides-on", on);
    for (const button of all("[data-mode]")) {
      button.setAttribute("aria-pressed", String((button.dataset.mode === "sides") === on));
    }
  };

  root.addEventListener("click", (event) => {
    const control = event.target.closest("button");
    if (!control) return;
    const data = control.dataset;
    if (data.group) choose(data.group, data.token, "only" in data);
    else if (data.opens) {
      if (!opened.delete(data.opens)) opened.add(data.opens);
      update();
    } else if (data.mode) sides(data.mode === "sides");
    else if ("reset" in data) {
      reset();
      if (search) search.focus();
    }
  });
  root.addEventListener("change", (event) => {
    const control = event.target;
    const data = control.dataset;
    if (data.group) {
      chosen.set(data.group, new Set(control.value ? [control.value] : []));
      update();
    } else if (data.theme !== undefined) {
      if (control.value) document.documentElement.dataset.theme = control.value;
      else delete document.documentElement.dataset.theme;
    } else if ("keysOn" in data) keysOn = control.checked;
    else if (data.swap) update();
    else if ("opensAll" in data) for (const part of all("details.gk-why")) part.open = control.checked;
    else if (data.turns) {
      root.classList.toggle(data.turns, control.checked);
      update();
    }
  });
  let waiting = 0;
  if (search) {
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        terms = plain(search.value).split(/\s+/).filter(Boolean);
        update();
      }, items.length > 300 ? 120 : 0);
    });
  }
  const typed = (key) => {
    const help = root.querySelector("details.gk-keys");
    if (key === "/" && search) {
      search.focus();
      search.select();
    } else if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if (key === "?" && help) {
      help.open = !help.open;
      if (help.open) help.scrollIntoView({ block: "nearest" });
    } else return false;
    return true;
  };
  const onItem = (key, item) => {
    const parts = all("details.gk-why", item);
    if (key === "ArrowDown" || key === "ArrowUp") step(key === "ArrowDown" ? 1 : -1);
    else if (key === "Home") walk(stops()[0]);
    else if (key === "End") walk(stops().pop());
    else if (key === "Enter" && parts.length) {
      const open = !parts[0].open;
      for (const part of parts) part.open = open;
    } else return false;
    return true;
  };
  const escape = (target) => {
    const item = target.closest(".gk-item");
    const open = item && item.querySelector("details.gk-why[open]");
    if (open) {
      for (const part of all("details.gk-why", item)) part.open = false;
      item.focus();
    } else if (wanted().length || terms.length) reset();
    else if (target !== document.body) target.blur();
  };
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    let done = false;
    if (target === search) {
      if (key === "Escape") {
        clearTimeout(waiting);
        if (search.value) {
          search.value = "";
          terms = [];
          update();
        } else search.blur();
        done = true;
      } else if (key === "Enter" || key === "ArrowDown") {
        clearTimeout(waiting);
        terms = plain(search.value).split(/\s+/).filter(Boolean);
        update();
        walk(stops()[0]);
        done = true;
      }
    } else if (!target.matches("input:not([type=checkbox], [type=radio]), select, textarea")) {
      if (key === "Escape") {
        escape(target);
        done = true;
      } else if (target.matches(".gk-item, .gk-fold")) done = onItem(key, target);
      if (!done && keysOn) done = typed(key);
    }
    if (done) event.preventDefault();
  });
  const shut = new Set();
  addEventListener("beforeprint", () => {
    for (const part of all(".gk-on-paper details:not([open])")) {
      shut.add(part);
      part.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const part of shut) part.open = false;
    shut.clear();
  });
  addEventListener("hashchange", reveal);
  for (const box of all("[data-turns]")) root.classList.toggle(box.dataset.turns, box.checked);
  update();
  document.documentElement.classList.add("gk-ready");
  if (location.hash) reveal();
})();
