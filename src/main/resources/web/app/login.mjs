// The form in front of the chat.

import { field } from './dialogs.mjs';
import { el } from './dom.mjs';
import { t } from './i18n.mjs';
import { kept } from './tokens.mjs';
import { recall } from './storage.mjs';

/** Shows the form in `place`; `enter(name, secret, isToBeKept)` runs when it is sent. */
export class Login {
  #place;
  #form;
  #problem;
  #button;
  #name;
  #password;

  constructor(place, enter) {
    this.#place = place;
    const name = field(t('name'), { name: 'nick', required: true, maxLength: 64, autocomplete: 'username', value: recall('name', '') });
    const password = field(t('password'), { name: 'password', type: 'password', autocomplete: 'current-password' });
    const keep = el('input', { type: 'checkbox', name: 'keep' });
    this.#name = name.querySelector('input');
    this.#password = password.querySelector('input');
    this.#problem = el('p', { className: 'problem', role: 'alert' });
    this.#button = el('button', { className: 'primary' }, t('enter'));
    this.#form = el(
      'form',
      {
        className: 'login',
        onsubmit(event) {
          event.preventDefault();
          const nick = name.querySelector('input').value.trim().replace(/\s+/g, '_');
          const typed = password.querySelector('input').value;
          const secret = typed ? { password: typed } : kept(nick);
          if (nick) enter(nick, secret, typed ? keep.checked : Boolean(secret));
        },
      },
      el('h1', {}, 'Teahouse'),
      el('p', {}, t('slogan')),
      name,
      el(
        'details',
        {},
        el('summary', {}, t('login')),
        password,
        el('label', { className: 'check' }, keep, el('span', {}, t('keepLogin'))),
      ),
      this.#problem,
      this.#button,
    );
    place.append(this.#form);
  }

  /** Draws the form, or hides it. */
  draw(chat) {
    const isShown = chat.status === 'out' || chat.status === 'connecting';
    const wasHidden = this.#place.hidden;
    this.#place.hidden = !isShown;
    if (!isShown) return;
    this.#button.disabled = chat.status === 'connecting';
    this.#button.textContent = t(chat.status === 'connecting' ? 'connecting' : 'enter');
    const { problem } = chat;
    this.#problem.textContent = problem ? t(problem.key, { why: problem.why }) : '';
    if (problem?.key === 'nameTaken' || problem?.key === 'loginFailed' || problem?.key === 'passwordChanged' || problem?.key === 'loggedOut') {
      this.#form.querySelector('details').open = true;
    }
    if (wasHidden) {
      this.#password.value = '';
      this.#name.focus();
    }
  }
}
