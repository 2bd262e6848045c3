// Staying logged in: the token of an account, which this browser keeps instead of the password.

import { fold } from './irc.mjs';
import { recall, remember } from './storage.mjs';

const key = name => 'token.' + fold(name);

/** Keeps the token of an account, `{ token, number }`; null: forgets it. */
export function keep(name, token) {
  remember(key(name), token);
}

/** The token that was kept; undefined: there is none. */
export function kept(name) {
  return recall(key(name), undefined);
}

/** Removes what earlier versions of the page have kept. */
export function forgetOldKeys() {
  globalThis.indexedDB?.deleteDatabase('teahouse');
}
