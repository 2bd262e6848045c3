// What surrounds the messages: rooms, head, members, state of the connection.

import { html, render } from './html.mjs';
import { PATHS } from './icons.mjs';
import { listOf, t } from './i18n.mjs';
import { fold } from './irc.mjs';

function glyph(name) {
  return html`<svg class="glyph" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}

function badge(room) {
  if (!room.unread) return null;
  const isStrong = room.mentions > 0;
  const text = [t('unread', { n: room.unread }), isStrong ? t('mentions', { n: room.mentions }) : ''].filter(Boolean).join(', ');
  return html`<span class=${isStrong ? 'badge strong' : 'badge'} aria-hidden="true">${isStrong ? room.mentions : room.unread}</span>
    <span class="visually-hidden">, ${text}</span>`;
}

function entry(chat, actions, room) {
  const isActive = chat.active === room.key;
  const names = ['room', room.unread && 'unread', room.joined || 'parted', isActive && 'active'].filter(each => typeof each === 'string');
  return html`<li key=${room.key}>
    <button type="button" class=${names.join(' ')} aria-current=${isActive ? 'page' : undefined} onClick=${() => actions.show(room.key)}>
      <bdi class="room-name">${room.name}</bdi>${badge(room)}
    </button>
  </li>`;
}

function roomsPanel(chat, actions) {
  const all = [...chat.rooms.values()];
  const byName = (a, b) => a.name.localeCompare(b.name);
  const rooms = all.filter(room => !room.isConversation).sort(byName);
  const people = all.filter(room => room.isConversation).sort(byName);
  return html`
    <div class="me">
      <bdi class="nick">${chat.nick}</bdi>
      <button type="button" class="icon" aria-label=${t('settings')} title=${t('settings')} onClick=${actions.settings}>${glyph('settings')}</button>
    </div>
    <h2 id="rooms-title">${t('rooms')}</h2>
    <ul aria-labelledby="rooms-title">${rooms.map(room => entry(chat, actions, room))}</ul>
    <div class="row">
      <button type="button" onClick=${actions.add}>${t('add')}</button>
      <button type="button" onClick=${actions.find}>${t('find')}</button>
    </div>
    ${people.length > 0 && html`
      <h2 id="people-title">${t('conversations')}</h2>
      <ul aria-labelledby="people-title">${people.map(room => entry(chat, actions, room))}</ul>`}`;
}

function head(chat, actions) {
  const room = chat.current;
  const others = [...chat.rooms.values()].reduce((sum, each) => sum + (each === room ? 0 : each.unread), 0);
  return html`
    <button type="button" class="icon narrow" aria-label=${t('openMenu')} onClick=${actions.toggleRooms}>${glyph('rooms')}${others > 0 && html`<span class="dot"></span>`}</button>
    <div class="title">
      <h1><bdi>${room?.name ?? 'Teahouse'}</bdi></h1>
      ${room && !room.isConversation && html`<button type="button" class="topic" title=${t('editTopic')} onClick=${actions.topic} disabled=${!room.joined}>
        <bdi>${room.topic || t('topic')}</bdi></button>`}
    </div>
    ${room && room.unread > 0 && html`<button type="button" class="icon" aria-label=${t('toUnread')} title=${t('toUnread')} onClick=${actions.toUnread}>${glyph('unread')}</button>`}
    ${room && html`
      <button type="button" class="icon" aria-label=${t('search')} title=${t('search')} onClick=${actions.search}>${glyph('search')}</button>
      <button type="button" class="icon" aria-label=${t('moreActions')} title=${t('moreActions')} onClick=${actions.roomMenu}>${glyph('more')}</button>`}
    ${room && !room.isConversation && html`
      <button type="button" class="icon members-button" aria-label=${t('membersCount', { n: room.members.size })}
        title=${t('members')} onClick=${actions.toggleMembers}>${glyph('people')} ${room.members.size || ''}</button>`}`;
}

function membersPanel(chat, actions) {
  const room = chat.current;
  if (!room || room.isConversation) return null;
  return html`
    <h2 id="members-title">${t('people')}</h2>
    <ul aria-labelledby="members-title">
      ${room.sorted.slice(0, 500).map(member => html`<li key=${fold(member.nick)}>
        <button type="button" class=${member.away ? 'member away' : 'member'} onClick=${() => actions.member(member)}>
          <span class="rank">${member.ranks[0] ?? ''}</span><bdi>${member.nick}</bdi>
          ${member.away && html`<span class="tag">${t('away')}</span>`}
        </button>
      </li>`)}
    </ul>`;
}

function state(chat, actions) {
  const room = chat.current;
  if (chat.status === 'lost') {
    const seconds = Math.max(0, Math.round((chat.retryAt - Date.now()) / 1000));
    return html`<p class="bar">${t('lost')} ${seconds > 0 ? t('lostRetry', { n: seconds }) : t('connecting')}
      <button type="button" onClick=${() => chat.connection.wake()}>${t('retryNow')}</button></p>`;
  }
  if (room && !room.joined && chat.status === 'in' && !room.isConversation) {
    return html`<p class="bar">${room.refusal ?? t('parted')}
      <button type="button" onClick=${() => actions.rejoin(room)}>${t('join')}</button></p>`;
  }
  return null;
}

function typing(chat) {
  const names = chat.current?.typing(Date.now()) ?? [];
  return names.length ? t('typing', { n: names.length, names: listOf(names.map(each => `\u2068${each}\u2069`)) }) : '';
}

/** Draws everything around the messages. */
export function draw(chat, actions, places) {
  render(roomsPanel(chat, actions), places.rooms);
  render(head(chat, actions), places.head);
  render(membersPanel(chat, actions), places.members);
  render(state(chat, actions), places.state);
  const now = typing(chat);
  if (places.typing.textContent !== now) places.typing.textContent = now;
}
