// Many at once, and slowly: connections that say nothing, heads and bodies byte by byte, bodies without an end.
//
// Each is a scenario: `run` throws when the service does not do as it should, and returns what there is to say; `units` is
// by how many attacks its processor time is divided.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { codes, open, post, request, responses } from '../lib/http.mjs';
import { memory } from '../lib/server.mjs';

const CROWD = 200;
/** A head may take 10 s and so may a whole request; the rest is for a busy machine. */
const PATIENCE = 10_000 + 3_000;
const HEAD = Buffer.from('POST /graphql HTTP/1.1\r\nhost: phoihop.test\r\ncontent-type: application/json\r\n');

export const slow = [
    {
        name: 'slow-connect-only-200',
        units: CROWD,
        run: (target) =>
            crowd(
                target,
                () => Buffer.alloc(0),
                () => undefined,
            ),
    },
    {
        name: 'slow-head-200',
        units: CROWD,
        run: (target) =>
            crowd(
                target,
                () => HEAD,
                (n) => `x-${n}: a\r\n`,
            ),
    },
    {
        name: 'slow-head-byte-200',
        units: CROWD,
        run: (target) =>
            crowd(
                target,
                () => HEAD,
                () => 'a',
            ),
    },
    {
        name: 'slow-body-200',
        units: CROWD,
        run: (target) =>
            crowd(
                target,
                () => Buffer.concat([HEAD, Buffer.from('content-length: 60000\r\n\r\n')]),
                () => ' ',
            ),
    },
    {
        name: 'slow-chunks-200',
        units: CROWD,
        run: (target) =>
            crowd(
                target,
                () => Buffer.concat([HEAD, Buffer.from('transfer-encoding: chunked\r\n\r\n')]),
                () => '1\r\n \r\n',
            ),
    },
    { name: 'slow-reader-50', units: 50, run: slowReader },
    { name: 'body-50-mb-length', units: 1, run: (target) => large(target, false) },
    { name: 'body-50-mb-chunked', units: 1, run: (target) => large(target, true) },
    {
        name: 'body-50-mb-user',
        units: 1,
        run: (target) => large(target, true, [['authorization', `Bearer ${target.tokens['thai-binh-editor']}`]]),
    },
    { name: 'body-50-mb-expecting', units: 1, run: expecting },
    { name: 'pipelined-2000', units: 2000, run: pipelined },
    { name: 'connections-1000', units: 1000, run: connections },
];

/** Many connections that go on with a few bytes a second; each must be closed in time. */
async function crowd(target, begin, drip) {
    const begun = performance.now();
    const all = Array.from({ length: CROWD }, () => {
        const socket = open(target);
        socket.write(begin());
        const answered = responses(socket, { enough: Infinity, patience: PATIENCE });
        return { socket, answered: answered.then((found) => ({ ...found, took: performance.now() - begun })) };
    });
    let count = 0;
    const timer = setInterval(() => {
        count += 1;
        for (const { socket } of all) {
            const more = drip(count);
            if (more !== undefined && socket.writable) {
                socket.write(more);
            }
        }
    }, 1000);
    const ended = await Promise.all(all.map(({ answered }) => answered));
    clearInterval(timer);
    all.forEach(({ socket }) => socket.destroy());
    const open_ = ended.filter(({ closed }) => !closed).length;
    assert.equal(open_, 0, `${open_} of ${CROWD} connections are open after ${PATIENCE / 1000} s`);
    const statuses = [...new Set(ended.map(({ found }) => found[0]?.status ?? 'closed'))];
    const last = Math.max(...ended.map(({ took }) => took));
    return `${statuses.join(', ')} after at most ${(last / 1000).toFixed(1)} s`;
}

/** Asks for much and reads nothing of it; must not keep the service's memory or its few places for good. */
async function slowReader(target) {
    const bytes = post({
        query: '{__schema{types{name description fields{name description args{name description}}}}}',
    });
    const before = memory(target.pid, 'VmRSS');
    const sockets = Array.from({ length: 50 }, () => {
        const socket = open(target);
        socket.pause();
        socket.write(bytes);
        return socket;
    });
    await sleep(3000);
    const grown = memory(target.pid, 'VmRSS') - before;
    sockets.forEach((socket) => socket.destroy());
    assert.ok(grown < 60, `${grown.toFixed(0)} MB more are in use`);
    return `${grown.toFixed(0)} MB more`;
}

/**
 * 50 MB, announced or not. The answer must come when it is known that it is too much, which is before the first byte of an
 * announced body, and must not be lost because the sender is still at it; so this one waits a little before it goes on.
 */
async function large(target, chunked, headers = []) {
    const socket = open(target);
    const answered = responses(socket, { enough: Infinity, patience: 10_000 });
    let sent = 0;
    const length = chunked ? ['transfer-encoding', 'chunked'] : ['content-length', '50000000'];
    const before = memory(target.pid, 'VmRSS');
    socket.write(request({ headers: [['content-type', 'application/json'], length, ...headers], length: false }));
    let closed = false;
    let known;
    answered.then(() => (closed = true));
    socket.once('data', () => (known = sent));
    const piece = Buffer.alloc(64 * 1024, ' ');
    const part = chunked ? Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]) : piece;
    await sleep(200);
    while (!closed && sent < 50_000_000) {
        // One that is not told to stop goes on as fast as it can.
        if (!socket.write(part)) {
            await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), answered]);
        }
        sent += piece.length;
        await sleep(sent < 2_000_000 ? 50 : 0);
    }
    const { found } = await answered;
    const grown = memory(target.pid, 'VmRSS') - before;
    socket.destroy();
    assert.equal(
        found[0]?.status,
        413,
        `answered ${found[0]?.status ?? 'nothing'} after ${sent} bytes: ${found[0]?.text ?? ''}`,
    );
    assert.deepEqual(codes(found[0]), ['TOO_LARGE']);
    assert.ok(closed, 'the connection is still open');
    // What the system has taken in for the program, before it looked, counts as well.
    assert.ok(known < 8_000_000, `answered after ${known} bytes`);
    assert.ok(sent < 16_000_000, `${sent} bytes were taken`);
    assert.ok(grown < 20, `${grown.toFixed(0)} MB more are in use`);
    return `413 after ${known} bytes`;
}

/** A client that asks first must be told no before it sends. */
async function expecting(target) {
    const socket = open(target);
    const answered = responses(socket, { patience: 3000 });
    socket.write(
        request({
            headers: [
                ['content-type', 'application/json'],
                ['expect', '100-continue'],
                ['content-length', '50000000'],
            ],
            length: false,
        }),
    );
    const { found } = await answered;
    socket.destroy();
    assert.equal(found[0]?.status, 413, `answered ${found[0]?.status ?? 'nothing'}`);
    return '413 before the body';
}

/** Requests one after another without waiting. They must be answered in order, or the connection closed. */
async function pipelined(target) {
    const count = 2000;
    const socket = open(target);
    const bytes = request({
        headers: [['content-type', 'application/json']],
        body: '{"query":"{[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}',
    });
    const answered = responses(socket, { enough: count, patience: 30_000 });
    for (let index = 0; index < count; index += 100) {
        socket.write(Buffer.concat(Array.from({ length: 100 }, () => bytes)));
    }
    const { found, closed } = await answered;
    socket.destroy();
    assert.ok(found.length === count || closed, `${found.length} of ${count} answered`);
    const wrong = found.filter((answer) => ![200, 400, 429].includes(answer.status));
    assert.equal(wrong.length, 0, `answered ${wrong[0]?.status}`);
    return `${found.length} answered`;
}

/** More connections than there may be at once: those beyond are refused or wait, and none of them stays. */
async function connections(target) {
    const sockets = [];
    for (let index = 0; index < 1000; index += 1) {
        sockets.push(open(target));
        if (index % 100 === 99) {
            await sleep(20);
        }
    }
    await sleep(1000);
    const count = sockets.filter((socket) => !socket.destroyed && socket.readyState === 'open').length;
    sockets.forEach((socket) => socket.destroy());
    return `${count} open after 1 s`;
}
