// The list, newest first, and beside it the alert that is chosen.
import { api } from "./api.js";
import { debounce, el, replace, said, visible } from "./dom.js";
import { t, time } from "./i18n.js";
import { showDetail } from "./detail.js";

const pageSize = 200;
let root = null;
let selected = null;
let query = "";
let offset = 0;
let list = { total: 0, matched: 0, alerts: [] };
let known = 0;

export function show(main, argument) {
  root = {
    count: el("span.count"),
    rows: el("ol.rows", { "aria-label": t("alerts") }),
    pager: el("div.pager"),
    detail: el("div.detail"),
  };
  const search = el("input", { id: "search", type: "search", placeholder: t("search"), "aria-label": t("search"), value: query, autocomplete: "off",
    oninput: event => { query = event.target.value; offset = 0; refresh(); } });
  const clear = el("button.quiet", { type: "button", onclick: () => confirm(t("clearConfirm")) && api.clear() }, t("clear"));
  replace(main,
    el("div.list", null, el("div.search", null, search), el("div.tally", null, root.count, clear), root.rows, root.pager),
    root.detail);
  root.rows.addEventListener("keydown", move);
  selected = argument ?? null;
  if (selected) detail();
  reload();
}

export function select(argument) {
  selected = argument ?? null;
  mark();
  detail();
}

/** Takes a change from the stream. Returns whether it is a row not seen before. */
export function changed(summary) {
  const isNew = summary.id > known;
  known = Math.max(known, summary.id);
  if (root && root.rows.isConnected) {
    if (query || offset > 0) refresh();
    else insert(summary);
    if (String(summary.id) === selected) detail();
  }
  return isNew;
}

export function cleared() {
  list = { total: 0, matched: 0, alerts: [] };
  selected = null;
  if (root && root.rows.isConnected) {
    history.replaceState(null, "", "#/alerts");
    draw();
    detail();
  }
}

export async function reload() {
  if (!root) return;
  list = await api.alerts(query, offset);
  known = Math.max(known, ...list.alerts.map(alert => alert.id));
  draw();
  if (selected) return;
  if (list.alerts.length > 0 && window.innerWidth > 900) choose(list.alerts[0].id);
  else detail();
}

const refresh = debounce(reload, 120);

function choose(id) {
  history.replaceState(null, "", `#/alerts/${id}`);
  select(String(id));
}

function insert(summary) {
  const at = list.alerts.findIndex(alert => alert.id === summary.id);
  if (at >= 0) {
    const isNewer = summary.time !== list.alerts[at].time;
    list.alerts.splice(at, 1);
    if (isNewer) list.alerts.unshift(summary);
    else list.alerts.splice(at, 0, summary);
  } else {
    list.alerts.unshift(summary);
    list.total = Math.min(list.total + 1, 10000);
    list.matched = list.total;
  }
  list.alerts.length = Math.min(list.alerts.length, pageSize);
  draw();
  if (!selected && window.innerWidth > 900) choose(summary.id);
}

function draw() {
  root.count.textContent = query ? t("countMatched", list) : list.total === 1 ? t("countOne") : t("countAll", list);
  const focused = document.activeElement?.closest?.(".rows a")?.dataset.id;
  replace(root.rows, list.alerts.map(row));
  if (focused) root.rows.querySelector(`[data-id="${focused}"]`)?.focus();
  if (list.alerts.length === 0 && query) replace(root.rows, el("li.none", null, t("nothingFound")));
  replace(root.pager,
    offset > 0 && el("button.quiet", { type: "button", onclick: () => page(-pageSize) }, t("newer")),
    offset + pageSize < list.matched && el("button.quiet", { type: "button", onclick: () => page(pageSize) }, t("older")));
  mark();
}

function page(step) {
  offset = Math.max(0, offset + step);
  reload();
}

function row(alert) {
  const channels = alert.channels.map(channel => channel === "integration_key" ? t("integration") : visible(channel)).join(", ");
  return el("li", null, el("a", { href: `#/alerts/${alert.id}`, "data-id": String(alert.id) },
    el("span.state." + alert.outcome, { title: t(alert.outcome) }, el("span.hidden", null, t(alert.outcome))),
    el("span.title", { dir: "auto" }, visible(alert.title)),
    alert.count > 1 && el("span.badge", { title: t("merged", { count: alert.count }) }, `×${alert.count}`),
    el("span.meta", null,
      el("time", { datetime: alert.time }, time(alert.time)),
      said(alert.source),
      el("span.to", null, alert.code ? visible(alert.code) : `→ ${channels}`),
      alert.isClosed && el("span.closed", null, t("closed")))));
}

function mark() {
  for (const link of root.rows.querySelectorAll("a")) {
    if (link.dataset.id === selected) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  document.getElementById("main").classList.toggle("chosen", Boolean(selected));
}

function move(event) {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (!step) return;
  const links = [...root.rows.querySelectorAll("a")];
  const next = links[links.indexOf(document.activeElement) + step];
  if (next) {
    next.focus();
    choose(next.dataset.id);
  }
  event.preventDefault();
}

async function detail() {
  const id = selected;
  if (id) {
    try {
      const alert = await api.alert(id);
      if (id === selected) showDetail(root.detail, alert);
    } catch (error) {
      if (id === selected) replace(root.detail, el("p.empty", null, error.status === 404 ? t("gone") : error.message));
    }
  } else if (list.total === 0) {
    replace(root.detail, el("div.empty", null,
      el("img", { src: "/page/icon.svg", alt: "", width: "56", height: "56" }),
      el("h1", null, t("emptyTitle")), el("p", null, t("emptyText")),
      el("a.button", { href: "#/send/guardduty-finding" }, t("emptySend"))));
  } else {
    replace(root.detail, el("p.empty", null, t("choose")));
  }
}
