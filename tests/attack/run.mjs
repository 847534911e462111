// Attacks the service, one attack of the corpus after another, and says how it took each of them.
//
//   node tests/attack/run.mjs [--release] [--only PATTERN] BINARY
//
// Each must be refused as the corpus says, the service must stay alive within its memory, and a well-behaved client must
// be served all the time. With --release, which is for a release build, each may cost 5 ms of processor time at most.
// Ends with 1 when something is not as it should be.

import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { bodies } from './corpus/bodies.mjs';
import { documents } from './corpus/documents.mjs';
import { floods } from './corpus/floods.mjs';
import { harmless } from './corpus/harmless.mjs';
import { heads } from './corpus/heads.mjs';
import { slow } from './corpus/slow.mjs';
import { values } from './corpus/values.mjs';
import { websockets } from './corpus/websocket.mjs';
import { attack } from './lib/expect.mjs';
import { post } from './lib/http.mjs';
import { begin, quantile } from './lib/polite.mjs';
import { between, memory, spent, start } from './lib/server.mjs';

const { values: options, positionals } = parseArgs({
    options: { release: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
    allowPositionals: true,
});
const [binary] = positionals;

/** What is attacked is each limit but the rate, which would hide the others. */
const RAISED = ['anonymous', 'user'].map((who) => `[limits.${who}]\ncost_per_minute = 1000000000\n`).join('');
/**
 * Megabytes of memory beside the program's own code, which is several times as large in a debug build and is no attacker's
 * doing. With the code of a release build, 25 MB, it is the 150 MB that the service may have.
 */
const MEMORY = 125;
const PROCESSOR = 5;
/** So many megabytes more than ever before are worth a word. */
const NOTABLE = 5;
/** For so many milliseconds is one attack repeated to measure it, and so often. */
const BUDGET = options.release ? 300 : 100;
const BATCHES = options.release ? 3 : 1;

const asDocument = ({ document: query, variables, operationName, code, status, ...entry }) => ({
    ...entry,
    send: () => post({ query, variables, operationName }),
    status: status ?? [code ? 400 : 200],
    code: code ?? [undefined],
});
const corpus = [
    ...harmless,
    ...documents.map(asDocument),
    ...values,
    ...bodies,
    ...heads,
    ...websockets,
    ...slow,
    ...floods,
].filter(({ name }) => new RegExp(options.only).test(name));

let passed = 0;
let failed = 0;
const polite = [];
let during = 'start';
let server;
let client;
/** What the service spends on one question of the well-behaved client. */
let ordinary = 0;

function row(good, name, cost, said) {
    good ? (passed += 1) : (failed += 1);
    console.log(`${good ? 'ok    ' : 'FAILED'}  ${name.padEnd(36)} ${cost.padStart(9)}  ${said}`);
}

async function begun(config) {
    server = { ...(await start(binary, config)), release: options.release };
    client = begin(server, server.tokens['vinh-phuc-editor'], (answer) => polite.push({ ...answer, during }));
    await sleep(500);
    const [asked, before] = [client.asked(), spent(server.pid)];
    await sleep(2000);
    ordinary = between(before, spent(server.pid)) / Math.max(1, client.asked() - asked);
}

async function ended() {
    await client.stop();
    await server.stop();
}

/** Milliseconds of processor time that the service spends while `action` runs, without the well-behaved client's. */
async function cost(action) {
    const [asked, before] = [client.asked(), spent(server.pid)];
    const units = await action();
    return Math.max(0, between(before, spent(server.pid)) - (client.asked() - asked) * ordinary) / units;
}

/** The least of several measurements: whatever disturbs one makes it longer. */
async function measured(entry, bytes) {
    const found = [];
    for (let batch = 0; batch < BATCHES; batch += 1) {
        found.push(
            await cost(async () => {
                const until = performance.now() + BUDGET;
                let units = 0;
                while (units < 3 || (units < 300 && performance.now() < until)) {
                    await attack(server, entry, bytes);
                    units += 1;
                    if (entry.patience) {
                        break;
                    }
                }
                return units;
            }),
        );
    }
    return Math.min(...found);
}

function signed(bytes, entry) {
    if (entry.as !== 'user') {
        return bytes;
    }
    const line = bytes.indexOf('\r\n') + 2;
    const header = Buffer.from(`authorization: Bearer ${server.tokens['thai-binh-editor']}\r\n`);
    return Buffer.concat([bytes.subarray(0, line), header, bytes.subarray(line)]);
}

async function one(entry) {
    if (entry.run) {
        let result;
        const milliseconds = await cost(async () => {
            result = await entry.run(server);
            return result.units ?? entry.units;
        });
        return { said: result.said ?? result, spent: milliseconds };
    }
    const bytes = signed(entry.send(), entry);
    const said = await attack(server, entry, bytes);
    return { said, spent: await measured(entry, bytes) };
}

async function stage(entries, config) {
    if (entries.length === 0) {
        return;
    }
    await begun(config);
    let worst = 0;
    for (const entry of entries) {
        during = entry.name;
        const most = memory(server.pid, 'VmHWM');
        const code = memory(server.pid, 'RssFile');
        try {
            const { said: answer, spent: milliseconds } = await one(entry);
            const now = memory(server.pid, 'VmHWM');
            worst = Math.max(worst, now - code);
            const more = now - most;
            const said = more > NOTABLE ? `${answer}; the most memory so far, by ${more.toFixed(0)} MB` : answer;
            const good = !options.release || milliseconds < PROCESSOR || entry.limits || entry.harmless;
            row(good, entry.name, `${milliseconds.toFixed(2)} ms`, good ? said : `more than ${PROCESSOR} ms; ${said}`);
        } catch (error) {
            row(
                false,
                entry.name,
                '',
                server.ended() ? `the service ended: ${server.ended()}` : error.message.replaceAll('\n', ' '),
            );
        }
        if (server.ended()) {
            await ended();
            await begun(config);
        }
    }
    during = 'end';
    await sleep(200);
    const all = memory(server.pid, 'VmHWM');
    const said = `${worst.toFixed(0)} MB at most, with its code ${all.toFixed(0)} MB`;
    row(worst < MEMORY, `memory (${config ? 'rate raised' : 'default limits'})`, '', said);
    await ended();
}

console.log(`${' '.repeat(8)}${'attack'.padEnd(36)} ${'processor'.padStart(9)}  answer`);
await stage(
    corpus.filter((entry) => entry.limits !== 'default'),
    RAISED,
);
await stage(
    corpus.filter((entry) => entry.limits === 'default'),
    undefined,
);

const took = polite.map((answer) => answer.took).sort((a, b) => a - b);
const wrong = polite.filter((answer) => answer.wrong);
const [p50, p99, most] = [0.5, 0.99, 1].map((part) => quantile(took, part).toFixed(1));
row(
    wrong.length === 0,
    'well-behaved client',
    '',
    `${polite.length} asked, ${wrong.length} not served; p50 ${p50}, p99 ${p99}, max ${most} ms`,
);
wrong.slice(0, 10).forEach((answer) => console.log(`        during ${answer.during}: ${answer.wrong}`));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
