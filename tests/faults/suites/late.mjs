// The service is told to stop while it writes: requests end or may be tried again, and what was acknowledged stays.

import { introduce } from '../lib/asking.mjs';
import { Writers, reckon } from '../lib/writers.mjs';
import { spread } from '../lib/figures.mjs';

export const sizes = {
    small: { sqlite: { stops: 2, parallel: 8 }, postgres: { stops: 2, parallel: 8 } },
    full: { sqlite: { stops: 5, parallel: 8 }, postgres: { stops: 5, parallel: 8 } },
};

/** Requests that run may go on for 20 s; these are shorter. */
const PATIENCE = 15_000;

export default async function ({ place, size, told }) {
    const home = await place();
    const service = await home.serve();
    await introduce(service, home.staff);
    const writers = new Writers([service], home.staff, size).begin();
    const [failures, took] = [[], []];
    for (let stop = 0; stop < size.stops; stop += 1) {
        await writers.work();
        const begun = performance.now();
        const code = await service.end('SIGTERM');
        took.push(performance.now() - begun);
        if (code !== 0 || took.at(-1) > PATIENCE) {
            failures.push(`told to stop, it ended with ${code} after ${Math.round(took.at(-1))} ms`);
        }
        await service.start();
    }
    await writers.next();
    await writers.stop();
    const found = await reckon(home, writers);
    failures.push(...found.failures);
    const said = `${writers.records.size} records; stopped in ${spread(took)} s; ${writers.why()}`;
    told({ runs: size.stops, acknowledged: writers.acknowledged, lost: found.lost, said, failures });
}
