// PostgreSQL is killed with all its processes while the service writes, and started again after a while. The service goes
// on by itself. That this would be seen if it lost something is shown with `synchronous_commit = off`, which may.

import { setTimeout as sleep } from 'node:timers/promises';
import { introduce } from '../lib/asking.mjs';
import { Writers, reckon } from '../lib/writers.mjs';
import { spread } from '../lib/figures.mjs';

export const sizes = {
    small: { postgres: { kills: 2, parallel: 8 } },
    full: { postgres: { kills: 10, parallel: 8 } },
};

/** So often one tries to lose something. */
const TRIES = 5;

async function crash(home, service, writers, failures, most) {
    await writers.work();
    home.postgres.kill();
    await sleep(Math.random() * most);
    await home.postgres.start();
    const took = await writers.next();
    if (service.ended !== undefined) {
        failures.push(`the service ended: ${service.ended}`);
    }
    return took;
}

export default async function ({ place, size, told }) {
    const home = await place();
    const service = await home.serve();
    await introduce(service, home.staff);
    const failures = [];
    const writers = new Writers([service], home.staff, size).begin();
    const back = [];
    for (let kill = 0; kill < size.kills; kill += 1) {
        // Also for longer than one waits for a connection.
        back.push(await crash(home, service, writers, failures, kill % 3 === 2 ? 8_000 : 1_000));
    }
    await writers.stop();
    const found = await reckon(home, writers);
    failures.push(...found.failures);
    const said = `${writers.records.size} records; writing again ${spread(back)} s after PostgreSQL is; ${writers.why()}`;
    told({ runs: size.kills, acknowledged: writers.acknowledged, lost: found.lost, said, failures });

    await careless({ place, size, told });
}

/** Shows that what is lost is found. */
async function careless({ place, size, told }) {
    const home = await place(['synchronous_commit = off', 'wal_writer_delay = 10s']);
    let service;
    try {
        service = await home.serve();
    } catch (error) {
        const failures = /synchronous_commit/.test(error.message) ? [] : [error.message];
        told({ name: 'kill-postgres, async', runs: 0, acknowledged: 0, lost: 0, said: 'the service refuses to start', failures });
        return;
    }
    await introduce(service, home.staff);
    const writers = new Writers([service], home.staff, size).begin();
    const failures = [];
    let [kills, lost] = [0, 0];
    while (kills < TRIES && lost === 0) {
        kills += 1;
        await crash(home, service, writers, failures, 0);
        await writers.stop();
        ({ lost } = await writers.verify());
        if (lost === 0) {
            writers.begin();
        }
    }
    if (lost === 0) {
        failures.push(`nothing was lost in ${kills} kills with synchronous_commit = off: this suite would not notice a loss`);
    }
    const said = 'synchronous_commit = off: that something is lost here shows that it would be found above';
    told({ name: 'kill-postgres, async', runs: kills, acknowledged: writers.acknowledged, lost, said, failures });
}
