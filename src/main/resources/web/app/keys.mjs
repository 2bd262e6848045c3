// Staying logged in: the key of an account, which this browser keeps and nobody can read out.

import { fold } from './irc.mjs';

const DATABASE = 'teahouse';
const STORE = 'keys';

function within(mode, action) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const request = action(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        database.close();
        resolve(request.result);
      };
      transaction.onabort = () => reject(transaction.error);
    };
  });
}

/** Keeps the secret of an account, as Scram returns it. A new password makes it useless. */
export function keep(name, { key, salt, iterations }) {
  return within('readwrite', store => store.put({ key, salt, iterations }, fold(name)));
}

/** The secret that was kept; undefined: there is none. */
export function find(name) {
  return within('readonly', store => store.get(fold(name))).catch(() => undefined);
}

export function forget(name) {
  return within('readwrite', store => store.delete(fold(name))).catch(() => undefined);
}
