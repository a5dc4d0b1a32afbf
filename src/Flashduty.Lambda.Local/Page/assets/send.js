// Send a sample, or an event of one's own, in each of the three shapes.
import { api } from "./api.js";
import { el, replace, visible } from "./dom.js";
import { t } from "./i18n.js";

let draft = null;
let shape = "url";

export async function show(main, argument) {
  const body = el("textarea.code", { id: "body", spellcheck: false, rows: 24, value: draft ?? "", dir: "ltr", "aria-label": t("body"),
    oninput: () => { draft = body.value; sample.value = ""; },
    onkeydown: event => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(); } });
  const sample = el("select", { id: "sample", onchange: () => load(sample.value) }, el("option", { value: "" }, t("sampleNone")));
  const shapes = el("fieldset.choice", null, el("legend", null, t("shape")), ["url", "rule", "queue"].map(name => el("label", null,
    el("input", { type: "radio", name: "shape", value: name, checked: name === shape, onchange: () => { shape = name; } }),
    t({ url: "shapeUrl", rule: "shapeRule", queue: "shapeQueue" }[name]))));
  const answer = el("section.pane.result", { "aria-live": "polite", "aria-labelledby": "answer" });
  replace(main, el("section.form", null,
    el("h1", null, t("sendTitle")), el("p.quiet", null, t("sendHelp")),
    el("div.controls", null, el("label", { for: "sample" }, t("sample")), sample, shapes,
      el("button.primary", { type: "button", id: "send", onclick: () => send() }, t("sendNow")), el("span.quiet", null, t("hint"))),
    body, answer));
  answer.hidden = true;

  for (const name of await api.samples()) sample.append(el("option", { value: name }, name));
  if (argument?.startsWith("alert:")) {
    body.value = draft = format((await api.alert(argument.slice(6))).event);
  } else if (argument) {
    sample.value = decodeURIComponent(argument);
    await load(sample.value);
  } else if (!draft) {
    sample.value = "guardduty-finding";
    await load(sample.value);
  }

  async function load(name) {
    if (name) body.value = draft = format(await api.sample(name));
  }

  async function send() {
    answer.hidden = false;
    try {
      const result = await api.send(shape, body.value);
      replace(answer,
        el("h2", { id: "answer" }, t("answer"), " ", result.status !== null && el("code.status", null, String(result.status))),
        el("p", null, el("span.chip." + result.outcome, null, t(result.outcome)), " ", t(result.reaction)),
        el("pre.answer", { dir: "ltr" }, visible(result.answer)),
        result.alerts.map(id => el("p", null, el("a", { href: `#/alerts/${id}` }, t("showAlert")))));
    } catch (error) {
      replace(answer, el("h2", { id: "answer" }, t("answer")), el("p.warning", null, visible(error.message)));
    }
    answer.scrollIntoView({ block: "nearest" });
  }
}

function format(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
