// Clients follow the changes over connections that break, while much is written, on PostgreSQL through two services at
// once: none may miss a change, and the order is that of the list of changes. Some may come twice.
//
// On PostgreSQL also with transactions that commit after younger ones: a row is held by a session of psql, so that an
// update that has begun waits for it, while others begin and end.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CREATE, UPDATE, beside, changes, data, draft, introduce } from '../lib/asking.mjs';
import { Follower } from '../lib/follower.mjs';
import { MOST_WRONG, Writers, audited } from '../lib/writers.mjs';

export const sizes = {
    small: {
        sqlite: { changes: 600, parallel: 8, followers: 2 },
        postgres: { changes: 600, parallel: 8, followers: 2, late: 2, services: 2 },
    },
    full: {
        sqlite: { changes: 10_000, parallel: 8, followers: 1 },
        postgres: { changes: 10_000, parallel: 8, followers: 1, late: 10, services: 2 },
    },
};

/** A new program is so many changes more, in one transaction. */
const AREAS = 9;
/** In the end a connection may last as long as it will. */
const UNBROKEN = 3_600_000;

export default async function ({ place, size, told }) {
    const home = await place();
    for (let count = 0; count < (size.services ?? 1); count += 1) {
        await home.serve();
    }
    const { services, staff } = home;
    await introduce(services[0], staff);
    // Each has something to begin after.
    const starts = new Map();
    for (const member of staff) {
        await data(services[0], member, CREATE, { input: draft(member, 'Trước') });
        starts.set(member, (await settled(services[0], member)).at(-1).cursor);
    }
    const followers = staff.flatMap((member) =>
        Array.from({ length: size.followers }, (_, place) => {
            const turned = [...services.slice(place), ...services.slice(0, place)];
            return new Follower(turned, member, starts.get(member));
        }),
    );

    const create = () => ({ areas: Array.from({ length: AREAS }, (_, place) => ({ label: `Lĩnh vực ${place + 1}` })) });
    const writers = new Writers(services, staff, { parallel: size.parallel, create });
    const written = () => writers.acknowledged + writers.records.size * AREAS;
    writers.begin();
    while (written() < size.changes && writers.wrong.length < MOST_WRONG) {
        await sleep(50);
    }
    await writers.stop();
    const heard = followers.reduce((sum, { seen }) => sum + seen.size, 0);
    const behind = written() * size.followers - heard;
    await compare({ home, followers, starts, told, writers, written: written(), behind });

    if (size.late) {
        const failures = [];
        let held = 0;
        for (let round = 0; round < size.late; round += 1) {
            held += await late(home, followers, failures);
        }
        await settle(home, followers, failures);
        const lost = await check(home, followers, starts, failures);
        failures.push(...(await audited(home)));
        const said = `${size.late} updates committed after 20 younger ones each, of which ${held} were kept back until then`;
        told({ name: 'changes, late commits', runs: size.late, acknowledged: size.late * 21, lost, said, failures });
    }
    await Promise.all(followers.map((follower) => follower.stop()));
}

/** The changes, once those that were kept back may be read. */
async function settled(service, member, start) {
    await sleep(300);
    return changes(service, member, start);
}

async function compare({ home, followers, starts, told, writers, written, behind }) {
    const failures = [...writers.wrong];
    await settle(home, followers, failures);
    const lost = await check(home, followers, starts, failures, written);
    const found = await writers.verify();
    failures.push(...found.problems, ...(await audited(home)));
    if (found.lost) {
        failures.push(`${found.lost} acknowledged records are not as they were told to be`);
    }
    const count = (name) => followers.reduce((sum, follower) => sum + follower[name], 0);
    const why = writers.why();
    const said = `${written} changes, ${followers.length} followers over ${count('connections')} connections: missed ${lost}, came twice ${count('again')}; ${behind} behind when the last was written${why && `; ${why}`}`;
    told({ runs: count('connections'), acknowledged: writers.acknowledged, lost: lost + found.lost, said, failures });
}

/** Lets the followers go on in peace, over connections of services that are new. */
async function settle(home, followers, failures) {
    followers.forEach((follower) => (follower.lasts = () => UNBROKEN));
    failures.push(...(await home.renew()));
}

/** How many changes followers have missed. */
async function check({ services, staff }, followers, starts, failures, written) {
    let [missed, all] = [0, 0];
    for (const member of staff) {
        const truth = await settled(services[0], member, starts.get(member));
        all += truth.length;
        for (const follower of followers.filter((one) => one.member === member)) {
            await follower.reach(truth.at(-1)?.cursor);
            const heard = [...follower.seen.keys()];
            missed += truth.filter(({ cursor }) => !follower.seen.has(cursor)).length;
            const known = new Map(truth.map((change) => [change.cursor, change]));
            const unknown = heard.filter((cursor) => !known.has(cursor));
            if (unknown.length) {
                failures.push(`${unknown.length} changes were told that are not listed: ${unknown[0]}`);
            }
            const other = truth.filter(({ cursor }) => follower.seen.has(cursor)).findIndex(({ cursor }, at) => cursor !== heard[at]);
            if (other >= 0) {
                failures.push(`another order than the list's from change ${other} on: ${JSON.stringify(truth[other])}`);
            }
            const different = truth.find(({ cursor, operation, id, type }) => {
                const said = follower.seen.get(cursor);
                return said && [said.operation, said.id, said.type].join() !== [operation, id, type].join();
            });
            if (different) {
                failures.push(`told otherwise than listed: ${JSON.stringify(different)}`);
            }
            failures.push(...follower.wrong.splice(0));
        }
    }
    if (missed) {
        failures.push(`${missed} changes were missed`);
    }
    if (written !== undefined && all !== written) {
        failures.push(`${written} changes were acknowledged, ${all} are listed`);
    }
    return missed;
}

/** One update that commits after 20 younger transactions. Answers how many of these were kept back until then. */
async function late({ services, staff, postgres }, followers, failures) {
    const [member] = staff;
    const own = followers.filter((follower) => follower.member === member);
    const title = `Muộn ${randomUUID()}`;
    const { done } = await data(services[0], member, CREATE, { input: draft(member, title) });
    const psql = postgres.session('phoihop');
    await psql.say(`BEGIN; SELECT 1 FROM programs WHERE title_vi = '${title}' FOR UPDATE`);
    const input = { id: done.program.id, version: 1, note: 'muộn', idempotencyKey: randomUUID() };
    // The key is claimed before the row is waited for: by then the transaction has its number.
    const update = data(services[0], member, UPDATE, { input });
    const waiting = `SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND backend_xid IS NOT NULL`;
    for (const end = performance.now() + 10_000; (await postgres.ask(waiting, 'phoihop')) !== '1'; await sleep(20)) {
        if (performance.now() > end) {
            failures.push('no transaction waits for the row');
            break;
        }
    }
    const younger = [];
    await beside(4, 20, async (number) => {
        const { done: made } = await data(services.at(-1), member, CREATE, { input: draft(member, `${title} ${number}`) });
        younger.push(made.program.id);
    });
    await sleep(500);
    const told = new Set(own.flatMap((follower) => [...follower.seen.values()].map(({ id }) => id)));
    const held = younger.filter((id) => !told.has(id)).length;
    await psql.say('ROLLBACK');
    psql.end();
    const { done: updated } = await update;
    if (updated.program?.version !== 2) {
        failures.push(`the late update: ${JSON.stringify(updated)}`);
    }
    return held;
}
