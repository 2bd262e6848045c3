// Windows above the page. The browser keeps the focus inside, and Escape closes them.

import { el, name } from './dom.mjs';
import { clockTime, dayName, t } from './i18n.mjs';

/** Opens a window with a title; returns how to close it. `closed` runs afterwards. */
export function open(title, content, closed = () => {}) {
  const close = () => dialog.close();
  const dialog = el(
    'dialog',
    { 'aria-labelledby': 'dialog-title' },
    el(
      'div',
      { className: 'dialog-head' },
      el('h2', { id: 'dialog-title' }, title),
      el('button', { type: 'button', className: 'icon', 'aria-label': t('close'), onclick: close }, '×'),
    ),
    content,
  );
  dialog.addEventListener('click', event => event.target === dialog && close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    closed();
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('input, .dialog-body button')?.focus();
  return close;
}

/** Asks a question; returns a promise of the answer. */
export function ask(question) {
  return new Promise(resolve => {
    let answer = false;
    const choose = value => {
      answer = value;
      close();
    };
    const close = open(
      question,
      el(
        'div',
        { className: 'dialog-body row' },
        el('button', { type: 'button', className: 'primary', onclick: () => choose(true) }, t('yes')),
        el('button', { type: 'button', onclick: () => choose(false) }, t('cancel')),
      ),
      () => resolve(answer),
    );
  });
}

/** A field with its label. */
export function field(label, props) {
  const input = el('input', { autocomplete: 'off', ...props });
  return el('label', { className: 'field' }, el('span', {}, label), input);
}

/**
 * Opens a form. `done(values)` gets what was typed by name; what it returns is shown as a problem, and nothing closes it.
 *
 * @param fields `{ label, name, … }`, the rest are properties of the input
 */
export function form(title, { hint, fields, button }, done) {
  const problem = el('p', { className: 'problem', role: 'alert' });
  const submit = el('button', { className: 'primary' }, button);
  const element = el(
    'form',
    {
      className: 'dialog-body',
      async onsubmit(event) {
        event.preventDefault();
        submit.disabled = true;
        const wrong = await done(Object.fromEntries(new FormData(element)));
        submit.disabled = false;
        problem.textContent = wrong ?? '';
        if (!wrong) close();
      },
    },
    hint && el('p', {}, hint),
    ...fields.map(({ label, ...props }) => field(label, props)),
    problem,
    submit,
  );
  const close = open(title, element);
}

/** Opens a list of actions: `{ text, run }`. */
export function menu(title, actions) {
  const close = open(
    title,
    el(
      'div',
      { className: 'dialog-body menu' },
      ...actions.map(({ text, run }) =>
        el(
          'button',
          {
            type: 'button',
            onclick() {
              close();
              run();
            },
          },
          text,
        ),
      ),
    ),
  );
}

/** Opens a search: a field, and results that `find(text)` brings as elements; a click on one closes the window. */
export function search(title, label, find) {
  const results = el('ul', { className: 'results', 'aria-live': 'polite' });
  const input = field(label, { name: 'text', type: 'search' });
  const element = el(
    'form',
    {
      className: 'dialog-body',
      async onsubmit(event) {
        event.preventDefault();
        results.replaceChildren(el('li', {}, t('loading')));
        const found = await find(input.querySelector('input').value.trim()).catch(() => []);
        results.replaceChildren(...(found.length ? found.map(each => el('li', {}, each)) : [el('li', {}, t('noResults'))]));
      },
    },
    input,
    el('button', { className: 'primary' }, t('searchIn')),
    results,
  );
  const close = open(title, element);
  results.addEventListener('click', event => event.target.closest('button') && close());
  return element;
}

/** A message that was found, as a button. */
export function hit({ name: room, item }, run) {
  return el(
    'button',
    { type: 'button', className: 'hit', onclick: run },
    el('span', { className: 'meta' }, name(room), ' ', name(item.nick), ` ${dayName(item.time)} ${clockTime(item.time)}`),
    el('bdi', {}, item.text.slice(0, 200)),
  );
}
