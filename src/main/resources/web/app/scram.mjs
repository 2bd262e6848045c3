// SCRAM-SHA-256 (RFC 5802, RFC 7677): the password never leaves the browser.

const text = new TextEncoder();

/** Whether this page may use the browser's cryptography: only pages by https, or from this machine, may. */
export function isAvailable() {
  return Boolean(globalThis.crypto?.subtle);
}

function base64(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

function fromBase64(value) {
  return Uint8Array.from(atob(value), c => c.charCodeAt(0));
}

async function hmacKey(bytes) {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

async function hmac(key, message) {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode(message)));
}

/** The salted password as a key that nobody can read, not even this page. */
async function saltedKey(password, salt, iterations) {
  const secret = await crypto.subtle.importKey('raw', text.encode(password.normalize('NFKC')), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, secret, 256);
  return hmacKey(bits);
}

/** A name in a message of SASL (RFC 5801 §4). */
export function escaped(name) {
  return name.normalize('NFKC').replace(/=/g, '=3D').replace(/,/g, '=2C');
}

/** One login. `secret` is `{ password }`, or `{ key, salt, iterations }` from an earlier one. */
export class Scram {
  #name;
  #secret;
  #nonce;
  #firstBare;
  #serverSignature = '';

  constructor(name, secret, nonce = base64(crypto.getRandomValues(new Uint8Array(18)))) {
    this.#name = escaped(name);
    this.#secret = secret;
    this.#nonce = nonce;
    this.#firstBare = `n=${this.#name},r=${nonce}`;
  }

  first() {
    return 'n,,' + this.#firstBare;
  }

  /** The answer to the server's first message. Throws if that message is not one. */
  async final(serverFirst) {
    const fields = Object.fromEntries(serverFirst.split(',').map(field => [field[0], field.slice(2)]));
    const iterations = Number(fields.i);
    if (!fields.r?.startsWith(this.#nonce) || !(iterations >= 4096)) throw new Error('not a challenge');
    const known = this.#secret.key && this.#secret.salt === fields.s && this.#secret.iterations === iterations;
    if (!known && this.#secret.password === undefined) throw new Error('the password has changed');
    const key = known ? this.#secret.key : await saltedKey(this.#secret.password, fromBase64(fields.s), iterations);
    this.#secret = { key, salt: fields.s, iterations };
    const clientKey = await hmac(key, 'Client Key');
    const storedKey = await crypto.subtle.digest('SHA-256', clientKey);
    const withoutProof = `c=biws,r=${fields.r}`;
    const authMessage = `${this.#firstBare},${serverFirst},${withoutProof}`;
    const signature = await hmac(await hmacKey(storedKey), authMessage);
    const proof = clientKey.map((byte, i) => byte ^ signature[i]);
    const serverKey = await hmac(key, 'Server Key');
    this.#serverSignature = base64(await hmac(await hmacKey(serverKey), authMessage));
    return `${withoutProof},p=${base64(proof)}`;
  }

  /** Whether the server's last message proves that it knows the password, too. */
  isGenuine(serverFinal) {
    return serverFinal.split(',').includes('v=' + this.#serverSignature);
  }

  /** What a later login needs instead of the password. */
  get secret() {
    return this.#secret;
  }
}

/** The messages of a login as parameters of AUTHENTICATE (IRCv3 sasl-3.1): at most 400 characters each. */
export function chunks(message) {
  const encoded = base64(text.encode(message));
  const all = encoded.match(/.{1,400}/g) ?? [];
  return all.length === 0 || all.at(-1).length === 400 ? [...all, '+'] : all;
}

export function decoded(data) {
  return new TextDecoder().decode(fromBase64(data));
}
