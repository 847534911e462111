// Websockets: handshakes without a greeting, messages too large or too many, frames that no client may send.
//
// Scenarios, as in slow.mjs.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { memory } from '../lib/server.mjs';
import { BINARY, CLOSE, PING, TEXT, WebSocket, frame } from '../lib/websocket.mjs';

const CONTINUATION = 0;
const subscribe = (id, query) => ({ id, type: 'subscribe', payload: { query } });
const among = (code, codes) => assert.ok(codes.includes(code), `closed with ${code}, not ${codes.join(' or ')}`);

/** Sends `messages` over a greeted or ungreeted connection, and expects it to be closed with one of `codes`. */
const closing = (name, codes, messages, options = {}) => ({
    name,
    units: 1,
    async run(target) {
        const socket = await WebSocket.connect(target, options);
        assert.equal(socket.status, 101, `the handshake was answered ${socket.status}`);
        for (const message of messages()) {
            socket.socket.write(message);
        }
        const code = await socket.ending(8000);
        socket.end();
        among(code, codes);
        return `${code}`;
    },
});

/** A handshake that is to be refused, over HTTP or right after. */
const refused = (name, expected, options) => ({
    name,
    units: 1,
    async run(target) {
        const socket = await WebSocket.connect(target, { init: false, ...options });
        const found = socket.status === 101 ? await socket.ending(3000) : socket.status;
        socket.end();
        among(found, expected);
        return `${found}`;
    },
});

/** A document that the guard must refuse here as well: an error of that operation, and the connection goes on. */
const guarded = (name, code, query) => ({
    name,
    units: 1,
    async run(target) {
        const socket = await WebSocket.connect(target);
        socket.send(subscribe('1', query));
        await socket.until(() => socket.messages.length > 1, 5000);
        const [error] = socket.messages.slice(1);
        assert.equal(error?.type, 'error', `answered ${JSON.stringify(error)}, closed with ${socket.code}`);
        assert.equal(error.payload?.[0]?.extensions?.code, code);
        socket.send({ type: 'ping' });
        assert.ok(await socket.until(() => socket.messages.length > 2, 5000), 'the connection answers no more');
        socket.end();
        return code;
    },
});

export const websockets = [
    { name: 'ws-without-init-200', units: 200, run: withoutInit },
    refused('ws-protocol-missing', [400], { protocol: '' }),
    refused('ws-protocol-old', [400], { protocol: 'graphql-ws' }),
    refused('ws-of-evil-site', [403, 4403], { headers: [['origin', 'https://evil.example']] }),
    refused('ws-of-no-site', [403, 4403], { headers: [['origin', 'null']] }),
    closing('ws-subscribe-before-init', [4401], () => [frame(subscribe('1', '{__typename}'))], { init: false }),
    closing(
        'ws-flood-before-init',
        [4401, 4400, 4408],
        () => Array.from({ length: 5000 }, (_, n) => frame(subscribe(`${n}`, '{__typename}'))),
        { init: false },
    ),
    closing(
        'ws-pings-before-init',
        [4408, 4400, 4401, 4429],
        () => Array.from({ length: 1000 }, () => frame({ type: 'ping' })),
        { init: false },
    ),
    closing('ws-init-twice', [4429], () => [frame({ type: 'connection_init' })]),
    closing(
        'ws-token-forged',
        [4401, 4403],
        () => [frame({ type: 'connection_init', payload: { authorization: 'Bearer a.b.c' } })],
        { init: false },
    ),
    closing(
        'ws-token-no-text',
        [4400, 4401, 4403],
        () => [frame({ type: 'connection_init', payload: { authorization: { a: [] } } })],
        { init: false },
    ),
    closing('ws-no-json', [4400], () => [frame('{')]),
    closing('ws-no-object', [4400], () => [frame('[]')]),
    closing('ws-type-unknown', [4400], () => [frame({ type: 'start' })]),
    closing('ws-id-missing', [4400], () => [frame({ type: 'subscribe', payload: { query: '{__typename}' } })]),
    closing('ws-id-60-kb', [4400, 4429], () => [frame(subscribe('a'.repeat(60_000), '{__typename}')), frame('{')]),
    closing('ws-json-nested', [4400, 1009], () => [frame(`{"type":"ping","payload":${'['.repeat(30_000)}`)]),
    closing('ws-binary', [4400, 1003], () => [frame('{"type":"ping"}', { opcode: BINARY })]),
    closing('ws-utf8-broken', [4400, 1007], () => [frame(Buffer.from([0xc3, 0x28]))]),
    closing('ws-message-100-kb', [1009, 4400], () => [frame({ type: 'ping', payload: { a: 'a'.repeat(100 * 1024) } })]),
    // While it is still sending, the client may not hear why.
    closing('ws-message-in-pieces', [1009, 4400, 0], pieces),
    closing('ws-length-largest', [1002, 1009, 4400, 0], () => [frame('a', { length: 0x7fffffffffffffffn })]),
    closing('ws-length-negative', [1002, 1009, 4400, 0], () => [frame('a', { length: 0xffffffffffffffffn })]),
    closing('ws-frame-without-mask', [1002, 4400, 0], () => [frame({ type: 'ping' }, { mask: false })]),
    closing('ws-opcode-unknown', [1002, 4400, 0], () => [frame('a', { opcode: 5 })]),
    closing('ws-continuation-of-nothing', [1002, 4400, 0], () => [frame('a', { opcode: CONTINUATION })]),
    closing('ws-ping-of-1000', [1002, 4400, 0], () => [frame('a'.repeat(1000), { opcode: PING })]),
    closing('ws-close-of-one-byte', [1002, 1005, 4400, 0], () => [frame('a', { opcode: CLOSE })]),
    closing('ws-subscriptions-100', [4429], () =>
        Array.from({ length: 100 }, (_, n) => frame(subscribe(`${n}`, 'subscription{changes{cursor}}'))),
    ),
    closing('ws-id-in-use', [4409], () => [1, 2].map(() => frame(subscribe('1', 'subscription{changes{cursor}}')))),
    guarded('ws-brackets-1000', 'QUERY_TOO_DEEP', '{[('.repeat(333)),
    guarded('ws-fragments-doubling-40', 'QUERY_TOO_COMPLEX', doubling(40)),
    guarded(
        'ws-pages-nested',
        'QUERY_TOO_COMPLEX',
        '{provinces(first:100){nodes{programs(first:100){nodes{signatories(first:100){nodes{id}}}}}}}',
    ),
    { name: 'ws-pings-5000', units: 5000, run: (target) => pings(target, frame('', { opcode: PING })) },
    { name: 'ws-ping-messages-5000', units: 5000, run: (target) => pings(target, frame({ type: 'ping' })) },
    { name: 'ws-never-reads', units: 1, run: neverReads },
    { name: 'ws-queries-1000', units: 1000, run: queries },
];

function doubling(levels) {
    const each = Array.from({ length: levels }, (_, n) => `fragment f${n} on Query{...f${n + 1} ...f${n + 1}}`);
    return `{...f0} ${each.join(' ')} fragment f${levels} on Query{__typename}`;
}

/** One message in continuations of a hundred bytes: only its sum is too much. */
function pieces() {
    const count = 2000;
    return Array.from({ length: count }, (_, n) =>
        frame(' '.repeat(100), { opcode: n === 0 ? TEXT : CONTINUATION, fin: n === count - 1 }),
    );
}

async function withoutInit(target) {
    const all = Array.from({ length: 200 }, () => new WebSocket(target));
    const ended = await Promise.all(
        all.map(async (socket) => ({ code: await socket.ending(9000), took: performance.now() - socket.begun })),
    );
    all.forEach((socket) => socket.end());
    const accepted = all.filter((socket) => socket.status === 101).length;
    const wrong = ended.filter(({ code }, index) => all[index].status === 101 && code !== 4408);
    assert.equal(wrong.length, 0, `closed with ${wrong[0]?.code}, not 4408, ${wrong.length} times`);
    // A limit of connections may keep most of them out, but not all.
    assert.ok(accepted > 0, `no handshake was accepted: ${all[0].status}`);
    const last = Math.max(...ended.map(({ took }) => took));
    assert.ok(last < 8000, `closed after ${(last / 1000).toFixed(1)} s`);
    return `${accepted} accepted, 4408 after at most ${(last / 1000).toFixed(1)} s`;
}

async function pings(target, bytes) {
    const socket = await WebSocket.connect(target);
    const replies = () => socket.pongs + socket.messages.length - 1;
    for (let index = 0; index < 5000; index += 1) {
        socket.socket.write(bytes);
    }
    await socket.until(() => replies() >= 5000, 20_000);
    const found = socket.closed ? `closed with ${socket.code} after ${replies()}` : `${replies()} answered`;
    socket.end();
    // An answer to the last of pings that came together is enough for the protocol's own.
    assert.ok(replies() > 0 || socket.closed, 'neither answered nor closed');
    return found;
}

/** Asks and asks, and reads nothing: what is not fetched must not pile up. */
async function neverReads(target) {
    const socket = await WebSocket.connect(target);
    const before = memory(target.pid, 'VmRSS');
    socket.socket.pause();
    const query = '{provinces(first:100){nodes{id key slug name note legalSource seat}}}';
    for (let index = 0; index < 2000 && !socket.closed; index += 1) {
        socket.send(subscribe(`${index}`, query));
        if (index % 20 === 19) {
            await sleep(20);
        }
    }
    await sleep(2000);
    const grown = memory(target.pid, 'VmRSS') - before;
    socket.end();
    assert.ok(grown < 40, `${grown.toFixed(0)} MB more are in use`);
    return `${grown.toFixed(0)} MB more`;
}

async function queries(target) {
    const socket = await WebSocket.connect(target);
    for (let index = 0; index < 1000 && !socket.closed; index += 1) {
        socket.send(subscribe(`${index}`, '{__typename}'));
    }
    const answers = () =>
        socket.messages.filter((message) => message.type === 'complete' || message.type === 'error').length;
    // As many as may run at once are answered; the others are refused one after the other, and not in haste.
    await socket.until(() => answers() >= 40, 20_000);
    const found = socket.closed ? `closed with ${socket.code} after ${answers()}` : `${answers()} answered`;
    const whole = answers() >= 40 && !socket.closed;
    socket.end();
    assert.ok(whole, found);
    return found;
}
