// One alert: the event, what was made of it, why it went where it went, and the answer.
import { api } from "./api.js";
import { el, replace, said, visible } from "./dom.js";
import { t, time } from "./i18n.js";
import { jsonView } from "./json-view.js";
import { routeView } from "./route-view.js";
import { answerView } from "./answer-view.js";

export function showDetail(root, alert) {
  const event = jsonView(alert.event, alert.uses);
  replace(root,
    head(alert),
    el("div.panes", null,
      pane("paneEvent", legend(alert.uses), event),
      pane("paneAlert", alert.summary.alertKey ? made(alert, event) : el("p", null, t("noAlert"))),
      el("div.stack", null,
        pane("paneRoute", alert.route ? routeView(alert.route) : el("p", null, t("noAlert"))),
        pane("paneAnswer", answerView(alert)))));
  root.scrollTop = 0;
}

function head({ summary, deliveries, event }) {
  const shape = { url: "shapeUrl", rule: "shapeRule", queue: "shapeQueue" }[deliveries[0].shape];
  const status = el("p.done", { role: "status" });
  return el("header.head", null,
    el("p.meta", null,
      el("span.chip." + summary.outcome, null, t(summary.outcome)),
      summary.code && said(summary.code, "code"),
      el("time", { datetime: summary.time }, time(summary.time)),
      el("span", null, t(shape)),
      summary.isClosed && el("span.closed", null, t("closed"))),
    el("h1", { dir: "auto" }, visible(summary.title)),
    el("p.meta", null, said(summary.source), said(summary.detailType), summary.count > 1 && el("span.badge", null, t("merged", { count: summary.count }))),
    el("div.actions", null,
      el("button", { type: "button", onclick: async () => { status.textContent = ""; await api.send(deliveries[0].shape, event); } }, t("again")),
      el("a.button", { href: `#/send/alert:${summary.id}` }, t("edit")),
      summary.alertKey && !summary.isClosed && el("button", { type: "button", title: t("closeHelp"), onclick: () => api.close(summary.id) }, t("close")),
      status));
}

function pane(title, ...content) {
  const id = `pane-${title}`;
  return el("section.pane", { "aria-labelledby": id, tabindex: "0" }, el("h2", { id }, t(title)), ...content);
}

const legend = uses => uses.length > 0 && el("p.legend", null,
  el("mark.title", null, t("markTitle")), el("mark.key", null, t("markKey")), el("mark.label", null, t("markLabel")));

function made(alert, event) {
  const highlight = name => {
    const pointers = name ? alert.uses.filter(use => use.labels.includes(name)).map(use => use.pointer) : [];
    for (const element of event.querySelectorAll("[data-pointer]")) element.classList.toggle("lit", pointers.includes(element.dataset.pointer));
  };
  return el("div", null,
    el("h3", null, t("description")),
    el("p.description", { dir: "auto" }, alert.description.split("\n").map((line, i) => [i > 0 && el("br"), said(line)])),
    alert.link && el("p", null, el("a", { href: alert.link, target: "_blank", rel: "noopener noreferrer" }, t("link"))),
    el("h3", null, t("alertKey")),
    el("p", null, el("code.key", null, visible(alert.summary.alertKey))),
    el("p.quiet", null, alert.keySource === null
      ? t("keyRule")
      : [t(alert.keyScope === "event" ? "keyEvent" : "keyResource"), " ", el("code", { dir: "ltr" }, visible(alert.keySource))]),
    el("h3", null, t("labels")),
    el("table.labels", null, el("tbody", null, alert.labels.map(label => el("tr", {
      onmouseenter: () => highlight(label.name), onmouseleave: () => highlight(null),
    }, el("th", { scope: "row" }, visible(label.name)), el("td", null, said(label.value)))))));
}
