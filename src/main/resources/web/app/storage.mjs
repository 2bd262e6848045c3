// What this browser keeps: name, rooms, drafts, pending messages, settings. Works without storage, too.

const PREFIX = 'teahouse.';

function area(name) {
  try {
    return globalThis[name];
  } catch {
    return undefined; // switched off by the user
  }
}

function load(from, key, otherwise) {
  try {
    return JSON.parse(from?.getItem(PREFIX + key) ?? 'null') ?? otherwise;
  } catch {
    return otherwise;
  }
}

function save(to, key, value) {
  try {
    if (value === undefined || value === null) to?.removeItem(PREFIX + key);
    else to?.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // full, or switched off
  }
}

export function recall(key, otherwise) {
  return load(area('localStorage'), key, otherwise);
}

export function remember(key, value) {
  save(area('localStorage'), key, value);
}

/** The same for this tab only. */
export function recallHere(key, otherwise) {
  return load(area('sessionStorage'), key, otherwise);
}

export function rememberHere(key, value) {
  save(area('sessionStorage'), key, value);
}
