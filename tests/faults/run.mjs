// Breaks the service in the middle of its work and looks at what is left: nothing that was acknowledged may be gone, and
// nothing may have happened twice.
//
//   node tests/faults/run.mjs [--size small|full] [--engine sqlite|postgres] [--set NAME=NUMBER]… BINARY [SUITE…]
//
// A suite is a module of suites/ that exports its sizes, by engine, and a function of { place, engine, size, begun }.
// It answers rows of the table that is printed in the end, each with what failed. Ends with 1 when something did.
// FAULTS_KEEP=1 keeps the folders with the service's log.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Place } from './lib/service.mjs';

const SUITES = ['retry', 'hang-up', 'concurrent', 'kill-service', 'kill-postgres', 'changes', 'late'];

const { values: options, positionals } = parseArgs({
    options: {
        size: { type: 'string', default: 'small' },
        engine: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
        set: { type: 'string', multiple: true, default: [] },
    },
    allowPositionals: true,
});
const [binary, ...suites] = positionals;
if (!binary) {
    console.error('run.mjs: name the program: node tests/faults/run.mjs BINARY');
    process.exit(2);
}
const set = Object.fromEntries(options.set.map((text) => text.split('=')).map(([name, value]) => [name, Number(value)]));
['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((name) => process.on(name, () => process.exit(130)));

const rows = [];

async function one(name, engine) {
    const suite = await import(`./suites/${name}.mjs`);
    const size = suite.sizes[options.size]?.[engine];
    if (!size) {
        return;
    }
    const places = [];
    const place = async (settings) => {
        places.push(await Place.create(resolve(binary), engine, settings));
        return places.at(-1);
    };
    const begun = performance.now();
    const told = [];
    try {
        await suite.default({ place, engine, size: { ...size, ...set }, told: (row) => told.push(row) });
    } catch (error) {
        told.push({ runs: '', acknowledged: '', lost: '', said: '', failures: [String(error?.stack ?? error)] });
    }
    for (const row of told) {
        const all = [...row.failures, ...places.flatMap((one) => one.complaints())];
        rows.push({ seconds: ((performance.now() - begun) / 1000).toFixed(0), ...row, name: row.name ?? name, engine, failures: all });
        print(rows.at(-1));
        all.slice(0, 10).forEach((failure) => console.log(`        ${failure.slice(0, 1500).replaceAll('\n', '\n        ')}`));
        if (all.length > 10) {
            console.log(`        and ${all.length - 10} more`);
        }
    }
    places.forEach((one) => one.discard());
}

function print({ name, engine, runs, acknowledged, lost, seconds, said, failures }) {
    const verdict = failures ? (failures.length ? 'FAILED' : 'ok    ') : '      ';
    const cells = [name.padEnd(22), engine.padEnd(9)];
    cells.push(...[runs, acknowledged, lost, seconds].map((value) => String(value).padStart(9)));
    console.log(`${verdict}  ${cells.join(' ')}  ${said}`);
}

const HEAD = { name: 'suite', engine: 'engine', runs: 'runs', acknowledged: 'told', lost: 'lost', seconds: 'seconds' };
const head = () => print({ ...HEAD, said: '' });

head();
for (const name of suites.length ? suites : SUITES) {
    for (const engine of options.engine) {
        await one(name, engine);
    }
}
if (rows.length > 1) {
    console.log('');
    head();
    rows.forEach(print);
}
const failed = rows.filter(({ failures }) => failures.length).length;
console.log(`${rows.length - failed} passed, ${failed} failed`);
process.exit(failed || !rows.length ? 1 : 0);
