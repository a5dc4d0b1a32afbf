import { en } from "./lang-en.js";
import { zh } from "./lang-zh.js";

const languages = { en, zh };
let current = "en";

export function language() {
  return current;
}

export function initialLanguage() {
  const stored = localStorage.getItem("language");
  return stored in languages ? stored : navigator.languages.some(tag => tag.toLowerCase().startsWith("zh")) && !isEnglishFirst() ? "zh" : "en";
}

const isEnglishFirst = () => navigator.languages.findIndex(tag => tag.startsWith("en")) === 0;

export function setLanguage(name) {
  current = name;
  document.documentElement.lang = name === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
}

/** A text in the page's language; {name} is replaced by a value. */
export function t(key, values = {}) {
  const text = languages[current][key] ?? en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export const locale = () => (current === "zh" ? "zh-CN" : "en");

export const time = value => new Date(value).toLocaleTimeString(locale(), { hour12: false });

export const milliseconds = value => `${value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString(locale())} ms`;
