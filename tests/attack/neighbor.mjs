// Measures what a noisy tenant does to its neighbor: how fast one tenant is served alone, and then while another one sends
// twenty times its share. Nothing is raised: the limits are what keeps them apart.
//
//   node tests/attack/neighbor.mjs [--seconds 30] [--connections 20] [--unbounded] BINARY
//
// With --unbounded the noisy tenant asks again as soon as it is refused, as fast as its connections can.
// The figures depend on the machine and are no test.

import { readFileSync } from 'node:fs';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { quantile } from './lib/polite.mjs';
import { between, spent, start } from './lib/server.mjs';

const RATE = 5;
const TIMES = 20;
const QUIET = 'vinh-phuc-editor';
const NOISY = 'thai-binh-editor';

function ask({ host, port, token, body, agent }) {
    return new Promise((resolve) => {
        const begun = performance.now();
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
        const request = http.request({ host, port, method: 'POST', path: '/graphql', headers, agent }, (response) => {
            response.resume();
            response.on('end', () => resolve({ status: response.statusCode, took: performance.now() - begun }));
        });
        request.setTimeout(30_000, () => request.destroy());
        request.on('error', () => resolve({ status: 0, took: performance.now() - begun }));
        request.end(body);
    });
}

/** `200 × 98, 429 × 2`. */
function tally(statuses) {
    const counts = new Map();
    statuses.forEach((status) => counts.set(status, (counts.get(status) ?? 0) + 1));
    return [...counts].map(([status, count]) => `${status || 'cut off'} × ${count}`).join(', ');
}

/** The noisy tenant, in a thread of its own: many connections, each asking again as soon as it is answered. */
async function noise() {
    const { connections, share, ...target } = workerData;
    const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
    const statuses = [];
    const begun = performance.now();
    let sent = 0;
    let running = true;
    parentPort.once('message', () => (running = false));
    const lane = async () => {
        while (running) {
            // Not faster than its twenty shares, unless told so.
            const due = begun + (sent / share) * 1000;
            sent += 1;
            await sleep(Math.max(0, due - performance.now()));
            const { status } = await ask({ ...target, agent });
            statuses.push(status);
        }
    };
    await Promise.all(Array.from({ length: connections }, lane));
    agent.destroy();
    parentPort.postMessage({ statuses, rate: sent / ((performance.now() - begun) / 1000) });
}

/** The quiet tenant: at fixed times, whether the last one was answered or not, so that waiting is not overlooked. */
async function load(server, body, seconds) {
    const agent = new http.Agent({ keepAlive: true });
    const target = { host: server.host, port: server.port, token: server.tokens[QUIET], body, agent };
    await ask(target);
    const before = spent(server.pid);
    const answers = [];
    const begun = performance.now();
    for (let index = 0; index < seconds * RATE; index += 1) {
        await sleep(Math.max(0, begun + (index / RATE) * 1000 - performance.now()));
        answers.push(ask(target));
    }
    const all = await Promise.all(answers);
    const processor = between(before, spent(server.pid)) / (performance.now() - begun);
    agent.destroy();
    const took = all.map((answer) => answer.took).sort((a, b) => a - b);
    return {
        statuses: tally(all.map(({ status }) => status)),
        p50: quantile(took, 0.5),
        p99: quantile(took, 0.99),
        processor,
    };
}

function say(title, { statuses, p50, p99, processor }) {
    console.log(
        `${title}: ${statuses}; p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; ${processor.toFixed(2)} processors busy`,
    );
}

async function main() {
    const { values, positionals } = parseArgs({
        options: {
            seconds: { type: 'string', default: '30' },
            connections: { type: 'string', default: '20' },
            unbounded: { type: 'boolean', default: false },
        },
        allowPositionals: true,
    });
    const seconds = Number(values.seconds);
    const cookbook = new URL('../../docs/cookbook/', import.meta.url);
    // The heaviest page of the cookbook: all that is known of one program.
    const body = JSON.stringify({
        query: readFileSync(new URL('program-page.graphql', cookbook), 'utf8'),
        variables: JSON.parse(readFileSync(new URL('program-page.json', cookbook), 'utf8')),
    });
    const server = await start(positionals[0]);
    try {
        const alone = await load(server, body, seconds);
        say('alone       ', alone);
        const workerData_ = {
            host: server.host,
            port: server.port,
            token: server.tokens[NOISY],
            body,
            connections: Number(values.connections),
            share: values.unbounded ? Infinity : RATE * TIMES,
        };
        const worker = new Worker(fileURLToPath(import.meta.url), { workerData: workerData_ });
        const report = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
        await sleep(1000);
        const beside = await load(server, body, seconds);
        worker.postMessage('stop');
        const { statuses, rate } = await report;
        say('beside noise', beside);
        console.log(`ratio: p50 ${(beside.p50 / alone.p50).toFixed(2)}, p99 ${(beside.p99 / alone.p99).toFixed(2)}`);
        console.log(
            `the noisy tenant sent ${rate.toFixed(0)} a second, ${(rate / RATE).toFixed(0)} times as many: ${tally(statuses)}`,
        );
    } finally {
        await server.stop();
    }
}

await (isMainThread ? main() : noise());
