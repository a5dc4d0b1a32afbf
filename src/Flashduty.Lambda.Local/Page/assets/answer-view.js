// The function's answer, what its caller does next, and how long each step took.
import { el, said, visible } from "./dom.js";
import { milliseconds, t, time } from "./i18n.js";

export function answerView(alert) {
  const [latest, ...earlier] = alert.deliveries;
  return el("div", null,
    el("p", null, latest.status !== null && el("code.status", null, String(latest.status)), " ", el("strong", null, t(latest.reaction))),
    el("pre.answer", { dir: "ltr" }, visible(latest.answer)),
    latest.warnings.length > 0 && [el("h3", null, t("warnings")), latest.warnings.map(warning => el("p.warning", null, said(warning)))],
    el("h3", null, t("steps")),
    steps(latest),
    earlier.length > 0 && [
      el("h3", null, t("earlier")),
      el("ol.earlier", null, earlier.map(delivery => el("li", null,
        el("time", { datetime: delivery.time }, time(delivery.time)), " ", el("span.chip." + delivery.outcome, null, t(delivery.outcome)), " ",
        delivery.code && said(delivery.code, "code")))),
    ]);
}

function steps(delivery) {
  const rows = [
    { name: t("stepNormalize"), ms: delivery.normalizeMs, at: 0 },
    { name: t("stepRoute"), ms: delivery.routeMs, at: delivery.normalizeMs },
    ...delivery.pushes.map(push => ({
      name: t("stepPush", { channel: push.channel === "integration_key" ? t("integration") : visible(push.channel ?? "?") }),
      note: push.status ?? t("noAnswer"), isError: push.status !== 200, ms: push.durationMs, at: push.startMs,
    })),
    { name: t("stepTotal"), ms: delivery.totalMs, at: 0, isTotal: true },
  ];
  const end = Math.max(...rows.map(row => row.at + row.ms), 0.001);
  return el("table.steps", null, el("tbody", null, rows.map(row => {
    const bar = el(row.isError ? "span.span.error" : row.isTotal ? "span.span.total" : "span.span");
    bar.style.setProperty("--at", `${(100 * row.at) / end}%`);
    bar.style.setProperty("--for", `${(100 * row.ms) / end}%`);
    return el("tr", null,
      el("th", { scope: "row" }, row.name, " ", row.note !== undefined && el(row.isError ? "code.bad" : "code", null, String(row.note))),
      el("td.track", { "aria-hidden": "true" }, bar),
      el("td.ms", null, milliseconds(row.ms)));
  })));
}
