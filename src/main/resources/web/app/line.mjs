// The element of one item of a room's log.

import { el, name } from './dom.mjs';
import { clockTime, dayName, dayOf, exactTime, listOf, t } from './i18n.mjs';
import { fold } from './irc.mjs';
import { isSaid, mentions } from './room.mjs';
import { images, nodes } from './text.mjs';

const SAME_GROUP = 5 * 60_000;
const LONG_LINES = 14;
const LONG_TEXT = 1_500;
const HUES = 12;
const MOST_IMAGES = 4;

/** What stands above an item, and whether it continues the one before it. */
export function frame(room, item, before) {
  return {
    day: !before || dayOf(before.time) !== dayOf(item.time),
    fresh: isFirstNew(room, item, before),
    gap: item.gap,
    grouped: Boolean(
      before && !item.gap && isSaid(item) && before.kind === item.kind && item.kind !== 'action' && !item.reply
        && fold(before.nick) === fold(item.nick) && item.time - before.time < SAME_GROUP
        && dayOf(before.time) === dayOf(item.time) && !isFirstNew(room, item, before),
    ),
  };
}

function isFirstNew(room, item, before) {
  const { newFrom } = room;
  return newFrom !== undefined && isSaid(item) && !item.own && item.time > newFrom && !(before && before.time > newFrom);
}

/** @param actions fill, react, jump, repeat, discard */
export function render(room, item, { day, fresh, gap, grouped }, me, actions) {
  const wrapper = el('div', { className: 'item' });
  if (day) wrapper.append(el('div', { className: 'day' }, el('span', {}, dayName(item.time))));
  if (gap === 'lost') wrapper.append(el('p', { className: 'gap' }, t('gapLost')));
  if (gap === 'open') {
    const load = el('button', { type: 'button', className: 'gap', onclick: () => actions.fill(item) }, t('gap'));
    wrapper.append(load);
  }
  if (fresh) wrapper.append(el('div', { className: 'new-line' }, el('span', {}, t('newLine'))));
  wrapper.append(isSaid(item) ? message(room, item, grouped, me, actions) : event(item));
  return wrapper;
}

function message(room, item, grouped, me, actions) {
  const article = el('article', { className: 'message ' + item.kind, tabIndex: -1 });
  article.classList.toggle('grouped', grouped);
  article.classList.toggle('own', Boolean(item.own));
  article.classList.toggle('mention', !item.own && !item.redacted && mentions(item.text, me));
  const time = el('time', { dateTime: new Date(item.time).toISOString(), title: exactTime(item.time) }, clockTime(item.time));
  const author = name(item.nick);
  author.classList.add('hue-' + hue(item.nick));
  article.append(el('div', { className: 'meta' }, author, time));
  if (item.kind === 'notice') article.querySelector('.meta').append(el('span', { className: 'tag' }, t('notice')));
  if (item.reply) article.append(quote(room, item, actions));
  article.append(item.redacted ? deleted(item) : body(item, me));
  if (!item.redacted) article.append(...images(item.text, location.origin).slice(0, MOST_IMAGES).map(link => picture(item, link)));
  if (item.reactions?.size) article.append(reactions(item, me, actions));
  if (item.state) article.append(state(item, actions));
  return article;
}

/** The colour of a name: the same on each device. */
function hue(nick) {
  let hash = 0;
  for (const c of fold(nick)) hash = (hash * 31 + c.codePointAt(0)) % 65_521;
  return hash % HUES;
}

function body(item, me) {
  const text = el('div', { className: 'text', dir: 'auto' });
  if (item.kind === 'action') text.append(name(item.nick), ' ');
  text.append(...nodes(item.text, me));
  const isLong = item.text.length > LONG_TEXT || item.text.split('\n').length > LONG_LINES;
  if (!isLong) return text;
  text.classList.add('folded');
  const toggle = el('button', { type: 'button', className: 'fold', 'aria-expanded': 'false' }, t('more'));
  toggle.addEventListener('click', () => {
    const isFolded = text.classList.toggle('folded');
    toggle.textContent = t(isFolded ? 'more' : 'less');
    toggle.setAttribute('aria-expanded', String(!isFolded));
  });
  return el('div', {}, text, toggle);
}

/** A button that becomes an image. Nothing is loaded before: the server of an image learns who looks at it. */
function picture(item, link) {
  const place = el('div', { className: 'picture' });
  const show = () => {
    (item.shown ??= new Set()).add(link);
    const image = el('img', { alt: link, decoding: 'async', onerror: () => place.replaceChildren(t('imageFailed')) });
    image.referrerPolicy = 'no-referrer';
    image.src = link;
    place.replaceChildren(image);
  };
  if (item.shown?.has(link)) show();
  else place.append(el('button', { type: 'button', onclick: show }, t('showImage')));
  return place;
}

function deleted(item) {
  const { by } = item.redacted;
  const isByAuthor = !by || fold(by) === fold(item.nick);
  return el('div', { className: 'text deleted' }, isByAuthor ? t('deleted') : t('deletedBy', { nick: by }));
}

function quote(room, item, actions) {
  const original = room.log.get(item.reply);
  const text = original && !original.redacted ? original.text.split('\n')[0].slice(0, 120) : t('replyUnknown');
  const button = el('button', { type: 'button', className: 'quote', onclick: () => actions.jump(item.reply) });
  if (original) button.append(name(original.nick), ' ');
  button.append(el('bdi', {}, text));
  return button;
}

function reactions(item, me, actions) {
  const row = el('div', { className: 'reactions' });
  for (const [emoji, who] of item.reactions) {
    const isMine = who.has(fold(me));
    const label = `${emoji} ${listOf([...who.values()])}`;
    row.append(el(
      'button',
      {
        type: 'button', title: label, 'aria-label': label, 'aria-pressed': String(isMine),
        onclick: () => actions.react(item, emoji),
      },
      el('bdi', {}, emoji.slice(0, 16)), ' ' + who.size,
    ));
  }
  return row;
}

/** Pending, or failed with what can be done. */
function state(item, actions) {
  if (item.state === 'pending') return el('div', { className: 'state' }, t('pending'));
  const key = { noReceipt: 'failedNoReceipt', old: 'failedOld', refused: 'failedRefused' }[item.reason];
  return el(
    'div',
    { className: 'state failed' },
    el('span', {}, t(key, { why: item.why })),
    el('button', { type: 'button', onclick: () => actions.repeat(item.entry) }, t('again')),
    el('button', { type: 'button', onclick: () => actions.discard(item.entry) }, t('discard')),
  );
}

// Events

function event(item) {
  const line = el('div', { className: 'event ' + item.kind });
  if (item.kind === 'topic') line.append(sentence('topicChanged', { nick: item.nick, text: item.text }));
  else if (item.kind === 'moves') line.append(...moves(item.moves));
  else line.append(el('bdi', {}, item.text));
  return line;
}

/** Joins and parts that follow one another, as few sentences. */
function moves(all) {
  const came = new Map();
  const gone = new Map();
  const others = [];
  for (const move of all) {
    const key = fold(move.nick);
    if (move.how === 'joined') {
      if (!gone.delete(key)) came.set(key, move.nick);
    } else if (move.how === 'left') {
      if (!came.delete(key)) gone.set(key, move.nick);
    } else if (move.how === 'kicked') {
      came.delete(key);
      others.push(sentence('kicked', { nick: move.nick, by: move.by, why: move.why ? ': ' + move.why : '' }));
    } else {
      others.push(sentence(move.how === 'renamed' ? 'nowCalled' : 'modes', { nick: move.nick, to: move.to }));
    }
  }
  const lines = [];
  if (came.size) lines.push(sentence('joined', { names: listOf([...came.values()].map(isolated)) }));
  if (gone.size) lines.push(sentence('left', { names: listOf([...gone.values()].map(isolated)) }));
  return [...lines, ...others];
}

function sentence(key, values) {
  const safe = Object.fromEntries(Object.entries(values).map(([k, v]) => [k, k === 'names' ? v : isolated(v)]));
  return el('span', { className: 'sentence' }, t(key, safe));
}

/** A text in the middle of a sentence, which keeps its direction to itself (UAX 9, FSI and PDI). */
function isolated(text) {
  return `\u2068${text}\u2069`;
}
