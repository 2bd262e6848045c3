// Small helpers for elements. Texts become text nodes, never markup.

/** An element. `props`: properties, `on…` listeners, and attributes that contain a dash. */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key.includes('-') || key === 'role') element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children.filter(child => child !== undefined && child !== ''));
  return element;
}

/** Sets a text or a label unless it is there already: setting it again would have the browser lay out the page again. */
export function put(element, name, value) {
  if (element[name] !== value) element[name] = value;
}

/** A name, which cannot change the direction of what surrounds it. */
export function name(text, className = 'nick') {
  return el('bdi', { className }, text);
}

/** Runs a function soon, once however often it is asked for; also while the page is hidden. */
export function soon(action) {
  let isDue = false;
  const run = () => {
    if (!isDue) return;
    isDue = false;
    action();
  };
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(run);
    setTimeout(run, 100); // hidden pages have no frames
  };
}
