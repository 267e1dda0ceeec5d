"""An XMPP client of Debian's slixmpp, driven by lines of JSON.

What happens is written to standard output, one object a line with the key `event`. What it is to do is read from
standard input, one object a line; the first says how to sign in:

    {"host", "port", "jid", "password", "ca", "resume"}
    {"do": "presence"}
    {"do": "command", "id", "module", "body"}    an iq of type get without an address
    {"do": "stop"}

With `resume` it speaks XEP-0198 and connects again when the connection is lost.
"""

import asyncio
import json
import sys
from xml.etree import ElementTree

import slixmpp
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath

COMMANDS = "http://www.pascom.net/mobydick"


def tell(event, **details):
    print(json.dumps({"event": event, **details}), flush=True)


class Client(slixmpp.ClientXMPP):
    def __init__(self, how):
        super().__init__(how["jid"], how["password"])
        self.ca_certs = how["ca"]
        self.where = (how["host"], how["port"])
        self.comes_back = how["resume"]
        self.register_plugin("xep_0199")
        if how["resume"]:
            self.register_plugin("xep_0198")
        for name in ("failed_auth", "failed_all_auth", "ssl_invalid_chain", "ssl_invalid_cert", "stream_error"):
            self.add_event_handler(name, lambda _data, name=name: tell(name))
        self.add_event_handler("connection_failed", lambda reason: tell("connection_failed", why=str(reason)))
        self.add_event_handler("session_start", lambda _data: tell("session_start", jid=str(self.boundjid)))
        self.add_event_handler("session_resumed", lambda _data: tell("session_resumed"))
        self.add_event_handler("disconnected", self.on_disconnected)
        for kind in ("message", "presence"):
            self.register_handler(
                Callback(f"any {kind}", MatchXPath(f"{{{self.default_ns}}}{kind}"), self.on_stanza)
            )

    def on_stanza(self, stanza):
        tell(stanza.name, sender=str(stanza["from"]), xml=str(stanza))

    def on_disconnected(self, _reason):
        tell("disconnected")
        if self.comes_back:
            self.connect(self.where)

    async def command(self, order):
        body = f'<cmd xmlns="{COMMANDS}" module="{order["module"]}">{order["body"]}</cmd>'
        iq = self.make_iq_get()
        iq.append(ElementTree.fromstring(body))
        try:
            answer = await iq.send(timeout=10)
            tell("answer", id=order["id"], xml=str(answer))
        except slixmpp.exceptions.XMPPError as error:
            tell("answer", id=order["id"], error=error.condition)

    async def obey(self, orders):
        while line := await orders.readline():
            order = json.loads(line)
            if order["do"] == "presence":
                self.send_presence()
            elif order["do"] == "command":
                self.loop.create_task(self.command(order))
            else:
                break
        self.comes_back = False
        # One that is not connected any more would wait for the next disconnection.
        if self.is_connected():
            self.disconnect()
            await self.disconnected


async def main():
    loop = asyncio.get_running_loop()
    orders = asyncio.StreamReader(limit=1 << 20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    client = Client(json.loads(await orders.readline()))
    client.loop = loop
    client.connect(client.where)
    await client.obey(orders)


asyncio.run(main())
