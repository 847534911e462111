// The well-behaved client: a small query every 50 ms, each over a connection of its own, so that a server that accepts
// no more is noticed. It runs in a thread of its own: the attacks keep the main one busy.

import { once } from 'node:events';
import http from 'node:http';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';

const EVERY = 50;
const QUERY = JSON.stringify({ query: '{ provinces(first: 1) { nodes { name } } }' });

/**
 * Begins to ask. `asked()` says how often so far; `heard` is called with every answer, which has `took` in milliseconds
 * and, unless it is as it should be, `wrong`.
 */
export function begin(target, token, heard) {
    const shared = new SharedArrayBuffer(4);
    const count = new Int32Array(shared);
    const { host, port } = target;
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { host, port, token, shared } });
    worker.on('message', heard);
    return {
        asked: () => Atomics.load(count, 0),
        async stop() {
            worker.postMessage('stop');
            await once(worker, 'exit');
        },
    };
}

/** The value below which so large a part of the sorted values lies. */
export function quantile(sorted, part) {
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

function ask({ host, port, token }) {
    return new Promise((resolve) => {
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, connection: 'close' };
        const begun = performance.now();
        let wrong;
        const request = http.request(
            { host, port, method: 'POST', path: '/graphql', headers, agent: false },
            (response) => {
                let text = '';
                response.setEncoding('utf8');
                response.on('data', (data) => (text += data));
                response.on('end', () => {
                    if (response.statusCode !== 200 || !text.includes('"name"')) {
                        wrong = `${response.statusCode} ${text.slice(0, 200)}`;
                    }
                    resolve({ took: performance.now() - begun, wrong });
                });
            },
        );
        request.setTimeout(10_000, () => request.destroy(new Error('no answer in 10 s')));
        request.on('error', (error) => resolve({ took: performance.now() - begun, wrong: `${error.message}` }));
        request.end(QUERY);
    });
}

async function run() {
    const count = new Int32Array(workerData.shared);
    const timer = setInterval(async () => {
        const answer = await ask(workerData);
        Atomics.add(count, 0, 1);
        parentPort.postMessage(answer);
    }, EVERY);
    await once(parentPort, 'message');
    // The thread ends when the last question is answered.
    clearInterval(timer);
    parentPort.close();
}

if (!isMainThread && workerData?.shared) {
    await run();
}
