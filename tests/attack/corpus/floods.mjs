// Many requests that are each allowed: what is remembered of them must not grow, and one caller must not have it all.
//
// Scenarios, as in slow.mjs. `limits: 'default'` asks for a service with no limit raised.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { codes, exchange, get, open, post, request, responses } from '../lib/http.mjs';
import { memory } from '../lib/server.mjs';

const MANY = 10_000;
/** A debug build takes its time for each. */
const FEWER = 3_000;
const COSTLY = '{provinces(first:40){nodes{name programs(first:20){nodes{title}}}}}';

export const floods = [
    { name: 'hashes-unknown', run: (target) => hashes(target, MANY, false) },
    { name: 'hashes-registered', run: (target) => hashes(target, target.release ? MANY : FEWER, true) },
    { name: 'costly-at-once-100', units: 100, run: atOnce },
    { name: 'streams-100', units: 100, run: streams },
    { name: 'rate-limit', units: 1, run: rateLimit, limits: 'default' },
    { name: 'rate-limit-other-names', units: 1, run: otherNames, limits: 'default' },
    { name: 'rate-limit-by-get', units: 1, run: byGet, limits: 'default' },
    { name: 'rate-limit-user', units: 1, run: rateLimitUser, limits: 'default' },
];

/** Three connections, fewer than may be in flight, send one request after another; calls `check` with every answer. */
async function stream(target, count, build, check, { from, stop = () => false } = {}) {
    let next = 0;
    const lane = async () => {
        let socket = open(target, from);
        while (next < count && !stop()) {
            const index = next++;
            const answered = responses(socket, { patience: 15_000 });
            socket.write(build(index));
            const { found, closed } = await answered;
            check(found[0], index);
            if (closed || found[0]?.headers.connection === 'close') {
                socket.destroy();
                socket = open(target, from);
            }
        }
        socket.destroy();
    };
    await Promise.all(Array.from({ length: 3 }, lane));
}

const json = (payload, headers = []) =>
    request({
        headers: [['content-type', 'application/json'], ['accept', 'application/json'], ...headers],
        body: JSON.stringify(payload),
    });

/** Distinct hashes, with a document of 12 KB each to remember or without. */
async function hashes(target, count, registered) {
    const before = memory(target.pid, 'VmRSS');
    const padding = 'a'.repeat(12_000);
    const answered = new Map();
    await stream(
        target,
        count,
        (index) => {
            const query = `{__typename} # ${index} ${padding}`;
            const sha256Hash = createHash('sha256').update(query).digest('hex');
            const extensions = { persistedQuery: { version: 1, sha256Hash } };
            return json(registered ? { query, extensions } : { extensions });
        },
        (answer) => {
            const found = `${answer?.status} ${answer ? codes(answer) : ''}`.trim();
            answered.set(found, (answered.get(found) ?? 0) + 1);
        },
    );
    const grown = memory(target.pid, 'VmRSS') - before;
    const expected = registered ? '200' : '200 PERSISTED_QUERY_NOT_FOUND';
    assert.deepEqual([...answered], [[expected, count]], `answered ${JSON.stringify([...answered])}`);
    assert.ok(grown < 30, `${grown.toFixed(0)} MB more are in use`);
    return { said: `${count} answered, ${grown.toFixed(0)} MB more`, units: count };
}

/** Costly queries all at once: served in turn or told to come again, never an error of the server's own. */
async function atOnce(target) {
    const answers = await Promise.all(
        Array.from({ length: 100 }, () => exchange(target, post({ query: COSTLY }), { patience: 60_000 })),
    );
    const statuses = tally(answers.map((answer) => answer.status));
    assert.ok(
        answers.every((answer) => [200, 429, 503].includes(answer.status)),
        statuses,
    );
    assert.ok(
        answers.every((answer) => answer.status === 200 || answer.headers['retry-after']),
        `no Retry-After: ${statuses}`,
    );
    return statuses;
}

/** Subscriptions by server-sent events that nobody reads. */
async function streams(target) {
    const bytes = request({
        headers: [
            ['content-type', 'application/json'],
            ['accept', 'text/event-stream'],
        ],
        body: '{"query":"subscription{changes{cursor}}"}',
    });
    const heads = await Promise.all(
        Array.from({ length: 100 }, async () => {
            const socket = open(target);
            const head = new Promise((resolve) => {
                socket.once('data', (data) => resolve(Number(data.toString('latin1').split(' ')[1])));
                socket.once('close', () => resolve(0));
                setTimeout(() => resolve(0), 10_000).unref();
            });
            socket.write(bytes);
            return { socket, status: await head };
        }),
    );
    heads.forEach(({ socket }) => socket.destroy());
    const statuses = tally(heads.map(({ status }) => status));
    assert.ok(
        heads.every(({ status }) => [200, 429, 503].includes(status)),
        statuses,
    );
    return statuses;
}

/** Asks until it is told to stop, at most so often. */
async function exhaust(target, build, options) {
    let refusal;
    let served = 0;
    await stream(
        target,
        3000,
        build,
        (answer) => {
            if (answer?.status === 429) {
                refusal ??= answer;
            } else {
                assert.equal(answer?.status, 200, `answered ${answer?.status} ${answer?.text}`);
                served += 1;
            }
        },
        { ...options, stop: () => refusal !== undefined },
    );
    assert.ok(refusal, `${served} were served and none refused`);
    assert.deepEqual(codes(refusal), ['RATE_LIMITED']);
    assert.ok(Number(refusal.headers['retry-after']) >= 1, `Retry-After: ${refusal.headers['retry-after']}`);
    return { served, wait: refusal.headers['retry-after'] };
}

async function rateLimit(target) {
    const { served, wait } = await exhaust(target, () => json({ query: COSTLY }), { from: '127.0.0.3' });
    // Another address is not meant.
    const other = await exchange(target, post({ query: '{__typename}' }), { from: '127.0.0.4' });
    assert.equal(other.status, 200, `another address was answered ${other.status}`);
    return `${served} served, then Retry-After: ${wait}`;
}

/** Nobody may talk his way out with an address of his own making: no proxy is trusted by default. */
async function otherNames(target) {
    const names = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip', 'x-client-ip'];
    const headers = (index) =>
        names.map((name) => [name, name === 'forwarded' ? `for=203.0.113.${index % 250}` : `203.0.113.${index % 250}`]);
    const { served, wait } = await exhaust(target, (index) => json({ query: COSTLY }, headers(index)), {
        from: '127.0.0.5',
    });
    return `${served} served, then Retry-After: ${wait}`;
}

async function byGet(target) {
    const bytes = get({ query: COSTLY }, [['x-requested-with', 'x']]);
    const { served, wait } = await exhaust(target, () => bytes, { from: '127.0.0.6' });
    return `${served} served, then Retry-After: ${wait}`;
}

async function rateLimitUser(target) {
    const token = ['authorization', `Bearer ${target.tokens['thai-binh-editor']}`];
    const { served, wait } = await exhaust(target, () => json({ query: COSTLY }, [token]));
    return `${served} served, then Retry-After: ${wait}`;
}

function tally(values) {
    const counts = new Map();
    values.forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1));
    return [...counts].map(([value, count]) => `${value} × ${count}`).join(', ');
}
