// Estates and dissolution cases, and what was filed in them.

import { call, namesIn, offers } from "/inspector/api.js";
import { button, element, facts, fill, json, moment } from "/inspector/dom.js";

const SIZE = 50;
const ESTATES = {
  hash: "estates", path: "/_sandbox/state/doedsbojournaler", id: "doedsbojournalId",
  heading: "Estates", danish: "Dødsboer", search: "CPR number or id", columns: ["Deceased", "CPR", "Status", "Filed", "Changed"],
};
const CASES = {
  hash: "cases", path: "/_sandbox/state/tvangsoploesningssager", id: "sagId",
  heading: "Dissolution cases", danish: "Tvangsopløsningssager", search: "CVR number or id", columns: ["Case", "CVR", "Status", "Entries", "Changed"],
};

/** Show the estates, or one of them. */
export const showEstates = (page, [id]) => (id ? showOne(page, ESTATES, id) : showAll(page, ESTATES));

/** Show the dissolution cases, or one of them. */
export const showCases = (page, [id]) => (id ? showOne(page, CASES, id) : showAll(page, CASES));

async function showAll(page, kind) {
  let first = 0;
  let wanted = "";
  const rows = element("div", { class: "scroll" });
  const search = element("input", { type: "search", placeholder: kind.search, "aria-label": kind.search,
    on: { change: () => { wanted = search.value.trim(); first = 0; load(); } } });
  const count = element("span", { class: "count" });
  const pages = element("div", { class: "pages" });
  fill(page, element("div", { class: "bar" }, heading("h2", kind), count, search), rows, pages);

  const same = comparing();

  async function load() {
    const found = await call("GET", kind.path, { first, size: SIZE, ...(wanted ? { id: wanted } : {}) });
    if (same(found)) return;
    count.textContent = `${found.total}`;
    fill(rows, found.total === 0 ? element("p", { class: "empty" }, "Nothing was found.") : element("table", { class: "records" },
      element("thead", {}, element("tr", {}, kind.columns.map((text) => element("th", { scope: "col" }, text)))),
      element("tbody", {}, found.entries.map((one) => element("tr", {},
        element("td", { class: "what" }, element("a", { href: `#${kind.hash}/${encodeURIComponent(one.id)}` }, one.title || one.id), element("span", { class: "sub mono" }, one.id)),
        element("td", { class: "mono" }, one.subject),
        element("td", {}, element("span", { class: "chip" }, one.status)),
        element("td", { class: "number" }, one.filed),
        element("td", { class: "when" }, moment(one.changed)))))));
    paging(pages, found, (next) => { first = next; return load(); });
  }

  await load();
  return { changed: load };
}

function heading(level, kind) {
  return element(level, {}, kind.heading, " ", element("span", { class: "danish", lang: "da" }, kind.danish));
}

function paging(place, found, go) {
  const last = found.first + found.entries.length;
  fill(place, found.total <= SIZE ? "" : [
    button("Newer", () => go(Math.max(found.first - SIZE, 0)), { disabled: found.first === 0 }),
    element("span", {}, `${found.first + 1}–${last} of ${found.total}`),
    button("Older", () => go(last), { disabled: last >= found.total }),
  ]);
}

async function showOne(page, kind, id) {
  let first = 0;
  const path = `${kind.path}/${encodeURIComponent(id)}`;
  const about = element("div", { class: "about" });
  const filed = element("div", { class: "filed" });
  const pages = element("div", { class: "pages" });
  const opened = new Set();
  fill(page, element("p", { class: "back" }, element("a", { href: `#${kind.hash}` }, `← ${kind.heading}`)), about, filed, pages);

  const same = comparing();

  async function load() {
    const found = await call("GET", path, { first, size: SIZE });
    if (same(found)) return;
    const { about: one } = found;
    fill(about,
      element("div", { class: "bar" }, element("h2", {}, one.title || one.id), element("span", { class: "chip" }, one.status)),
      facts([["Id", element("span", { class: "mono" }, one.id)], [kind === ESTATES ? "CPR" : "CVR", one.subject], ["Court's number", one.number],
        ["Notice (proklama)", one.notice], ["Opened", moment(one.created)], ["Changed", moment(one.changed)]]),
      more("details", "Members that the API shows", opened, () => json(one.data)),
      acts(kind, id));
    fill(filed,
      element("h3", {}, kind === ESTATES ? "Filed here" : "In this case", element("span", { class: "count" }, ` ${found.total}`)),
      found.total === 0 ? element("p", { class: "empty" }, "Nothing was filed yet.") : found.entries.map((entry) => card(entry, opened)));
    paging(pages, found, (next) => { first = next; return load(); });
  }

  await load();
  return { changed: load };
}

/** Says whether it is shown what it was shown last: then nothing is drawn anew, and the keyboard stays where it is. */
function comparing() {
  let last = "";
  return (found) => {
    const before = last;
    last = JSON.stringify(found);
    return last === before;
  };
}

/** Something that is opened by a click, and stays open when it is shown again. */
function more(key, text, opened, inside) {
  const shown = element("details", { open: opened.has(key), on: { toggle: () => (shown.open ? opened.add(key) : opened.delete(key)) } },
    element("summary", {}, text), inside());
  return shown;
}

function card(entry, opened) {
  const { beloeb, titel, overskrift, emne, navn } = entry.data;
  const title = [titel, overskrift, emne, navn].find((text) => typeof text === "string") ?? "";
  return element("article", { class: `card ${entry.deleted ? "deleted" : ""}` },
    element("div", { class: "bar" },
      element("h4", {}, element("span", { lang: "da" }, entry.kind), title ? element("span", { class: "free" }, title) : ""),
      beloeb === undefined ? "" : element("span", { class: "amount" }, `${beloeb?.rawJSON ?? beloeb} kr.`),
      entry.deleted ? element("span", { class: "chip warn" }, "deleted") : ""),
    element("p", { class: "sub" }, [entry.by ? `by ${entry.by}` : "by the court", moment(entry.changed), ...entry.files].join(" · ")),
    more(entry.id, "All members", opened, () => json(entry.data)));
}

function acts(kind, id) {
  const fitting = offers("court").filter((one) => namesIn(one.path).includes(kind.id));
  if (fitting.length === 0) return "";
  return element("p", { class: "acts" }, element("strong", {}, "Let the court: "),
    fitting.map((one) => element("a", { class: "act", lang: "da", title: one.summary, href: `#court/${one.name}/${encodeURIComponent(id)}` }, one.name)));
}
