// A minimal IRC client on the package ws: node ws-client.mjs MODULES PORT NICK SUBPROTOCOL
// Joins #lobby, prints "joined" and says hello, then prints what others say there, and leaves when somebody says "bye NICK".
import { createRequire } from 'node:module';

const [modules, port, nick, protocol] = process.argv.slice(2);
const WebSocket = createRequire(`${modules}/`)('ws');
const socket = new WebSocket(`ws://127.0.0.1:${port}/irc`, protocol);

socket.on('open', () => {
  socket.send(`NICK ${nick}`);
  socket.send(`USER ${nick} 0 * :x`);
});
socket.on('message', (data, isBinary) => {
  if (isBinary !== (protocol === 'binary.ircv3.net')) {
    throw new Error(`a frame of the other kind: ${data}`);
  }
  const line = data.toString();
  const said = /^:([^!]+)!\S+ PRIVMSG #lobby :(.*)$/.exec(line);
  if (line.startsWith('PING ')) {
    socket.send(`PONG ${line.slice(5)}`);
  } else if (/^\S+ 001 /.test(line)) {
    socket.send('JOIN #lobby');
  } else if (/^\S+ 366 /.test(line)) {
    console.log('joined');
    socket.send(`PRIVMSG #lobby :hello from ${nick}, 你好`);
  } else if (said) {
    console.log(`${said[1]}: ${said[2]}`);
    if (said[2] === `bye ${nick}`) {
      socket.send('QUIT :so long');
    }
  }
});
socket.on('close', code => {
  console.log(`closed ${code}`);
});
