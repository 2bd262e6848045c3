# A minimal IRC client on the Python package websockets: python3 websockets-client.py PORT NICK
# Joins #lobby, prints "joined" and says hello, then prints what others say there, and leaves when somebody says "bye NICK".
import asyncio
import re
import sys

import websockets

port, nick = sys.argv[1:]


async def chat():
    async with websockets.connect(
        f"ws://127.0.0.1:{port}/irc", subprotocols=["text.ircv3.net"]
    ) as socket:
        await socket.send(f"NICK {nick}")
        await socket.send(f"USER {nick} 0 * :x")
        pong = await socket.ping()
        await asyncio.wait_for(pong, 5)
        try:
            async for line in socket:
                await answer(socket, line)
        except websockets.ConnectionClosed:
            pass
        print("closed", socket.close_code, flush=True)


async def answer(socket, line):
    said = re.match(r":([^!]+)!\S+ PRIVMSG #lobby :(.*)$", line)
    if line.startswith("PING "):
        await socket.send("PONG " + line[5:])
    elif re.match(r"\S+ 001 ", line):
        await socket.send("JOIN #lobby")
    elif re.match(r"\S+ 366 ", line):
        print("joined", flush=True)
        await socket.send(f"PRIVMSG #lobby :hello from {nick}, 你好")
    elif said:
        print(f"{said[1]}: {said[2]}", flush=True)
        if said[2] == f"bye {nick}":
            await socket.send("QUIT :so long")


asyncio.run(chat())
