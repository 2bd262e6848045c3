// Icons as paths, because not every system has a font for them.

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Drawn as lines in a square of 24. */
export const PATHS = {
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  people: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 20c0-4 3-6 6-6s6 2 6 6M16 5a3 3 0 0 1 0 6M18 14c2 1 3 3 3 6',
  react: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M9 10h.01M15 10h.01M8 14c2 3 6 3 8 0',
  remove: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13',
  reply: 'M9 6l-6 6 6 6M3 12h11c4 0 7 3 7 7',
  rooms: 'M4 6h16M4 12h16M4 18h16',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5',
  send: 'M4 4l17 8-17 8 3-8zM7 12h14',
  settings: 'M4 7h9M17 7h3M15 4v6M4 17h3M11 17h9M9 14v6',
  unread: 'M12 20V6M6 12l6-6 6 6M5 3h14',
};

/** An icon as an element. Whatever holds it needs a label. */
export function icon(name) {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'glyph');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(NAMESPACE, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
