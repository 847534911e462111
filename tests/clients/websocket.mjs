// The protocol graphql-transport-ws, message by message, and each code with which the service closes.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import WebSocket from 'ws';

const PROTOCOL = 'graphql-transport-ws';
const ALLOWED = 'https://page.example';
const CHANGES = 'subscription { changes { cursor } }';
const WAIT = 3_000;

class Peer {
    #inbox = [];
    #waiting = [];

    static async open(service, { protocol = PROTOCOL, ...options } = {}) {
        const peer = new Peer();
        peer.socket = new WebSocket(service.graphql.replace('http', 'ws'), protocol, options);
        peer.closed = once(peer.socket, 'close').then(([code, reason]) => ({ code, reason: reason.toString() }));
        peer.closed.catch(() => {});
        peer.socket.on('message', (text) => {
            peer.#inbox.push(JSON.parse(text));
            peer.#waiting.shift()?.();
        });
        await new Promise((resolve, reject) => {
            peer.socket.once('open', resolve).once('error', reject);
            peer.socket.once('unexpected-response', (_, response) => reject(new Error(`status ${response.statusCode}`)));
        });
        return peer;
    }

    // With the greeting done.
    static async ready(service, payload, options) {
        const peer = await Peer.open(service, options);
        peer.send({ type: 'connection_init', ...(payload && { payload }) });
        assert.equal((await peer.next()).type, 'connection_ack');
        return peer;
    }

    send(message) {
        this.socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
    }

    subscribe(id, query, more) {
        this.send({ type: 'subscribe', id, payload: { query, ...more } });
    }

    async next() {
        if (!this.#inbox.length) {
            await within(WAIT, new Promise((resolve) => this.#waiting.push(resolve)), 'no message');
        }
        return this.#inbox.shift();
    }

    async end() {
        this.socket.close(1000);
        await this.closed;
    }
}

function within(time, promise, what) {
    let timer;
    const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`${what} in ${time} ms`)), time)));
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export default async function ({ check, start }) {
    const unhurried = '[limits.anonymous]\ncost_per_minute = 1000000000\n';
    const service = await start({ config: `[http]\norigins = ["${ALLOWED}"]\n${unhurried}` });

    const talk = (what, body, { payload, ...options } = {}) =>
        check(what, async () => {
            const peer = await Peer.ready(service, payload, options);
            await body(peer);
            await peer.end();
        });

    await talk('a query is answered and completed', async (peer) => {
        peer.subscribe('a', 'query ($id: ID!) { central { slug } node(id: $id) { id } }', { variables: { id: 'x' } });
        const { payload, ...next } = await peer.next();
        assert.deepEqual(next, { type: 'next', id: 'a' });
        assert.deepEqual(payload.data, { central: { slug: 'trung-uong' }, node: null });
        assert.deepEqual(await peer.next(), { type: 'complete', id: 'a' });
        // The id is free again.
        peer.subscribe('a', '{ __typename }');
        assert.deepEqual((await peer.next()).payload.data, { __typename: 'Query' });
        assert.deepEqual(await peer.next(), { type: 'complete', id: 'a' });
    });

    await talk('the operation is chosen by its name', async (peer) => {
        peer.subscribe('a', 'query A { a: __typename } query B { b: __typename }', { operationName: 'B' });
        assert.deepEqual((await peer.next()).payload.data, { b: 'Query' });
    });

    await talk('a document that is wrong ends its operation, not the connection', async (peer) => {
        for (const [query, code] of [
            ['{ nope }', 'GRAPHQL_VALIDATION_FAILED'],
            ['{', 'GRAPHQL_PARSE_FAILED'],
            ['query ($id: ID!) { node(id: $id) { id } }', 'BAD_USER_INPUT'],
            ['query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
            ['subscription { changes { nope } }', 'GRAPHQL_VALIDATION_FAILED'],
        ]) {
            peer.subscribe('a', query);
            const { type, id, payload } = await peer.next();
            assert.deepEqual({ type, id, code: payload[0].extensions.code }, { type: 'error', id: 'a', code }, query);
        }
        peer.subscribe('a', '{ __typename }');
        assert.equal((await peer.next()).type, 'next');
    });

    await talk('a ping is answered', async (peer) => {
        peer.send({ type: 'ping' });
        assert.equal((await peer.next()).type, 'pong');
        peer.send({ type: 'ping', payload: { a: 1 } });
        assert.equal((await peer.next()).type, 'pong');
        peer.send({ type: 'pong' });
        peer.send({ type: 'ping' });
        assert.equal((await peer.next()).type, 'pong');
    });

    await talk('a subscription goes on until the client has enough of it, and its id is free then', async (peer) => {
        for (let n = 0; n < 3; n += 1) {
            peer.subscribe('a', CHANGES);
            peer.send({ type: 'complete', id: 'a' });
        }
        peer.send({ type: 'complete', id: 'never heard of' });
        peer.send({ type: 'ping' });
        assert.equal((await peer.next()).type, 'pong');
    });

    for (const key of ['authorization', 'Authorization', 'AUTHORIZATION']) {
        const payload = { [key]: `Bearer ${service.tokens['son-la-viewer']}` };
        await talk(
            `a token in the greeting as ${key}`,
            async (peer) => {
                peer.subscribe('a', '{ viewer { principal } }');
                assert.match((await peer.next()).payload.data.viewer.principal, /son-la-viewer$/);
            },
            { payload },
        );
    }

    await talk('a page from elsewhere that is allowed', (peer) => peer.send({ type: 'ping' }), { origin: ALLOWED });
    await talk('a page of our own', (peer) => peer.send({ type: 'ping' }), { origin: service.url });

    // What the peer does, and the code that it gets for it.
    async function closes(code, what, body, { open = Peer.ready, wait = WAIT, ...options } = {}) {
        await check(`${code}: ${what}`, async () => {
            const peer = open === Peer.ready ? await open(service, undefined, options) : await open(service, options);
            await body(peer);
            const closed = await within(wait, peer.closed, 'not closed');
            assert.equal(closed.code, code, JSON.stringify(closed));
            assert.ok(Buffer.byteLength(closed.reason) > 0, 'no reason');
        });
    }

    await closes(4400, 'no JSON', (peer) => peer.send('{'));
    await closes(4400, 'no object', (peer) => peer.send('[1]'));
    await closes(4400, 'no type', (peer) => peer.send({ id: 'a' }));
    await closes(4400, 'an unknown type', (peer) => peer.send({ type: 'start', id: 'a', payload: { query: '{ __typename }' } }));
    await closes(4400, 'a message that only the service sends', (peer) => peer.send({ type: 'connection_ack' }));
    await closes(4400, 'binary', (peer) => peer.send(Buffer.from(JSON.stringify({ type: 'ping' }))));
    await closes(4400, 'an operation without an id', (peer) =>
        peer.send({ type: 'subscribe', payload: { query: '{ __typename }' } }),
    );
    await closes(4400, 'an operation without a payload', (peer) => peer.send({ type: 'subscribe', id: 'a' }));
    await closes(4400, 'a query that is no text', (peer) => peer.subscribe('a', 1));
    await closes(4401, 'an operation before the greeting', (peer) => peer.subscribe('a', '{ __typename }'), { open: Peer.open });
    await closes(
        4401,
        'a token that is none',
        (peer) => peer.send({ type: 'connection_init', payload: { authorization: 'Bearer nothing' } }),
        { open: Peer.open },
    );
    await closes(
        4401,
        'a token tampered with',
        (peer) => {
            const token = service.tokens['son-la-viewer'];
            const at = token.length - 10;
            const tampered = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
            peer.send({ type: 'connection_init', payload: { authorization: `Bearer ${tampered}` } });
        },
        { open: Peer.open },
    );
    await closes(4403, 'a page from elsewhere', (peer) => peer.send({ type: 'connection_init' }), {
        open: Peer.open,
        origin: 'https://other.example',
    });
    await closes(4403, 'a page from nowhere', (peer) => peer.send({ type: 'connection_init' }), {
        open: Peer.open,
        origin: 'null',
    });
    const began = performance.now();
    await closes(4408, 'no greeting for 5 s', () => {}, { open: Peer.open, wait: 10_000 });
    await check('4408: not before 5 s', () => assert.ok(performance.now() - began > 4_900));
    await closes(4409, 'an id in use', (peer) => {
        peer.subscribe('a', CHANGES);
        peer.subscribe('a', CHANGES);
    });
    await closes(4429, 'a second greeting', (peer) => peer.send({ type: 'connection_init' }));
    await check('4429: the 21st subscription at once', async () => {
        const peer = await Peer.ready(service);
        for (let n = 1; n <= 20; n += 1) {
            peer.subscribe(`${n}`, CHANGES);
        }
        peer.send({ type: 'ping' });
        assert.equal((await peer.next()).type, 'pong');
        peer.subscribe('21', CHANGES);
        assert.equal((await within(WAIT, peer.closed, 'not closed')).code, 4429);
    });

    for (const [what, protocol] of [
        ['of the old protocol', 'graphql-ws'],
        ['of no protocol', []],
        ['of an unknown protocol', 'nope'],
    ]) {
        await check(`a handshake ${what} is refused`, () => assert.rejects(Peer.open(service, { protocol }), /status 400/));
    }
    await check('a handshake that offers ours among others is taken', async () => {
        const peer = await Peer.open(service, { protocol: ['graphql-ws', PROTOCOL] });
        assert.equal(peer.socket.protocol, PROTOCOL);
        await peer.end();
    });

    await check('1001: the service is stopped, and says so to everybody', async () => {
        const peers = [await Peer.open(service), await Peer.ready(service), await Peer.ready(service)];
        peers[2].subscribe('a', CHANGES);
        peers[2].send({ type: 'ping' });
        assert.equal((await peers[2].next()).type, 'pong');
        const stopped = service.stop();
        for (const peer of peers) {
            assert.equal((await within(10_000, peer.closed, 'not closed')).code, 1001);
        }
        assert.equal(await within(15_000, stopped, 'not stopped'), 0);
    });
    service.discard();
}
