// The beginning of a connection: capabilities, login, name (IRCv3 capability-negotiation, sasl-3.2).

import { format } from './irc.mjs';
import { Scram, chunks, decoded, escaped, isAvailable } from './scram.mjs';

const WANTED = [
  'account-notify', 'account-tag', 'away-notify', 'batch', 'cap-notify', 'draft/account-registration', 'draft/channel-rename',
  'draft/chathistory', 'draft/event-playback', 'draft/message-redaction', 'draft/multiline', 'draft/read-marker',
  'echo-message', 'extended-join', 'invite-notify', 'labeled-response', 'message-tags', 'multi-prefix', 'sasl',
  'server-time', 'setname', 'soju.im/search', 'standard-replies',
];

/** Answers the server's refusal of a token (RFC 7628 §3.2.3). */
const CONFIRMED = '\x01';

/**
 * One registration with the server. Ends with `done({ nick, capabilities })` or `refused(key, why)`. `keep(token)` gets
 * `{ token, number }` before that, if one was asked for and made.
 */
export class Registration {
  #connection;
  #nick;
  #account;
  #secret;
  #done;
  #refused;
  #keep;
  #status;
  #offered = new Map();
  #scram;
  #step = 0;
  #gathered = '';

  /**
   * @param name `{ nick, account }`: what the user wants to be called, and the account to log in to
   * @param secret of the account: a `{ token, number }`, or as Scram takes it; undefined: a guest
   * @param keep asks for a token; undefined: none is wanted
   */
  constructor(connection, name, secret, { done, refused, keep }) {
    this.#connection = connection;
    this.#nick = name.nick;
    this.#account = name.account;
    this.#secret = secret;
    this.#done = done;
    this.#refused = refused;
    this.#keep = keep;
  }

  begin() {
    this.#send('CAP', ['LS', '302']);
    this.#send('NICK', [this.#nick]);
    this.#connection.send(format('USER', ['web', '0', '*', this.#nick]));
  }

  /** The secret for the next connection. */
  get secret() {
    return this.#scram?.secret ?? this.#secret;
  }

  /** Handles a line; returns whether it was about the registration. */
  take(line) {
    const { command, params } = line;
    switch (command) {
      case 'CAP':
        this.#capability(params);
        return true;
      case 'AUTHENTICATE':
        this.#authenticate(params[0]).catch(() => this.#refused('passwordChanged'));
        return true;
      case '903':
        if (this.#keep && !this.#secret.token) this.#connection.send(format('DEVICES', ['TOKEN', deviceName()]));
        else this.#send('CAP', ['END']);
        return true;
      case 'NOTE':
      case 'FAIL':
        if (params[0] !== 'DEVICES') return false;
        if (params[1] === 'TOKEN_CREATED') this.#keep(tokenOf(line));
        this.#send('CAP', ['END']);
        return true;
      case '902':
      case '904':
      case '905':
      case '906':
        this.#refused(this.#failure(), params.at(-1));
        return true;
      case '432':
        this.#refused('nameInvalid', params.at(-1));
        return true;
      case '433':
      case '437':
        this.#refused('nameTaken', params.at(-1));
        return true;
      case '001':
        this.#done({ nick: params[0], capabilities: this.#offered });
        return true;
      default:
        return false;
    }
  }

  #send(command, params) {
    this.#connection.send([command, ...params].join(' '));
  }

  #capability(params) {
    const [, verb, ...rest] = params;
    if (verb === 'LS') {
      for (const token of rest.at(-1).split(' ')) {
        const equals = token.indexOf('=');
        if (token) this.#offered.set(equals < 0 ? token : token.slice(0, equals), equals < 0 ? '' : token.slice(equals + 1));
      }
      if (rest[0] !== '*') this.#ask();
    } else if (verb === 'ACK') {
      if (this.#secret) this.#login();
      else this.#send('CAP', ['END']);
    } else if (verb === 'NAK') {
      this.#send('CAP', ['END']);
    }
  }

  #ask() {
    const wanted = WANTED.filter(each => this.#offered.has(each));
    if (wanted.length) this.#connection.send('CAP REQ :' + wanted.join(' '));
    else this.#send('CAP', ['END']);
  }

  /** A token that is not valid is of no use any more; other failures may pass. */
  #failure() {
    if (!this.#secret?.token) return 'loginFailed';
    return this.#status === 'invalid_token' ? 'loggedOut' : 'loginLater';
  }

  #login() {
    if (this.#secret.token) this.#bringToken();
    else if (!isAvailable()) this.#refused('noCryptography');
    else if (!this.#offered.get('sasl')?.includes('SCRAM-SHA-256')) this.#refused('noLogin');
    else {
      this.#scram = new Scram(this.#account, this.#secret);
      this.#send('AUTHENTICATE', ['SCRAM-SHA-256']);
    }
  }

  #bringToken() {
    if (this.#offered.get('sasl')?.includes('OAUTHBEARER')) this.#send('AUTHENTICATE', ['OAUTHBEARER']);
    else this.#refused('loggedOut');
  }

  async #authenticate(data) {
    this.#gathered += data === '+' ? '' : data;
    if (data.length === 400) return;
    const message = decoded(this.#gathered);
    this.#gathered = '';
    this.#step++;
    if (this.#secret.token) this.#bear(message);
    else if (this.#step === 1) this.#answer(this.#scram.first());
    else if (this.#step === 2) this.#answer(await this.#scram.final(message));
    else if (this.#scram.isGenuine(message)) this.#send('AUTHENTICATE', ['+']);
    else this.#refused('notGenuine');
  }

  #bear(message) {
    if (this.#step === 1) {
      this.#answer(`n,a=${escaped(this.#account)},\x01auth=Bearer ${this.#secret.token}\x01\x01`);
    } else {
      this.#status = statusOf(message);
      this.#answer(CONFIRMED);
    }
  }

  #answer(message) {
    chunks(message).forEach(chunk => this.#send('AUTHENTICATE', [chunk]));
  }
}

function statusOf(message) {
  try {
    return JSON.parse(message).status;
  } catch {
    return undefined;
  }
}

/** The token that a line has brought: `{ token, number }`. */
export function tokenOf({ params }) {
  return { number: Number(params[2]), token: params[3] };
}

/** What the user recognizes this device by: the browser and the system, as far as the browser tells. */
export function deviceName({ userAgent = '', userAgentData } = globalThis.navigator ?? {}) {
  const browser =
    ['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari'].find(name => userAgent.includes(name + '/')) ?? 'Browser';
  const system =
    userAgentData?.platform ?? ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find(name => userAgent.includes(name));
  return ({ Edg: 'Edge', OPR: 'Opera' }[browser] ?? browser) + (system ? ` (${system})` : '');
}
