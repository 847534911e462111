// The service is killed while it writes, and started again on what it left.

import { introduce } from '../lib/asking.mjs';
import { Writers, reckon } from '../lib/writers.mjs';
import { spread } from '../lib/figures.mjs';

export const sizes = {
    small: { sqlite: { kills: 3, parallel: 8 }, postgres: { kills: 3, parallel: 8 } },
    full: { sqlite: { kills: 20, parallel: 8 }, postgres: { kills: 10, parallel: 8 } },
};

export default async function ({ place, size, told }) {
    const home = await place();
    const service = await home.serve();
    await introduce(service, home.staff);
    const writers = new Writers([service], home.staff, size).begin();
    const back = [];
    for (let kill = 0; kill < size.kills; kill += 1) {
        await writers.work();
        await service.end('SIGKILL');
        const begun = performance.now();
        await service.start();
        await writers.next();
        back.push(performance.now() - begun);
    }
    await writers.stop();
    const { lost, failures } = await reckon(home, writers);
    const said = `${writers.records.size} records; writing again ${spread(back)} s after the kill; ${writers.why()}`;
    told({ runs: size.kills, acknowledged: writers.acknowledged, lost, said, failures });
}
