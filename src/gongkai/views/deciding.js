/* Deciding the conflicts of a merge on its page: what is chosen becomes JSON that Merge.resolve takes. */
(() => {
  "use strict";
  const root = document.getElementById("gk");
  const part = root && root.querySelector("[data-deciding]");
  if (!part) return;
  const all = (selector, within = root) => Array.from(within.querySelectorAll(selector));
  const total = Number(part.dataset.total);
  const area = part.querySelector("[data-json]");
  const place = `gongkai-merge-${part.dataset.deciding}`;
  const cards = all(".gk-conflict").map((card) => ({
    card,
    id: card.querySelector("[data-conflict]").dataset.conflict,
    radios: all("input[type=radio]", card),
    own: card.querySelector("[data-own]"),
    words: card.querySelector(".gk-own textarea"),
  }));

  /* The browser may keep nothing for a file: then the decisions are gone when the page is. */
  const kept = () => {
    try { return JSON.parse(localStorage.getItem(place)) || {}; } catch { return {}; }
  };
  const keep = (decided) => {
    try {
      if (Object.keys(decided).length) localStorage.setItem(place, JSON.stringify(decided));
      else localStorage.removeItem(place);
    } catch { /* nothing is kept */ }
  };
  const chosen = ({ radios }) => radios.find((radio) => radio.checked && !("open" in radio.dataset));
  const decisions = () => {
    const found = {};
    for (const card of cards) {
      const radio = chosen(card);
      if (radio && radio === card.own) found[card.id] = card.words.value;
      else if (radio) found[card.id] = radio.value;
    }
    return found;
  };
  const update = () => {
    const decided = decisions();
    const number = Object.keys(decided).length;
    for (const card of cards) {
      card.card.classList.toggle("gk-is-decided", Boolean(chosen(card)));
      if (card.words) card.words.hidden = !card.own.checked;
    }
    for (const status of all("[data-decided]")) {
      status.textContent = status.dataset.decided.replace("{n}", String(number)).replace("{all}", String(total));
    }
    area.hidden = !number;
    area.value = JSON.stringify(decided, null, 2);
    for (const button of all("[data-act]", part)) button.disabled = !number;
    keep(decided);
  };
  const restore = () => {
    const before = kept();
    for (const card of cards) {
      if (!(card.id in before)) continue;
      const value = before[card.id];
      const radio = card.radios.find((each) => each.value === value && !("own" in each.dataset)
        && !("open" in each.dataset));
      if (radio) radio.checked = true;
      else if (card.own) {
        card.own.checked = true;
        card.words.value = value;
      }
    }
    update();
  };

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(area.value);
    } catch {
      area.focus();
      area.select();
      document.execCommand("copy");
    }
    const words = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 1500);
  };
  const download = (button) => {
    const address = URL.createObjectURL(new Blob([`${area.value}\n`], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = button.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  part.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    if (button.dataset.act === "copy") copy(button);
    else if (button.dataset.act === "download") download(button);
    else {
      for (const card of cards) for (const radio of card.radios) radio.checked = "open" in radio.dataset;
      update();
    }
  });
  root.addEventListener("change", (event) => {
    if (!event.target.matches(".gk-conflict input[type=radio]")) return;
    update();
    if ("own" in event.target.dataset) event.target.closest(".gk-own").querySelector("textarea").focus();
  });
  root.addEventListener("input", (event) => {
    if (event.target.matches(".gk-own textarea")) update();
  });

  /* On a conflict that is walked to: 0 is the draft, 1 the first view …, s the suggestion, u leaves it open. */
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const on = root.querySelector("[data-keys-on]");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || (on && !on.checked)) return;
    const card = cards.find((each) => each.card === target
      || (target.matches("input[type=radio]") && each.card.contains(target)));
    if (!card) return;
    let radio = null;
    if (/^[0-9]$/.test(key)) radio = all(".gk-views input[type=radio]", card.card)[Number(key)];
    else if (key === "s") radio = card.radios.find((each) => each.value === "suggested");
    else if (key === "u") radio = card.radios.find((each) => "open" in each.dataset);
    if (!radio) return;
    radio.checked = true;
    update();
    event.preventDefault();
  });
  restore();
})();
