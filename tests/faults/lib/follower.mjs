// Follows the changes as a browser would, by server-sent events, over connections that break again and again: each goes
// on after the last event that was heard whole.

import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { written } from './asking.mjs';

const FOLLOW = 'subscription { changes { cursor operation type id } }';

export class Follower {
    /** What was heard, each once, in the order in which it was heard first. */
    seen = new Map();
    again = 0;
    connections = 0;
    wrong = [];
    #done = false;

    /** `lasts` says for how many milliseconds a connection lasts. */
    constructor(services, member, start, lasts = () => 50 + Math.random() * 1_500) {
        Object.assign(this, { services, member, last: start, lasts });
        this.running = this.#run();
    }

    async #run() {
        while (!this.#done) {
            const service = this.services[this.connections % this.services.length];
            this.connections += 1;
            await this.#follow(service);
            await sleep(Math.random() * 100);
        }
    }

    /** One connection, until it breaks. */
    #follow({ host, port }) {
        const { headers, body } = written(this.member, FOLLOW);
        Object.assign(headers, { accept: 'text/event-stream', ...(this.last && { 'last-event-id': this.last }) });
        const here = new Set();
        return new Promise((resolve) => {
            const request = http.request({ host, port, agent: false, method: 'POST', path: '/graphql', headers });
            this.hangUp = () => request.destroy();
            const timer = setTimeout(this.hangUp, this.lasts());
            request.on('response', (response) => {
                if (response.statusCode !== 200) {
                    this.wrong.push(`a subscription is answered ${response.statusCode}`);
                }
                let text = '';
                response.setEncoding('utf8').on('data', (more) => {
                    const parts = (text + more).split('\n\n');
                    text = parts.pop();
                    parts.forEach((part) => this.#hear(part, here));
                });
                response.on('error', () => {});
            });
            request.on('error', () => {});
            request.on('close', () => {
                clearTimeout(timer);
                resolve();
            });
            request.end(body);
        });
    }

    #hear(text, here) {
        const lines = text.split('\n').filter((line) => line && !line.startsWith(':'));
        const { event, id, data } = Object.fromEntries(lines.map((line) => /^(\w+): ?(.*)$/.exec(line).slice(1)));
        if (event !== 'next' || !data) {
            return;
        }
        const { data: said, errors } = JSON.parse(data);
        const change = said?.changes;
        if (errors || change.cursor !== id || here.has(id)) {
            this.wrong.push(errors ? JSON.stringify(errors) : `${id} twice on one connection, or not its cursor: ${data}`);
            return;
        }
        here.add(id);
        this.seen.has(id) ? (this.again += 1) : this.seen.set(id, change);
        this.last = id;
    }

    /** Waits until a change was heard, as long as others are heard meanwhile. */
    async reach(cursor, patience = 30_000) {
        let [size, end] = [this.seen.size, performance.now() + patience];
        while (cursor && !this.seen.has(cursor) && performance.now() < end) {
            await sleep(50);
            if (this.seen.size > size) {
                [size, end] = [this.seen.size, performance.now() + patience];
            }
        }
    }

    async stop() {
        this.#done = true;
        this.hangUp();
        await this.running;
    }
}
