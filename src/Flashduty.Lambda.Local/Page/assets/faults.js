// Faults at a click, and a sample to see what they do.
import { api } from "./api.js";
import { el, replace, visible } from "./dom.js";
import { t } from "./i18n.js";

const faults = ["none", "tooManyRequests", "serverError", "hang", "reset", "keyRefused"];

export async function show(main) {
  replace(main);
  let state = await api.faults();
  const result = el("section.pane.result", { "aria-live": "polite" });
  result.hidden = true;
  const status = el("p.ok", { role: "status" });

  const set = async change => {
    state = await api.setFaults({ ...state, ...change });
    document.dispatchEvent(new Event("faults-changed"));
  };
  const act = async (action, text) => {
    status.textContent = "";
    await action();
    status.textContent = t(text);
  };
  const name = fault => t("fault" + fault[0].toUpperCase() + fault.slice(1));

  replace(main, el("section.form", null,
    el("h1", null, t("faultsTitle")), el("p.quiet", null, t("faultsHelp")),
    state.flashduty === null ? el("p.warning", null, t("real")) : el("fieldset.cards", null,
      el("legend", null, t("flashduty")),
      faults.map(fault => el("label." + fault, null,
        el("input", { type: "radio", name: "fault", value: fault, checked: fault === state.flashduty, onchange: () => set({ flashduty: fault }) }),
        name(fault)))),
    state.flashduty !== null && el("div.controls", null,
      el("label", null, el("input", { type: "checkbox", id: "once", checked: state.once, onchange: event => set({ once: event.target.checked }) }), t("once")),
      el("label", { for: "retry-after" }, t("retryAfter")),
      el("input", { type: "number", id: "retry-after", min: "0", max: "3600", value: String(state.retryAfterSeconds),
        onchange: event => set({ retryAfterSeconds: Number(event.target.value) || 0 }) })),
    state.secretsManagerFails !== null && el("fieldset.cards", null,
      el("legend", null, t("secretsManager")),
      [false, true].map(fails => el("label", null,
        el("input", { type: "radio", name: "secret", checked: fails === state.secretsManagerFails, onchange: () => set({ secretsManagerFails: fails }) }),
        t(fails ? "secretFails" : "secretWorks")))),
    state.secretsManagerFails !== null && el("p.quiet", null, t("secretHelp")),
    el("div.controls", null,
      state.secretsManagerFails !== null && el("button", { type: "button", onclick: () => act(api.rotate, "rotated") }, t("rotate")),
      el("button", { type: "button", onclick: () => act(api.restart, "restarted") }, t("restart")),
      status),
    el("div.controls", null, el("button.primary", { type: "button", id: "try", onclick: tryIt }, t("tryFault"))),
    result));

  async function tryIt() {
    const event = JSON.parse(await api.sample("custom-order-failed"));
    event.id = crypto.randomUUID();
    const sent = await api.send("url", JSON.stringify(event));
    result.hidden = false;
    replace(result,
      el("h2", null, t("answer"), " ", el("code.status", null, String(sent.status))),
      el("p", null, el("span.chip." + sent.outcome, null, t(sent.outcome)), " ", t(sent.reaction)),
      el("pre.answer", { dir: "ltr" }, visible(sent.answer)),
      sent.alerts.map(id => el("p", null, el("a", { href: `#/alerts/${id}` }, t("showAlert")))));
    document.dispatchEvent(new Event("faults-changed"));
    state = await api.faults();
    for (const input of document.querySelectorAll("input[name=fault]")) input.checked = input.value === state.flashduty;
  }
}
