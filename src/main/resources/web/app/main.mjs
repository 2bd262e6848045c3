// Puts the page together.

import { actionsOf, applyTheme } from './actions.mjs';
import { Announcer, alert, showCount, toast } from './alerts.mjs';
import { Chat } from './chat.mjs';
import { Composer } from './composer.mjs';
import { ask } from './dialogs.mjs';
import { el, put, soon } from './dom.mjs';
import { language, t } from './i18n.mjs';
import { fold } from './irc.mjs';
import { icon } from './icons.mjs';
import { forgetOldKeys, kept } from './tokens.mjs';
import { MessageList } from './list.mjs';
import { Login } from './login.mjs';
import { enter as enterRoom } from './commands.mjs';
import { recall, recallHere } from './storage.mjs';
import { draw as drawFrame } from './views.mjs';

const place = id => document.getElementById(id);

document.documentElement.lang = language;
applyTheme();

const url = new URL('irc', location.href);
url.protocol = url.protocol.replace('http', 'ws');

const draw = soon(drawNow);

/** The only room, in a page of another site (embed.js). */
const isEmbedded = location.pathname.endsWith('/embed.html');
document.documentElement.classList.toggle('embedded', isEmbedded);

const chat = new Chat(url.href, {
  changed: draw,
  live(room, item) {
    if (room === chat.current) {
      page.list.arrived();
      if (!document.hidden) announcer.add(item);
    }
    alert(chat, room, item, () => actions.show(room.key));
  },
  notice(key, values) {
    const action = key === 'invited' ? { text: t('join'), run: () => enterRoom(chat, values.room) } : undefined;
    toast(place('toasts'), t(key, values), action);
  },
});

if (isEmbedded) chat.only = new URLSearchParams(location.search).get('room') ?? undefined;

const page = { chat, frame: place('chat'), toasts: place('toasts'), draw: drawNow };
const announcer = new Announcer(place('announcer'));
const actions = actionsOf(page);
page.list = new MessageList(chat, place('list'), place('below'), actions);
page.composer = new Composer(chat, place('composer'), { ask, back: () => page.list.focus() });
const login = new Login(place('login'), (name, secret, isKept) => enter(name, secret, { isKept }));
const places = { rooms: place('rooms'), head: place('head'), members: place('members'), state: place('state'), typing: place('typing') };

place('skip').textContent = t('skip');
place('send').setAttribute('aria-label', t('send'));
place('send').append(icon('send'));

function drawNow() {
  login.draw(chat);
  const isElsewhere = chat.status === 'elsewhere';
  place('elsewhere').hidden = !isElsewhere;
  const hasEntered = page.frame.hidden && chat.status === 'in';
  page.frame.hidden = !(chat.status === 'in' || chat.status === 'lost');
  showCount(chat);
  if (page.frame.hidden) return;
  drawFrame(chat, actions, places);
  put(place('list'), 'ariaLabel', chat.current?.name ?? '');
  page.list.show(chat.current);
  page.composer.show(chat.current);
  if (hasEntered && matchMedia('(hover: hover)').matches) page.composer.focus();
  readIfSeen();
}

/** What is on the screen of somebody who looks at it has been read. */
function readIfSeen() {
  const room = chat.current;
  if (room?.ready && !document.hidden && document.hasFocus() && page.list.isAtEnd) chat.markRead(room);
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden && chat.current) chat.current.newFrom = chat.current.readAt;
  draw();
});
addEventListener('focus', draw);
addEventListener('blur', () => {
  if (chat.current) chat.current.newFrom = chat.current.readAt;
});
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || event.isComposing) return;
  page.frame.classList.remove('shows-rooms', 'shows-members');
  if (!event.target.closest('dialog')) page.composer.focus();
});
// beside a panel that slid over a narrow page, a click only closes the panel
page.frame.addEventListener(
  'click',
  event => {
    const isOver = page.frame.matches('.shows-rooms, .shows-members') && matchMedia('(max-width: 900px)').matches;
    if (!isOver || event.target.closest('#rooms, #members')) return;
    event.stopPropagation();
    event.preventDefault();
    page.frame.classList.remove('shows-rooms', 'shows-members');
  },
  true,
);
setInterval(() => chat.status === 'lost' && draw(), 1_000);

// One tab per guest: a second one would be refused the name. An account may be connected several times.

function enter(name, secret, { isKept, isForced = false, isBack = isForced, account = name } = {}) {
  if (secret || !navigator.locks) {
    chat.enter(name, secret, { isKept, account, isBack });
    return;
  }
  const options = isForced ? { steal: true } : { ifAvailable: true };
  navigator.locks
    .request('teahouse.' + fold(name), options, lock => {
      if (!lock) {
        showElsewhere(name);
        return undefined;
      }
      chat.enter(name, undefined, { isBack });
      return new Promise(release => (chat.left = release));
    })
    .catch(() => {
      chat.yieldToAnotherTab();
      showElsewhere(name);
    });
}

function showElsewhere(name) {
  chat.status = 'elsewhere';
  place('elsewhere').replaceChildren(
    el('p', {}, t('elsewhere')),
    el('button', { type: 'button', className: 'primary', onclick: () => enter(name, undefined, { isForced: true }) }, t('showHere')),
  );
  draw();
}

forgetOldKeys();
const here = recallHere('here', undefined);
const name = here?.name ?? recall('name', '');
const account = typeof here?.account === 'string' && here.account ? here.account : name;
const secret = here && !here.account ? undefined : kept(account);
if (secret || (here && !here.account)) enter(name, secret, { account, isBack: Boolean(here) });
drawNow();
