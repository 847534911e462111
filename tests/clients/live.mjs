// Following the changes through a crash: what a client saw, resuming after its last cursor, is what the list of changes
// says afterwards. Over a websocket (graphql-ws), over SSE (graphql-sse), and over SSE as browsers resume it.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';

const WAIT = 30_000;
const FIELDS = 'cursor at operation type id tenant { id } node { id __typename }';
const FOLLOW = `subscription Follow($after: String) { changes(after: $after) { ${FIELDS} } }`;
const LIST = `query List($after: String) {
    changes(after: $after, first: 100) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } }
}`;

const sample = (name) => readFileSync(new URL(`../../crates/dossier/samples/${name}.yaml`, import.meta.url), 'utf8');

// A part of an event stream at a time: { event, id, data }. As in a browser, an event without a line of data is none.
async function* events(body) {
    let text = '';
    for await (const piece of body.pipeThrough(new TextDecoderStream())) {
        text += piece;
        for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
            const lines = text
                .slice(0, end)
                .split('\n')
                .filter((line) => line && !line.startsWith(':'));
            text = text.slice(end + 2);
            if (lines.some((line) => line.startsWith('data:'))) {
                yield Object.fromEntries(lines.map((line) => /^(\w+): ?(.*)$/.exec(line).slice(1)));
            }
        }
    }
}

// One connection each: results, from the cursor on, until it breaks or is broken by the signal.
const WAYS = {
    'graphql-ws': async function* (service, after, signal) {
        const client = createWsClient({ url: service.graphql.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
        signal.addEventListener('abort', () => client.terminate());
        yield* client.iterate({ query: FOLLOW, variables: { after } });
    },
    'graphql-sse': async function* (service, after, signal) {
        const client = createSseClient({ url: service.graphql, retryAttempts: 0 });
        signal.addEventListener('abort', () => client.dispose());
        yield* client.iterate({ query: FOLLOW, variables: { after } });
    },
    'an event stream with Last-Event-ID': async function* (service, after, signal) {
        const response = await fetch(service.graphql, {
            method: 'POST',
            headers: {
                'content-type': 'application/json',
                accept: 'text/event-stream',
                ...(after && { 'last-event-id': after }),
            },
            body: JSON.stringify({ query: FOLLOW }),
            signal,
        });
        assert.equal(response.status, 200);
        for await (const { event, id, data } of events(response.body)) {
            if (event === 'next') {
                const result = JSON.parse(data);
                assert.equal(id, result.data?.changes.cursor);
                yield result;
            }
        }
    },
};

// Follows the changes, and takes up the thread whenever it breaks.
class Follower {
    seen = [];
    connections = [];
    #connection;
    #done = false;

    constructor(way, service, after) {
        this.last = after;
        this.running = this.#run(WAYS[way], service);
    }

    async #run(way, service) {
        while (!this.#done) {
            const here = [];
            this.connections.push(here);
            try {
                this.#connection = new AbortController();
                for await (const { data, errors } of way(service, this.last, this.#connection.signal)) {
                    assert.equal(errors, undefined, JSON.stringify(errors));
                    here.push(data.changes.cursor);
                    this.seen.push(data.changes);
                    this.last = data.changes.cursor;
                }
            } catch (error) {
                // The service is gone: that is what is tried here.
                this.error = error;
            }
            await sleep(100);
        }
    }

    async reach(cursor) {
        for (const end = performance.now() + WAIT; this.last !== cursor; await sleep(50)) {
            assert.ok(
                performance.now() < end,
                `not there after ${WAIT / 1000} s, ${this.seen.length} changes seen: ${this.error?.stack ?? this.error}`,
            );
        }
    }

    async stop() {
        this.#done = true;
        this.#connection.abort();
        await Promise.race([this.running, sleep(2_000)]);
    }
}

async function list(service, after) {
    const nodes = [];
    for (;;) {
        const { data, errors } = await service.ask(LIST, { after });
        assert.equal(errors, undefined, JSON.stringify(errors));
        nodes.push(...data.changes.nodes);
        if (!data.changes.pageInfo.hasNextPage) {
            return nodes;
        }
        after = data.changes.pageInfo.endCursor;
    }
}

export default async function ({ check, prepare }) {
    const service = prepare({ command: 'serve' });
    const bring = async (name, text = sample(name)) => {
        const file = join(service.dir, `${name}.yaml`);
        writeFileSync(file, text);
        await service.run('import', file);
    };
    const retitle = (name, word) => bring(name, sample(name).replace(/^ {4}title: \S.*$/gm, `$& (${word})`));
    const open = (text) => text.replace('visibility: INTERNAL\n', '');

    await service.run('migrate');
    await bring('seed-0');
    await service.start();
    const before = await list(service, null);
    const start = before.at(-1)?.cursor ?? null;
    const followers = Object.fromEntries(Object.keys(WAYS).map((way) => [way, new Follower(way, service, start)]));
    await sleep(500);

    await bring('seed-1');
    await retitle('seed-0', 'sửa 1');
    await check('changes are told while they happen', async () => {
        const last = (await list(service, start)).at(-1).cursor;
        await Promise.all(Object.values(followers).map((follower) => follower.reach(last)));
    });

    await service.kill();
    await retitle('seed-0', 'sửa 2');
    await bring('seed-2');
    // With something in it that is taken out again.
    await bring('walls-vinh-phuc-internal', open(sample('walls-vinh-phuc-internal')));
    await service.start();
    await bring('walls-vinh-phuc-internal', open(sample('walls-vinh-phuc-internal')).replace(/^ {4}results: .*\n/m, ''));
    await retitle('seed-1', 'sửa 3');

    const truth = await list(service, start);
    await check('the changes are of every kind, and more than a page', () => {
        assert.deepEqual([...new Set(truth.map(({ operation }) => operation))].sort(), ['CREATED', 'DELETED', 'UPDATED']);
        assert.ok(truth.length > 100);
        assert.equal(new Set(truth.map(({ cursor }) => cursor)).size, truth.length);
        assert.ok(truth.every(({ operation, node }) => operation !== 'DELETED' || node === null));
    });
    for (const [way, follower] of Object.entries(followers)) {
        await check(`${way}: through a crash without a gap, of ${truth.length} changes`, async () => {
            await follower.reach(truth.at(-1).cursor);
            // Whatever came twice came twice because the connection broke.
            for (const cursors of follower.connections) {
                assert.equal(new Set(cursors).size, cursors.length, 'twice on one connection');
            }
            assert.ok(follower.connections.filter((cursors) => cursors.length).length >= 2, 'the connection never broke');
            const plain = ({ cursor, operation, type, id, tenant, at }) => ({ cursor, operation, type, id, tenant, at });
            const once = new Map(follower.seen.map((change) => [change.cursor, plain(change)]));
            assert.deepEqual([...once.values()], truth.map(plain));
            assert.ok(
                follower.seen.length - once.size <= follower.connections.length,
                `${follower.seen.length - once.size} came twice`,
            );
        });
        await follower.stop();
    }

    await check('a query is answered as events too, and their end is told to browsers', async () => {
        const response = await fetch(service.graphql, {
            method: 'POST',
            headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
            body: JSON.stringify({ query: '{ __typename }' }),
        });
        const seen = [];
        for await (const { event, data } of events(response.body)) {
            seen.push([event, data && JSON.parse(data).data]);
        }
        assert.deepEqual(seen, [
            ['next', { __typename: 'Query' }],
            ['complete', ''],
        ]);
    });
    await check('a cursor that is none is refused', async () => {
        const { errors } = await service.ask(LIST, { after: 'nonsense' });
        assert.equal(errors[0].extensions.code, 'CURSOR_INVALID');
    });
    await check('the service stops while it is followed', async () => {
        const last = new Follower('graphql-ws', service, start);
        await sleep(500);
        assert.equal(await service.stop(), 0);
        await last.stop();
    });
    service.discard();
}
