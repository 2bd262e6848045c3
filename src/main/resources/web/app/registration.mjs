// The beginning of a connection: capabilities, login, name (IRCv3 capability-negotiation, sasl-3.2).

import { format } from './irc.mjs';
import { Scram, chunks, decoded, isAvailable } from './scram.mjs';

const WANTED = [
  'account-notify', 'account-tag', 'away-notify', 'batch', 'cap-notify', 'draft/account-registration', 'draft/channel-rename',
  'draft/chathistory', 'draft/event-playback', 'draft/message-redaction', 'draft/multiline', 'draft/read-marker',
  'echo-message', 'extended-join', 'invite-notify', 'labeled-response', 'message-tags', 'multi-prefix', 'sasl',
  'server-time', 'setname', 'soju.im/search', 'standard-replies',
];

/** One registration with the server. Ends with `done({ capabilities })` or `refused(key, why)`. */
export class Registration {
  #connection;
  #name;
  #secret;
  #done;
  #refused;
  #offered = new Map();
  #scram;
  #step = 0;
  #gathered = '';

  /** @param secret of the account of that name, as Scram takes it; undefined: a guest */
  constructor(connection, name, secret, done, refused) {
    this.#connection = connection;
    this.#name = name;
    this.#secret = secret;
    this.#done = done;
    this.#refused = refused;
  }

  begin() {
    this.#send('CAP', ['LS', '302']);
    this.#send('NICK', [this.#name]);
    this.#connection.send(format('USER', ['web', '0', '*', this.#name]));
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
        this.#send('CAP', ['END']);
        return true;
      case '902':
      case '904':
      case '905':
      case '906':
        this.#refused('loginFailed', params.at(-1));
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

  #login() {
    if (!isAvailable()) this.#refused('noCryptography');
    else if (!this.#offered.get('sasl')?.includes('SCRAM-SHA-256')) this.#refused('noLogin');
    else {
      this.#scram = new Scram(this.#name, this.#secret);
      this.#send('AUTHENTICATE', ['SCRAM-SHA-256']);
    }
  }

  async #authenticate(data) {
    this.#gathered += data === '+' ? '' : data;
    if (data.length === 400) return;
    const message = decoded(this.#gathered);
    this.#gathered = '';
    this.#step++;
    if (this.#step === 1) this.#answer(this.#scram.first());
    else if (this.#step === 2) this.#answer(await this.#scram.final(message));
    else if (this.#scram.isGenuine(message)) this.#send('AUTHENTICATE', ['+']);
    else this.#refused('notGenuine');
  }

  #answer(message) {
    chunks(message).forEach(chunk => this.#send('AUTHENTICATE', [chunk]));
  }
}
