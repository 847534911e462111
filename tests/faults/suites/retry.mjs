// Requests whose answer never arrives: the connection is cut at some moment after the request was sent, and the request
// is repeated under its idempotency key. Each must have happened once, whichever of the attempts was carried out.

import { randomUUID } from 'node:crypto';
import { CREATE, answered, beside, data, draft, introduce, programs, written } from '../lib/asking.mjs';
import { cut, usual } from '../lib/cutting.mjs';
import { audited } from '../lib/writers.mjs';

export const sizes = {
    small: { sqlite: { requests: 100, parallel: 8 }, postgres: { requests: 100, parallel: 8 } },
    full: { sqlite: { requests: 1000, parallel: 8 }, postgres: { requests: 1000, parallel: 8 } },
};

/** So many attempts of a request may be cut. */
const MOST_CUTS = 3;

export default async function ({ place, size, told }) {
    const home = await place();
    const service = await home.serve();
    await introduce(service, home.staff);
    const prefix = `Lặp lại ${randomUUID()}`;
    const failures = [];
    const cuts = { early: 0, answer: 0 };

    // How long a request takes, beside as many others as there will be: cuts are to fall before and after its commit.
    const longest = await usual(size.parallel, (number) => {
        const member = home.staff[number % home.staff.length];
        return data(service, member, CREATE, { input: draft(member, `Trước ${number}`) });
    });

    const made = new Map();
    await beside(size.parallel, size.requests, async (number) => {
        const member = home.staff[number % home.staff.length];
        const input = draft(member, `${prefix} ${number}`);
        let said;
        for (let attempt = 0; attempt < MOST_CUTS && Math.random() < 0.75; attempt += 1) {
            const moment = Math.random() < 0.4 ? 'answer' : Math.random() * 1.2 * longest;
            said = await cut(service, written(member, CREATE, { input }), moment);
            if (!said.cut) {
                break;
            }
            cuts[moment === 'answer' ? 'answer' : 'early'] += 1;
        }
        if (!said || said.cut || said.again) {
            said = await answered(service, member, CREATE, { input });
        }
        const { program, errors } = said.data?.done ?? {};
        if (program?.title === input.title && program.version === 1) {
            made.set(number, { id: program.id, input, member });
        } else {
            failures.push(`${number}: ${JSON.stringify(said.wrong ?? { program, errors })}`);
        }
    });

    const again = [...made.values()].filter((_, place) => place % 5 === 0);
    await beside(size.parallel, again.length, async (number) => {
        const { id, input, member } = again[number];
        const done = await payload(service, member, input);
        if (done.program?.id !== id) {
            failures.push(`repeated, ${id} became ${JSON.stringify(done)}`);
        }
        const other = { ...input, title: `${input.title} khác` };
        const refused = await payload(service, member, other);
        if (refused.program || refused.errors?.map(({ code }) => code).join() !== 'KEY_REUSED') {
            failures.push(`another request under the same key: ${JSON.stringify(refused)}`);
        }
        // A key is its owner's alone.
        const stranger = home.staff.find((one) => one !== member);
        const own = await payload(service, stranger, { ...input, tenant: stranger.tenantId, title: `Riêng ${number}` });
        if (!own.program || own.program.id === id) {
            failures.push(`the same key of somebody else: ${JSON.stringify(own)}`);
        }
    });

    failures.push(...(await home.renew()));
    const all = (await Promise.all(home.staff.map((member) => programs(service, member, prefix)))).flat();
    const ids = new Set(all.map(({ id }) => id));
    const lost = [...made.values()].filter(({ id }) => !ids.has(id)).length;
    const titles = new Set(all.map(({ title }) => title));
    if (all.length !== size.requests || titles.size !== size.requests || lost) {
        failures.push(`${size.requests} requests made ${all.length} programs of ${titles.size} titles; ${lost} lost`);
    }
    failures.push(...(await audited(home)));
    const twice = all.length - titles.size;
    const said = `${all.length} effects of ${size.requests} requests, ${twice} twice; cut ${cuts.early} times before the answer, ${cuts.answer} at its first byte; ${again.length} repeated, ${again.length} keys reused`;
    told({ runs: size.requests, acknowledged: made.size, lost, said, failures });
}

/** What became of a request: its payload, or what went wrong with it. */
async function payload(service, member, input) {
    const { data: found, wrong } = await answered(service, member, CREATE, { input });
    return found?.done ?? { wrong };
}
