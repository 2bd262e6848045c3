// Tells users of what they do not look at: title, icon, notifications, sound, screen readers.

import { el, put } from './dom.mjs';
import { t } from './i18n.mjs';
import { mentions } from './room.mjs';
import { recall, remember } from './storage.mjs';

const GATHER = 1_000;
const FEW = 3;
const TOAST = 6_000;

/** Whether notifications or the sound are wanted: `notify`, `sound`. */
export function isOn(setting) {
  return recall(setting, false) && (setting !== 'notify' || globalThis.Notification?.permission === 'granted');
}

/** Turns a setting on or off. Only called after a click: browsers want that. */
export async function toggle(setting) {
  const wanted = !isOn(setting);
  if (wanted && setting === 'notify' && (await globalThis.Notification?.requestPermission()) !== 'granted') return;
  remember(setting, wanted);
  if (wanted && setting === 'sound') beep();
}

function beep() {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.1, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.3);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.3);
  tone.onended = () => audio.close();
}

/** Title and icon show what is unread. */
export function showCount(chat) {
  const where = chat.current ? `${chat.current.name} – Teahouse` : 'Teahouse';
  put(document, 'title', chat.unread ? `(${chat.unread}) ${where}` : where);
  const icon = document.querySelector('link[rel=icon]');
  const wanted = chat.unread ? 'icon-unread.svg' : 'icon.svg';
  if (icon.getAttribute('href') !== wanted) icon.href = wanted;
}

/** Notifies of a message that the user would miss. `show` runs when they click. */
export function alert(chat, room, item, show) {
  const isFor = room.isConversation || mentions(item.text, chat.nick);
  const isSeen = !document.hidden && document.hasFocus() && chat.current === room;
  if (!isFor || isSeen) return;
  if (isOn('sound')) beep();
  if (!isOn('notify')) return;
  const title = room.isConversation ? item.nick : t('mentionOf', { nick: item.nick, room: room.name });
  const shown = new Notification(title, { body: item.text.slice(0, 200), tag: room.key });
  shown.onclick = () => {
    window.focus();
    show();
  };
}

/** Reads new messages to screen readers, a few at a time. */
export class Announcer {
  #element;
  #waiting = [];

  constructor(element) {
    this.#element = element;
  }

  add(item) {
    this.#waiting.push(item);
    if (this.#waiting.length === 1) setTimeout(() => this.#speak(), GATHER);
  }

  #speak() {
    const items = this.#waiting;
    this.#waiting = [];
    const lines = items.map(item => `${item.nick}: ${item.text.slice(0, 200)}`);
    const texts = items.length > FEW ? [t('newMessages', { n: items.length })] : lines;
    this.#element.replaceChildren(...texts.map(text => el('p', {}, text)));
  }
}

/** Shows a line for some seconds. */
export function toast(place, text, action) {
  const line = el('div', { className: 'toast' }, el('bdi', {}, text));
  if (action) line.append(el('button', { type: 'button', onclick: action.run }, action.text));
  place.append(line);
  setTimeout(() => line.remove(), action ? 3 * TOAST : TOAST);
}
