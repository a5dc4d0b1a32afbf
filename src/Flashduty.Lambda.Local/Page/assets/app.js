// Starts the page: language, colors, the live connection, and the section that the address names.
import { api, stream } from "./api.js";
import { announce, el, replace, visible } from "./dom.js";
import { initialLanguage, language, setLanguage, t } from "./i18n.js";
import * as alerts from "./alerts.js";
import * as faults from "./faults.js";
import * as send from "./send.js";
import * as rules from "./rules.js";

const sections = {
  alerts: { show: alerts.show, name: "alerts" },
  send: { show: send.show, name: "send" },
  routes: { show: root => rules.show(root, "routes"), name: "routes" },
  titles: { show: root => rules.show(root, "titles"), name: "titles" },
  faults: { show: faults.show, name: "faults" },
};

const main = document.getElementById("main");
let shown = "";

function route() {
  const [, name = "alerts", argument] = location.hash.split("/");
  const key = name in sections ? name : "alerts";
  tabs(key);
  document.title = `${t(sections[key].name)} · Flashduty for EventBridge`;
  if (key === "alerts" && shown === "alerts") {
    alerts.select(argument);
  } else {
    main.className = key;
    shown = key;
    sections[key].show(main, argument);
  }
}

function tabs(current) {
  const nav = document.getElementById("tabs");
  nav.setAttribute("aria-label", t("sections"));
  replace(nav, Object.entries(sections).map(([key, section]) =>
    el("a", { href: `#/${key}`, "aria-current": key === current ? "page" : undefined }, t(section.name))));
}

function theme() {
  const select = document.getElementById("theme");
  const value = localStorage.getItem("theme") ?? "auto";
  replace(select, ["auto", "light", "dark"].map(name => el("option", { value: name }, t("theme" + name[0].toUpperCase() + name.slice(1)))));
  select.value = value;
  document.documentElement.dataset.theme = value;
}

function live(isLive) {
  const element = document.getElementById("live");
  element.className = isLive ? "live on" : "live";
  element.textContent = t(isLive ? "live" : "lost");
}

export async function showFault() {
  const state = await api.faults();
  const pill = document.getElementById("fault");
  const name = state.flashduty ?? "none";
  pill.hidden = name === "none";
  pill.textContent = t("active", { fault: t("fault" + name[0].toUpperCase() + name.slice(1)) });
}

document.getElementById("language").addEventListener("change", event => {
  localStorage.setItem("language", event.target.value);
  setLanguage(event.target.value);
  theme();
  shown = "";
  route();
  showFault();
});
document.getElementById("theme").addEventListener("change", event => {
  localStorage.setItem("theme", event.target.value);
  theme();
});
document.addEventListener("keydown", event => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
    document.getElementById("search")?.focus();
    event.preventDefault();
  }
});
document.addEventListener("faults-changed", showFault);
window.addEventListener("hashchange", route);

setLanguage(initialLanguage());
document.getElementById("language").value = language();
theme();
live(false);
stream(
  summary => {
    if (alerts.changed(summary)) announce(t("newAlert", { title: visible(summary.title) }));
    showFault();
  },
  alerts.cleared,
  isLive => {
    live(isLive);
    if (isLive) alerts.reload();
  });
route();
showFault();
