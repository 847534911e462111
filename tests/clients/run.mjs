// Runs the suites, one after the other, and prints a line for each check.
//
//   node tests/clients/run.mjs --binary FILE [SUITE…]
//
// A suite is a module that exports a function of { check, service, start, prepare }: `service` is a running demonstration
// that all of them share, `start` gives one to stop and break, `prepare` one that does not run yet. Ends with 1 when a
// check failed.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Service } from './service.mjs';

const SUITES = ['graphqljs', 'audit', 'websocket', 'urql', 'apollo', 'relay', 'tada', 'eslint', 'federation', 'live'];

const { values, positionals } = parseArgs({ options: { binary: { type: 'string' } }, allowPositionals: true });
if (!values.binary) {
    console.error('run.mjs: --binary FILE is missing');
    process.exit(2);
}
const binary = resolve(values.binary);
let passed = 0;
let failed = 0;

const PATIENCE = 180_000;

async function check(what, body) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done after ${PATIENCE / 1000} s`)), PATIENCE);
    });
    try {
        await Promise.race([body(), late]);
        passed += 1;
        console.log(`ok ${what}`);
    } catch (error) {
        failed += 1;
        console.log(`FAILED ${what}\n${String(error?.stack ?? error).replace(/^/gm, '  ')}`);
    } finally {
        clearTimeout(timer);
    }
}

const prepare = (options) => new Service(binary, options);
const start = (options) => prepare(options).start();
const service = await start();

for (const name of positionals.length ? positionals : SUITES) {
    const began = performance.now();
    console.log(`# ${name}`);
    // A suite that cannot go on is a failed check too.
    try {
        const suite = await import(`./${name}.mjs`);
        await suite.default({ check, service, start, prepare });
    } catch (error) {
        await check(name, () => Promise.reject(error));
    }
    console.log(`# ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

service.discard();
console.log(`${passed} passed, ${failed} failed`);
// Clients leave timers and sockets behind; nothing is waited for any more.
process.exit(failed || !passed ? 1 : 0);
