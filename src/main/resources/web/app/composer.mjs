// Where the user writes.

import { emoji, nicks, wordBefore } from './completion.mjs';
import { run } from './commands.mjs';
import { el, name, put } from './dom.mjs';
import { t } from './i18n.mjs';

/** Above this many lines, the user is asked first. */
const MANY_LINES = 5;
const HIGHEST = 240;

/** The field with its draft, completion and reply. */
export class Composer {
  #chat;
  #form;
  #field;
  #hint;
  #choices;
  #replyBar;
  #ask;
  #room;
  #reply;
  #options = [];
  #chosen = 0;
  #isComposing = false;
  #problem;
  #progress;

  /** @param ask asks the user a question: `ask(text) → promise of yes or no` */
  constructor(chat, form, { ask, back }) {
    this.#chat = chat;
    this.#form = form;
    this.#ask = ask;
    this.#field = form.querySelector('textarea');
    this.#hint = form.querySelector('.hint');
    this.#choices = form.querySelector('.choices');
    this.#replyBar = form.querySelector('.reply-bar');
    this.back = back;
    form.addEventListener('submit', event => {
      event.preventDefault();
      this.#send();
    });
    const field = this.#field;
    field.addEventListener('keydown', event => this.#key(event));
    field.addEventListener('input', () => this.#changed());
    field.addEventListener('compositionstart', () => (this.#isComposing = true));
    field.addEventListener('compositionend', () => {
      this.#isComposing = false;
      this.#changed();
    });
    field.addEventListener('blur', () => this.#offer([]));
    field.addEventListener('paste', event => this.#takeFiles(event, event.clipboardData));
    document.addEventListener('dragover', event => hasFiles(event.dataTransfer) && event.preventDefault());
    document.addEventListener('drop', event => this.#takeFiles(event, event.dataTransfer));
  }

  focus() {
    this.#field.focus();
  }

  /** Shows the draft of a room. */
  show(room) {
    const isOther = room !== this.#room;
    this.#room = room;
    if (!room) return;
    if (isOther) {
      this.#problem = undefined;
      this.#field.value = room.draft ?? '';
      this.replyTo(undefined);
      this.#offer([]);
      this.#grow();
    }
    const label = t('composer', { room: room.name });
    put(this.#field, 'placeholder', label);
    put(this.#field, 'ariaLabel', label);
    this.#showHint();
  }

  /** @param item the message to reply to; undefined: none */
  replyTo(item) {
    this.#reply = item;
    this.#replyBar.replaceChildren();
    this.#replyBar.hidden = !item;
    if (!item) return;
    const close = el('button', { type: 'button', 'aria-label': t('cancel'), onclick: () => this.replyTo(undefined) }, '×');
    this.#replyBar.append(el('span', {}, t('replyTo', { nick: '' }), name(item.nick)), close);
    this.focus();
  }

  async #send() {
    const text = this.#field.value.replace(/\s+$/, '');
    const room = this.#room;
    if (!text || !room) return;
    const lines = text.split('\n').length;
    if (lines > MANY_LINES && !this.#chat.outbox.refusal(text) && !(await this.#ask(t('linesAsk', { n: lines })))) {
      this.focus();
      return;
    }
    const problem = run(this.#chat, room, text, this.#reply ? { '+draft/reply': this.#reply.id } : {});
    this.#problem = problem;
    if (!problem) {
      this.#field.value = '';
      this.replyTo(undefined);
      this.#chat.draft(room, '');
    }
    this.#offer([]);
    this.#grow();
    this.#showHint();
    this.focus();
  }

  #key(event) {
    // the Enter that ends a composition belongs to the input method; some browsers only say so by 229
    if (event.isComposing || this.#isComposing || event.keyCode === 229) return;
    if (this.#options.length && this.#choose(event)) {
      event.preventDefault();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Tab' && !event.shiftKey && this.#completeNick()) {
      event.preventDefault();
    } else if (event.key === 'Escape' && this.#reply) {
      this.replyTo(undefined);
    } else if (event.key === 'ArrowUp' && !this.#field.value) {
      event.preventDefault();
      this.back();
    }
  }

  #changed() {
    this.#problem = undefined;
    this.#chat.draft(this.#room, this.#field.value);
    this.#chat.types(this.#room, this.#field.value !== '' && !this.#field.value.startsWith('/'));
    if (!this.#isComposing) this.#offer(emoji(this.#word().word));
    this.#grow();
    this.#showHint();
  }

  #grow() {
    this.#field.style.height = 'auto';
    const borders = this.#field.offsetHeight - this.#field.clientHeight; // which scrollHeight leaves out
    this.#field.style.height = Math.min(this.#field.scrollHeight + borders, HIGHEST) + 'px';
  }

  #showHint() {
    const lines = this.#field.value.split('\n').length;
    const refusal = this.#problem ?? (lines > 1 ? this.#chat.outbox.refusal(this.#field.value) : undefined);
    this.#hint.classList.toggle('problem', Boolean(refusal));
    const isLost = this.#chat.status === 'lost';
    const hint = isLost ? t('offlineHint') : lines > 1 ? t('linesHint', { n: lines }) : '';
    put(this.#hint, 'textContent', this.#progress ?? (refusal ? t(refusal.key, refusal) : hint));
  }

  // Files

  /** Files that are pasted or dropped are uploaded; their addresses come into the field. */
  async #takeFiles(event, data) {
    if (!hasFiles(data)) return;
    event.preventDefault(); // also before anybody has entered, or the browser would leave the page to show the file
    if (!this.#room) return;
    const room = this.#room;
    for (const file of [...data.files]) await this.#upload(file, room);
  }

  async #upload(file, room) {
    const tell = part => {
      this.#progress = t('uploading', { name: file.name, part: Math.floor(part * 100) });
      this.#showHint();
    };
    tell(0);
    try {
      const address = await this.#chat.uploads.send(file, tell);
      this.#progress = undefined;
      this.#add(address, room);
    } catch (problem) {
      this.#progress = undefined;
      this.#problem = problem.key ? problem : { key: 'uploadFailed', name: file.name, why: '' };
      this.#showHint();
    }
  }

  /** Adds an address to what is written to a room, which may not be shown any more. */
  #add(address, room) {
    if (room !== this.#room) {
      this.#chat.draft(room, [room.draft, address].filter(Boolean).join(' '));
      this.#showHint();
      return;
    }
    const at = this.#field.selectionStart;
    const needsSpace = at > 0 && !/\s/.test(this.#field.value[at - 1]);
    this.#field.setRangeText((needsSpace ? ' ' : '') + address + ' ', at, this.#field.selectionEnd, 'end');
    this.#changed();
    this.focus();
  }

  // Completion

  #word() {
    return wordBefore(this.#field.value, this.#field.selectionStart);
  }

  #completeNick() {
    const { word, start } = this.#word();
    const members = [...this.#room.members.values()].map(member => member.nick);
    const options = nicks(word, start === 0, members);
    if (options.length === 1) this.#insert(options[0]);
    else this.#offer(options);
    return options.length > 0;
  }

  #offer(options) {
    this.#options = options;
    this.#chosen = 0;
    this.#choices.hidden = options.length === 0;
    this.#choices.replaceChildren(
      ...options.map((option, i) =>
        el(
          'div',
          {
            role: 'option', id: 'choice-' + i, 'aria-selected': String(i === 0),
            onmousedown: event => {
              event.preventDefault();
              this.#insert(option);
            },
          },
          option.label,
        ),
      ),
    );
    if (options.length) this.#field.setAttribute('aria-activedescendant', 'choice-0');
    else this.#field.removeAttribute('aria-activedescendant');
  }

  /** Handles a key while options are shown; returns whether it did. */
  #choose(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#chosen = (this.#chosen + step + this.#options.length) % this.#options.length;
      [...this.#choices.children].forEach((child, i) => child.setAttribute('aria-selected', String(i === this.#chosen)));
      this.#field.setAttribute('aria-activedescendant', 'choice-' + this.#chosen);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      this.#insert(this.#options[this.#chosen]);
    } else if (event.key === 'Escape') {
      this.#offer([]);
    } else {
      return false;
    }
    return true;
  }

  #insert(option) {
    const { start } = this.#word();
    this.#field.setRangeText(option.text, start, this.#field.selectionStart, 'end');
    this.#offer([]);
    this.#changed();
  }
}

function hasFiles(data) {
  return [...(data?.types ?? [])].includes('Files');
}
