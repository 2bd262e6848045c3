// The IRC client of Kiwi IRC, irc-framework, with the transport that it has for browsers: node kiwi-client.mjs MODULES PORT NICK
// Joins #lobby, prints "joined" and says hello, then prints what others say there, and leaves when somebody says "bye NICK".
import { createRequire } from 'node:module';

const [modules, port, nick] = process.argv.slice(2);
const load = createRequire(`${modules}/`);
globalThis.WebSocket = load('ws');
const { Client } = load('irc-framework');

Client.setDefaultTransport(load('irc-framework/src/transports/websocket'));
const client = new Client();
client.on('registered', () => client.join('#lobby'));
client.on('join', event => {
  if (event.nick === nick) {
    console.log('joined');
    client.say('#lobby', `hello from ${nick}, 你好`);
  }
});
client.on('message', event => {
  if (event.target === '#lobby' && event.nick !== nick) {
    console.log(`${event.nick}: ${event.message}`);
    if (event.message === `bye ${nick}`) {
      client.quit('so long');
    }
  }
});
client.on('close', () => console.log('closed'));
client.connect({
  host: '127.0.0.1',
  port,
  path: '/irc',
  nick,
  auto_reconnect: false,
  websocket_protocol: 'text.ircv3.net',
});
