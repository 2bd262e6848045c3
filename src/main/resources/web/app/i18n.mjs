// Texts in the user's language.

import en from './words/en.mjs';
import zh from './words/zh.mjs';

const ALL = { en, zh };

/** The language of the page: the first of the browser's that there is. */
export const language = choose(globalThis.navigator?.languages ?? []);

export function choose(wanted) {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0];
    if (ALL[base]) return base;
  }
  return 'en';
}

const plurals = new Intl.PluralRules(language);
const locale = globalThis.navigator?.languages?.find(tag => tag.toLowerCase().startsWith(language)) ?? language;

/** A text with its values; a number `n` chooses between its forms. */
export function t(key, values = {}) {
  const entry = ALL[language][key] ?? en[key] ?? key;
  const form = typeof entry === 'string' ? entry : (entry[plurals.select(values.n)] ?? entry.other);
  return form.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });
const date = new Intl.DateTimeFormat(locale, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
const list = new Intl.ListFormat(locale, { type: 'conjunction' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const DAY = 24 * 3_600_000;

export const clockTime = time => clock.format(time);
export const exactTime = time => exact.format(time);
export const listOf = names => list.format(names);

/** The local day of a time, as a number that grows by one each day. */
export function dayOf(time) {
  const when = new Date(time);
  return Math.round(Date.UTC(when.getFullYear(), when.getMonth(), when.getDate()) / DAY);
}

/** Today, yesterday, or the date. */
export function dayName(time, now = Date.now()) {
  const days = dayOf(time) - dayOf(now);
  return days === 0 || days === -1 ? relative.format(days, 'day') : date.format(time);
}
