// Requests over connections that are cut before the answer was read.

import net from 'node:net';
import { beside, judged } from './asking.mjs';

/** How long nine of ten take, in milliseconds, when so many are done at once. */
export async function usual(parallel, work) {
    const took = [];
    await beside(parallel, 4 * parallel, async (number) => {
        const begun = performance.now();
        await work(number);
        took.push(performance.now() - begun);
    });
    return took.sort((a, b) => a - b)[Math.floor(took.length * 0.9)];
}

/**
 * Sends a request and cuts the connection after so many milliseconds, or, when it is 'answer', as soon as the answer's
 * first byte is there, which is not looked at. Answers what was said before that, or nothing.
 */
export function cut(service, { headers, body }, moment) {
    const lines = Object.entries({ host: 'phoihop.test', connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}`);
    return new Promise((resolve) => {
        const socket = net.connect(service.port, service.host);
        let text = '';
        const away = () => {
            socket.resetAndDestroy();
            resolve({ cut: true });
        };
        socket.setNoDelay(true);
        socket.on('error', () => resolve({ cut: true }));
        socket.on('connect', () => {
            socket.write(`POST /graphql HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`, () => {
                if (moment !== 'answer') {
                    setTimeout(away, moment);
                }
            });
        });
        socket.on('data', (bytes) => (moment === 'answer' ? away() : (text += bytes)));
        socket.on('end', () => {
            const [head, ...rest] = text.split('\r\n\r\n');
            resolve(judged(Number(head.split(' ')[1]), rest.join('\r\n\r\n')));
        });
    });
}
