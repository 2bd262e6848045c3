// What the buttons around the messages do.

import { isOn, toast, toggle } from './alerts.mjs';
import { enter } from './commands.mjs';
import { REACTIONS } from './completion.mjs';
import { ask, form, hit, menu, open, search } from './dialogs.mjs';
import { el } from './dom.mjs';
import { t } from './i18n.mjs';
import { icon } from './icons.mjs';
import { asText } from './list.mjs';
import { recall, remember } from './storage.mjs';

const THEMES = ['auto', 'light', 'dark'];

/** Applies the theme that was chosen: auto, light, or dark. */
export function applyTheme() {
  document.documentElement.dataset.theme = recall('theme', 'auto');
}

/** The actions of one page. `page` is `{ chat, list, composer, frame, toasts }`; list and composer are set later. */
export function actionsOf(page) {
  const { chat, frame, toasts } = page;
  const say = text => toast(toasts, text);
  const isOperator = () => chat.current?.member(chat.nick)?.ranks.includes('@');

  const show = key => {
    frame.classList.remove('shows-rooms');
    chat.show(key);
    if (matchMedia('(hover: hover)').matches) page.composer.focus();
  };

  function converse(nick) {
    frame.classList.remove('shows-members');
    show(chat.open(nick).key);
  }

  const actions = {
    show,
    rejoin: room => enter(chat, room.name),
    toUnread: () => page.list.toFirstUnread(),
    toggleRooms: () => frame.classList.toggle('shows-rooms'),
    toggleMembers: () => {
      const isNarrow = matchMedia('(max-width: 900px)').matches;
      frame.classList.toggle(isNarrow ? 'shows-members' : 'hides-members');
    },

    add() {
      const fields = [{ label: t('roomName'), name: 'name', required: true, maxLength: 50 }];
      form(t('add'), { hint: t('addHint'), fields, button: t('join') }, async ({ name }) => {
        await enter(chat, name.trim().replace(/[\s,]+/g, '-'));
        frame.classList.remove('shows-rooms');
      });
    },

    find() {
      const element = search(t('find'), t('roomName'), async text => {
        const reply = await chat.connection.request('LIST', ['*' + text.replace(/[\s,]/g, '?') + '*']);
        const lines = (reply.items ?? []).filter(line => line.command === '322');
        return lines.map(({ params: [, name, count, topic] }) => {
          const about = el('span', { className: 'meta' }, t('membersCount', { n: Number(count) }), ' ', el('bdi', {}, topic));
          return el('button', { type: 'button', className: 'hit', onclick: () => enter(chat, name) }, el('bdi', {}, name), about);
        });
      });
      element.requestSubmit();
    },

    topic() {
      const room = chat.current;
      const fields = [{ label: t('topic'), name: 'text', value: room.topic }];
      form(t('editTopic'), { fields, button: t('editTopic') }, async ({ text }) => {
        await chat.ask('TOPIC', room.name, text);
      });
    },

    search() {
      search(t('search'), t('search'), async text => {
        const found = await chat.history.search(text);
        return found.map(each =>
          hit(each, () => {
            show(chat.open(each.name).key);
            page.draw();
            page.list.jump({ id: each.item.id });
          }),
        );
      });
    },

    roomMenu() {
      const room = chat.current;
      menu(room.name, [
        { text: t('date'), run: () => toDate() },
        ...(room.isConversation ? [] : [{ text: t('invite'), run: () => invite(room) }]),
        { text: t(room.isConversation ? 'closeConversation' : 'part'), run: () => chat.part(room) },
      ]);
    },

    member(member) {
      const room = chat.current;
      const { nick } = member;
      const mode = letters => () => chat.ask('MODE', room.name, letters, nick);
      const mask = member.account ? 'a:' + member.account : nick + '!*@*';
      const forOperators = [
        { text: t('kick'), run: () => chat.ask('KICK', room.name, nick) },
        {
          text: t('ban'),
          run: () => chat.ask('MODE', room.name, '+b', mask).then(reply => reply && chat.ask('KICK', room.name, nick)),
        },
        { text: t(member.ranks.includes('@') ? 'deop' : 'op'), run: mode(member.ranks.includes('@') ? '-o' : '+o') },
        { text: t(member.ranks.includes('+') ? 'devoice' : 'voice'), run: mode(member.ranks.includes('+') ? '-v' : '+v') },
      ];
      menu(nick, [
        { text: t('message', { nick }), run: () => converse(nick) },
        ...(isOperator() ? forOperators : []),
      ]);
    },

    settings() {
      const theme = recall('theme', 'auto');
      const name = theme[0].toUpperCase() + theme.slice(1);
      menu(t('settings'), [
        {
          text: t('theme' + name),
          run() {
            remember('theme', THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
            applyTheme();
            actions.settings();
          },
        },
        { text: t(isOn('notify') ? 'notificationsOff' : 'notificationsOn'), run: () => toggle('notify') },
        { text: t(isOn('sound') ? 'soundOff' : 'soundOn'), run: () => toggle('sound') },
        ...(chat.account ? [{ text: t('changePassword'), run: changePassword }] : []),
        ...(!chat.account && chat.capabilities.has('draft/account-registration') ? [{ text: t('register'), run: register }] : []),
        { text: t('devices'), run: devices },
        { text: t('leaveChat'), run: () => chat.logOut() },
      ]);
    },

    /** Shows what can be done with a message beside it. */
    menu(item, article) {
      document.querySelector('.toolbar')?.remove();
      if (!item.id || item.redacted || !chat.current) return;
      const button = (label, glyph, onclick) =>
        el('button', { type: 'button', 'aria-label': label, title: label, onclick }, icon(glyph));
      const bar = el(
        'div',
        { className: 'toolbar', role: 'group', 'aria-label': t('moreActions') },
        button(t('reply'), 'reply', () => page.composer.replyTo(item)),
        button(t('react'), 'react', () => bar.replaceChildren(...reactions(item))),
        button(t('copy'), 'copy', () => copy(item)),
      );
      if (item.own || isOperator()) bar.append(button(t('remove'), 'remove', () => remove(item)));
      article.append(bar);
    },

    react: (item, emoji) => chat.react(chat.current, item, emoji),
    repeat: id => chat.outbox.repeat(id),
    discard: id => chat.outbox.remove(id),
  };

  function reactions(item) {
    return REACTIONS.map(emoji =>
      el('button', { type: 'button', onclick: () => actions.react(item, emoji) }, emoji),
    );
  }

  async function copy(item) {
    await navigator.clipboard?.writeText(asText(item)).then(() => say(t('copied')), () => {});
  }

  async function remove(item) {
    const room = chat.current;
    if (await ask(t('removeAsk'))) chat.redact(room, item);
  }

  function toDate() {
    form(t('date'), { fields: [{ label: t('date'), name: 'date', type: 'date', required: true }], button: t('go') }, ({ date }) => {
      page.list.jump({ time: new Date(date + 'T00:00').getTime() });
    });
  }

  function invite(room) {
    form(t('invite'), { fields: [{ label: t('name'), name: 'nick', required: true }], button: t('invite') }, async ({ nick }) => {
      const whom = nick.trim().split(/\s/)[0];
      if (await chat.ask('INVITE', whom, room.name)) say(t('invitationSent', { nick: whom }));
    });
  }

  /** Asks, and returns why it was refused. */
  function refusalOf(command, ...params) {
    return chat.connection.request(command, params).then(
      () => undefined,
      refusal => refusal.params.at(-1) ?? t('notConnected'),
    );
  }

  function register() {
    const fields = [{ label: t('password'), name: 'password', type: 'password', autocomplete: 'new-password', required: true }];
    form(t('register'), { hint: t('registerHint'), fields, button: t('register') }, async ({ password }) => {
      const refusal = await refusalOf('REGISTER', '*', '*', password);
      if (refusal) return refusal;
      chat.secretIs({ password });
      say(t('registered'));
      return undefined;
    });
  }

  function changePassword() {
    const fields = [
      { label: t('oldPassword'), name: 'old', type: 'password', autocomplete: 'current-password', required: true },
      { label: t('newPassword'), name: 'fresh', type: 'password', autocomplete: 'new-password', required: true },
    ];
    const quoted = text => (/\s/.test(text) ? `"${text}"` : text);
    form(t('changePassword'), { fields, button: t('changePassword') }, async ({ old, fresh }) => {
      try {
        await chat.connection.requestAll(label => [`@label=${label} PASSWD ${quoted(old)} ${quoted(fresh)}`]);
      } catch (refusal) {
        return refusal.params.at(-1) ?? t('notConnected');
      }
      await chat.secretIs({ password: fresh });
      say(t('passwordIsSet'));
      return undefined;
    });
  }

  async function devices() {
    const reply = await chat.connection.request('DEVICES', []).catch(() => undefined);
    const lines = reply ? (reply.items ?? [reply]).filter(line => line.command === 'NOTE') : [];
    const list = el('ul', { className: 'dialog-body results' });
    for (const line of lines) {
      const text = line.params.at(-1);
      const number = text.endsWith('(this one)') ? undefined : /^\D*(\d+)/.exec(text)?.[1];
      const isToken = line.params[1] === 'TOKEN';
      const run = () => chat.ask('DEVICES', isToken ? 'REVOKE' : 'END', number).then(reply => reply && item.remove());
      const end = el('button', { type: 'button', onclick: run }, t(isToken ? 'revoke' : 'end'));
      const item = el('li', {}, el('bdi', {}, text), ' ', number ? end : '');
      list.append(item);
    }
    open(t('devices'), list);
  }

  return actions;
}
