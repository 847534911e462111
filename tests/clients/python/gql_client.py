"""gql, the client library: queries over HTTP, page after page, errors, the same over a websocket, and a subscription.

    python gql_client.py URL PERSONAS
"""

import asyncio
import json
import sys

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.websockets import WebsocketsTransport

from check import check, finish

URL, PERSONAS = sys.argv[1:3]
with open(PERSONAS, encoding="utf-8") as file:
    TOKENS = json.load(file)

PAGE = gql(
    "query Page($after: String) { programs(first: 2, after: $after) { nodes { id title } pageInfo { hasNextPage endCursor } } }"
)
VIEWER = gql("{ viewer { principal } }")
CHANGES = gql("query Changes { changes(first: 2) { edges { cursor } } }")
LIVE = gql("subscription Live($after: String) { changes(after: $after) { cursor operation type id } }")


def http(token=None):
    return AIOHTTPTransport(url=URL, headers={"authorization": f"Bearer {token}"} if token else None)


def websocket(token=None):
    payload = {"authorization": f"Bearer {token}"} if token else None
    return WebsocketsTransport(
        url=URL.replace("http", "ws", 1),
        subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
        init_payload=payload or {},
    )


async def refused(session, query, **variables):
    """The code of the first error."""
    try:
        document = gql(query)
        document.variable_values = variables
        await session.execute(document)
    except TransportQueryError as error:
        return error.errors[0].get("extensions", {}).get("code")
    return None


async def pages(session):
    ids = []
    after = None
    while True:
        PAGE.variable_values = {"after": after}
        found = (await session.execute(PAGE))["programs"]
        ids += [node["id"] for node in found["nodes"]]
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            return ids


async def over(name, transport):
    """What must be the same over both transports, with a token."""
    async with Client(transport=transport) as session:
        viewer = (await session.execute(VIEWER))["viewer"]
        check(f"{name}: the token is understood", viewer["principal"].endswith("#thai-binh-editor"), viewer)
        ids = await pages(session)
        check(f"{name}: pages follow each other", len(ids) > 2 and len(set(ids)) == len(ids), ids)
        code = await refused(session, "{ programs(first: 101) { nodes { id } } }")
        check(f"{name}: a page too large is refused", code == "PAGE_TOO_LARGE", code)
        code = await refused(session, "{ nowhere }")
        check(f"{name}: an unknown field is refused", code == "GRAPHQL_VALIDATION_FAILED", code)
        return ids


async def main():
    async with Client(transport=http(), fetch_schema_from_transport=True) as session:
        check("http: the schema is introspected", session.client.schema.get_type("Program") is not None)
        public = await pages(session)
        check("http: anybody sees what is public", len(public) > 0, public)
    token = TOKENS["thai-binh-editor"]
    by_http = await over("http", http(token))
    by_websocket = await over("websocket", websocket(token))
    check("both transports answer alike", by_http == by_websocket, (by_http, by_websocket))
    check("a token shows more than what is public", set(public) < set(by_http), (public, by_http))

    async with Client(transport=http(token)) as session:
        cursors = [edge["cursor"] for edge in (await session.execute(CHANGES))["changes"]["edges"]]
    LIVE.variable_values = {"after": cursors[0]}
    async with Client(transport=websocket(token)) as session:
        stream = session.subscribe(LIVE)
        change = (await asyncio.wait_for(anext(stream), 10))["changes"]
        await stream.aclose()
        check("a subscription goes on after a cursor", change["cursor"] == cursors[1], (change, cursors))


async def run():
    try:
        await main()
    except Exception as error:  # Whatever the library makes of an answer is what is tested.
        check("no exception", False, repr(error))


asyncio.run(run())
finish()
