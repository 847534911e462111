// Clients that hang up in the middle of reads and writes, as browsers do all the time. No transaction may stay open behind them: it
// would be somebody else's next, with its old snapshot and with who acted in it. So others read what they have written.

import { randomUUID } from 'node:crypto';
import { CREATE, ask, beside, data, draft, introduce, programs, written } from '../lib/asking.mjs';
import { cut, usual } from '../lib/cutting.mjs';

export const sizes = {
    small: { sqlite: { requests: 400, parallel: 8 }, postgres: { requests: 400, parallel: 8 } },
    full: { sqlite: { requests: 4000, parallel: 8 }, postgres: { requests: 4000, parallel: 8 } },
};

const READ = '{ programs(first: 1) { nodes { id } } }';

/** After so many that hang up, others write. */
const EACH = 40;
const WRITES = 4;

export default async function ({ place, size, told }) {
    const home = await place();
    const service = await home.serve();
    await introduce(service, home.staff);
    const longest = await usual(size.parallel, (number) => data(service, home.staff[number % 2], READ));
    const failures = [];
    const wrong = {};
    const prefix = `Còn lại ${randomUUID()}`;
    const acknowledged = new Set();
    let [stuck, rounds] = [0, 0];
    for (let done = 0; done < size.requests; done += EACH) {
        rounds += 1;
        await beside(size.parallel, EACH, (number) => {
            const member = home.staff[number % 2];
            const write = () => written(member, CREATE, { input: draft(member, `Bỏ dở ${randomUUID()}`) });
            return cut(service, number % 4 < 3 ? written(member, READ) : write(), Math.random() * longest);
        });
        if (rounds % 5 === 0) {
            stuck += (await home.stuck()).length;
        }
        await beside(WRITES, WRITES, async (number) => {
            const member = home.staff[number % 2];
            const said = await ask(service, member, CREATE, { input: draft(member, `${prefix} ${rounds}.${number}`) });
            if (said.data?.done.program) {
                acknowledged.add(said.data.done.program.id);
                return;
            }
            const what = said.again ?? said.wrong?.replace(/"requestId":"[^"]*"/, '') ?? JSON.stringify(said.data.done);
            wrong[what] = (wrong[what] ?? 0) + 1;
        });
    }
    const writes = acknowledged.size;
    Object.entries(wrong).forEach(([what, times]) => failures.push(`${times} writes of others: ${what}`));
    if (stuck) {
        failures.push(`${stuck} of ${Math.floor(rounds / 5)} times transactions were open that no request worked in`);
    }
    failures.push(...(await home.renew()));
    for (const { id } of (await Promise.all(home.staff.map((member) => programs(service, member, prefix)))).flat()) {
        acknowledged.delete(id) || failures.push(`${id} is there, but was not acknowledged`);
    }
    const lost = acknowledged.size;
    if (lost) {
        failures.push(`${lost} of ${writes} acknowledged writes are not there`);
    }
    const said = `${size.requests} requests hung up on; ${rounds * WRITES} writes of others beside them, ${rounds * WRITES - writes} not as they should be`;
    told({ runs: size.requests, acknowledged: writes, lost, said, failures });
}
