// The text of a message as nodes: links, code, mentions. Nothing of it is ever read as markup.

import { el } from './dom.mjs';
import { mentions } from './room.mjs';

const BLOCK = /```(?:[\w+-]*\n)?([\s\S]+?)```/g;
const INLINE = /`([^`\n]+)`|\bhttps?:\/\/[^\s<>"`\u0000-\u0020\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi;
const TRAILING = /[.,;:!?'*_~]+$/;

/** Splits a text into parts: `{ kind: text | code | block | link, text }`. Pure. */
export function parts(text) {
  const all = [];
  let from = 0;
  for (const match of text.matchAll(BLOCK)) {
    inline(text.slice(from, match.index), all);
    all.push({ kind: 'block', text: match[1].replace(/\n$/, '') });
    from = match.index + match[0].length;
  }
  inline(text.slice(from), all);
  return all;
}

function inline(text, all) {
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const link = match[1] === undefined ? linkOf(match[0]) : undefined;
    if (match[1] === undefined && !link) continue;
    if (match.index > from) all.push({ kind: 'text', text: text.slice(from, match.index) });
    all.push(link ? { kind: 'link', text: link } : { kind: 'code', text: match[1] });
    from = match.index + (link ? link.length : match[0].length);
  }
  if (from < text.length) all.push({ kind: 'text', text: text.slice(from) });
}

/** An address without the punctuation that follows it; undefined if it is none. */
function linkOf(found) {
  let link = found.replace(TRAILING, '');
  while (link.endsWith(')') && count(link, ')') > count(link, '(')) link = link.slice(0, -1).replace(TRAILING, '');
  try {
    const url = new URL(link);
    return url.protocol === 'http:' || url.protocol === 'https:' ? link : undefined;
  } catch {
    return undefined;
  }
}

function count(text, character) {
  return text.split(character).length - 1;
}

/**
 * The addresses of images in a text, which may be shown if the user asks for them: files by https, as the page's policy allows
 * nothing else, or of this server. Pure.
 */
export function images(text, here) {
  const found = parts(text).filter(part => part.kind === 'link' && isImage(new URL(part.text), here));
  return [...new Set(found.map(part => part.text))];
}

function isImage(url, here) {
  return (url.protocol === 'https:' || url.origin === here) && /\.(avif|gif|jpe?g|png|webp)$/i.test(url.pathname);
}

/** The nodes of a text. Words that contain the user's nick are marked. */
export function nodes(text, me) {
  return parts(text).flatMap(part => {
    if (part.kind === 'block') return [el('pre', {}, el('code', {}, part.text))];
    if (part.kind === 'code') return [el('code', {}, part.text)];
    if (part.kind === 'link') {
      const link = el('a', { href: part.text, target: '_blank', rel: 'noopener noreferrer nofollow' }, part.text);
      return [link];
    }
    return marked(part.text, me);
  });
}

function marked(text, me) {
  if (!mentions(text, me)) return [text];
  const lower = text.toLowerCase();
  const found = [];
  let from = 0;
  for (let at = lower.indexOf(me.toLowerCase()); at >= 0; at = lower.indexOf(me.toLowerCase(), from)) {
    found.push(text.slice(from, at), el('mark', {}, text.slice(at, at + me.length)));
    from = at + me.length;
  }
  return [...found.filter(part => part !== ''), text.slice(from)];
}
