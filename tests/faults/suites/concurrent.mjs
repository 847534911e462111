// Many edit one record at once. Each edit is an effect or a conflict; no acknowledged one is overwritten unseen.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CREATE, UPDATE, answered, beside, data, draft, introduce, politely } from '../lib/asking.mjs';
import { audited } from '../lib/writers.mjs';

export const sizes = {
    small: { sqlite: { edits: 60, parallel: 16, burst: 60 }, postgres: { edits: 60, parallel: 16, burst: 60 } },
    full: { sqlite: { edits: 400, parallel: 16, burst: 400 }, postgres: { edits: 400, parallel: 16, burst: 400 } },
};

/** Four hundred at once wait long for a few connections. */
const PATIENCE = 400_000;

const READ = 'query ($id: ID!) { node(id: $id) { ... on Program { version note } } }';
const HISTORY = `query ($id: ID!, $after: String) {
    node(id: $id) { ... on Program {
        version
        history(first: 100, after: $after) { nodes { changes { field after } } pageInfo { hasNextPage endCursor } }
    } }
}`;

export default async function ({ place, size, told }) {
    const home = await place();
    const service = await home.serve();
    await introduce(service, home.staff);
    const [member] = home.staff;
    const failures = [];
    const again = {};
    const { done } = await data(service, member, CREATE, { input: draft(member, `Nhiều người ${randomUUID()}`) });
    const { id } = done.program;
    const effective = new Set();
    let conflicts = 0;

    const edit = async (version, note) => {
        const input = { id, version, note, idempotencyKey: randomUUID() };
        const noted = (why) => (again[why] = (again[why] ?? 0) + 1);
        const { data: answer, wrong } = await answered(service, member, UPDATE, { input }, { noted, patience: PATIENCE, pause: politely });
        const { program, errors = [] } = answer?.done ?? {};
        // What is answered is read after the commit, when somebody else may have come already.
        if (program && program.version > version) {
            effective.add(note);
        } else if (errors.length === 1 && errors[0].code === 'CONFLICT') {
            conflicts += 1;
        } else {
            failures.push(`${note}: ${wrong ?? JSON.stringify({ program, errors })}`);
        }
    };
    const read = async () => (await data(service, member, READ, { id })).node;

    await beside(size.parallel, size.edits, async (number) => {
        const { version: seen } = await read();
        // People do not go in step.
        await sleep(Math.random() * 100);
        await edit(seen, `lần ${number}`);
    });
    const [effects, refused] = [effective.size, conflicts];
    const { version } = await read();
    if (version !== 1 + effects || effects + refused !== size.edits) {
        failures.push(`${size.edits} edits: ${effects} effects and ${refused} conflicts, version ${version}`);
    }

    await beside(size.burst, size.burst, (number) => edit(version, `cùng lúc ${number}`));
    const won = effective.size - effects;
    if (won !== 1 || conflicts - refused !== size.burst - 1) {
        failures.push(`${size.burst} edits of one version: ${won} effects, ${conflicts - refused} conflicts`);
    }

    const notes = [];
    for (let after = null, more = true; more; ) {
        const { history, ...program } = (await data(service, member, HISTORY, { id, after })).node;
        notes.push(...history.nodes.flatMap(({ changes }) => changes.filter(({ field }) => field === 'note')));
        ({ hasNextPage: more, endCursor: after } = history.pageInfo);
        if (program.version !== 1 + effective.size) {
            failures.push(`${effective.size} effects, version ${program.version}`);
        }
    }
    const kept = new Set(notes.map(({ after }) => JSON.parse(after)));
    const lost = [...effective].filter((note) => !kept.has(note)).length;
    if (lost || notes.length !== effective.size) {
        failures.push(`${effective.size} effects, of which history misses ${lost}; it has ${notes.length}`);
    }
    failures.push(...(await audited(home)));
    const retried = Object.entries(again).map(([why, times]) => `; ${why} ×${times}`).join('');
    const said = `${size.edits} edits: ${effects} effects, ${refused} conflicts; ${size.burst} at once: ${won} effect, ${conflicts - refused} conflicts${retried}`;
    told({ runs: size.edits + size.burst, acknowledged: effective.size, lost, said, failures });
}
