// Why an alert went where it went: each case, each condition, and what decided.
import { el, said, visible } from "./dom.js";
import { t } from "./i18n.js";

const shownValues = 8;

export function routeView(route) {
  const target = el("p.target", null, `${t("goesTo")} `, channels(route.channels));
  if (route.isPrivate) {
    return el("div", null, target, el("p", null, t("private")), el("p", null, el("a", { href: "#/routes" }, t("setUp"))));
  }
  return el("div", null,
    target,
    el("ol.cases", null, route.cases.map(oneCase)),
    el("div.case." + (route.usesDefault ? "matched" : "notTried"), null,
      el("h3", null, t("default"), " ", route.usesDefault ? el("span.verdict", null, t("matched")) : null),
      route.usesDefault
        ? el("p", null, route.default.length > 0 ? channels(route.default) : t("defaultNone"))
        : el("p.quiet", null, t("defaultUnused"))),
    route.warnings.map(warning => el("p.warning", null, said(warning))));
}

export function channels(names) {
  return names.map((name, i) => [i > 0 && ", ", el("span.channel", null, name === "integration_key" ? t("integration") : visible(name))]);
}

function oneCase(item) {
  return el("li.case." + item.outcome, null,
    el("h3", null, t("case", { index: item.index + 1 }), " ", el("span.verdict", null, t(item.outcome))),
    item.outcome === "notTried" ? el("p.quiet", null, t("notTriedWhy")) : groups(item),
    item.outcome === "matched" && outcome(item));
}

function groups(item) {
  return item.groups.map((group, i) => [
    i > 0 && el("p.or", null, t("or")),
    group.length === 0
      ? el("p.quiet", null, t("always"))
      : el("ul.conditions", null, group.map(condition)),
  ]);
}

function condition(item) {
  const matching = item.values.filter(value => value.matches);
  const others = item.values.filter(value => !value.matches);
  const values = [...matching, ...others].slice(0, shownValues);
  const rest = item.values.length - values.length;
  return el("li." + (item.isSatisfied ? "holds" : "fails"), null,
    el("span.sign", { "aria-hidden": "true" }, item.isSatisfied ? "✓" : "✗"),
    el("span.hidden", null, t(item.isSatisfied ? "holds" : "fails")),
    el("div", null,
      el("p", null, el("code", null, visible(item.key)), ` ${item.oper} `,
        values.map((value, i) => [i > 0 && ", ", el(value.matches ? "code.hit" : "code", null, visible(value.text))]),
        rest > 0 && el("span.quiet", null, ` ${t("values", { count: rest })}`)),
      el("p.quiet", null, item.seen === null ? t("missing") : [`${t("seen")} `, el("code", null, visible(item.seen))])));
}

function outcome(item) {
  const next = el("span.quiet", null, ` · ${t(item.isFallthrough ? "fallthrough" : "stops")}`);
  if (!item.mappedLabel) return el("p", null, "→ ", channels(item.channels), next);
  return el("p", null,
    t("mapped", { label: item.mappedLabel }), " ",
    item.mappedName === null ? t("mappedNone") : [el("span.channel", null, visible(item.mappedName)), item.mappedExists ? "" : ` ${t("mappedMissing")}`],
    next);
}
