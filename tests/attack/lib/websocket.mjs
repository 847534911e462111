// A websocket client that also sends what none should: frames by hand, over a connection of its own.

import { randomBytes } from 'node:crypto';
import { open } from './http.mjs';

export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

/** One frame. `length` may lie; without `mask` it is what only a server may send. */
export function frame(payload, { opcode = TEXT, fin = true, mask = true, length } = {}) {
    const bytes = Buffer.from(
        typeof payload === 'object' && !Buffer.isBuffer(payload) ? JSON.stringify(payload) : payload,
    );
    const size = BigInt(length ?? bytes.length);
    let head;
    if (size < 126n) {
        head = Buffer.from([0, Number(size)]);
    } else if (size < 65_536n) {
        head = Buffer.alloc(4);
        head[1] = 126;
        head.writeUInt16BE(Number(size), 2);
    } else {
        head = Buffer.alloc(10);
        head[1] = 127;
        head.writeBigUInt64BE(size, 2);
    }
    head[0] = (fin ? 0x80 : 0) | opcode;
    if (!mask) {
        return Buffer.concat([head, bytes]);
    }
    head[1] |= 0x80;
    const key = randomBytes(4);
    return Buffer.concat([head, key, bytes.map((byte, index) => byte ^ key[index % 4])]);
}

export class WebSocket {
    /** HTTP status of the handshake, frames of text as values, count of pongs, and how it ended. */
    status = 0;
    messages = [];
    pongs = 0;
    code = undefined;
    closed = false;
    #received = Buffer.alloc(0);
    #waiting = new Set();

    constructor(target, { protocol = 'graphql-transport-ws', headers = [], from } = {}) {
        this.socket = open(target, from);
        this.begun = performance.now();
        const lines = [
            'GET /graphql HTTP/1.1',
            `host: ${target.host}:${target.port}`,
            'upgrade: websocket',
            'connection: Upgrade',
            'sec-websocket-version: 13',
            `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
            ...(protocol ? [`sec-websocket-protocol: ${protocol}`] : []),
            ...headers.map(([name, value]) => `${name}: ${value}`),
        ];
        this.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
        this.socket.on('data', (data) => this.#take(data));
        this.socket.on('close', () => {
            this.closed = true;
            this.#wake();
        });
    }

    /** Waits for the handshake, and greets when told to. */
    static async connect(target, { init = true, ...options } = {}) {
        const socket = new WebSocket(target, options);
        await socket.until(() => socket.status !== 0);
        if (init && socket.status === 101) {
            socket.send({ type: 'connection_init', payload: options.payload });
            await socket.until(() => socket.messages.length > 0);
        }
        return socket;
    }

    send(payload, options) {
        return this.socket.write(frame(payload, options));
    }

    /** Waits until `condition` holds or the connection is closed; false after so many milliseconds. */
    async until(condition, patience = 15_000) {
        const deadline = performance.now() + patience;
        while (!condition() && !this.closed) {
            const left = deadline - performance.now();
            if (left <= 0) {
                return false;
            }
            await new Promise((resolve) => {
                const timer = setTimeout(resolve, left);
                this.#waiting.add(() => {
                    clearTimeout(timer);
                    resolve();
                });
            });
        }
        return true;
    }

    /** The close code, once there is one; 0 when the connection was closed without. */
    async ending(patience) {
        await this.until(() => this.code !== undefined, patience);
        return this.code ?? (this.closed ? 0 : 'still open');
    }

    end() {
        this.socket.destroy();
    }

    #wake() {
        for (const wake of this.#waiting) {
            wake();
        }
        this.#waiting.clear();
    }

    #take(data) {
        this.#received = Buffer.concat([this.#received, data]);
        if (this.status === 0) {
            const end = this.#received.indexOf('\r\n\r\n');
            if (end < 0) {
                return;
            }
            this.status = Number(this.#received.toString('latin1').split(' ')[1]);
            this.#received = this.#received.subarray(end + 4);
        }
        while (this.status === 101 && this.#frame()) {
            // All that came.
        }
        this.#wake();
    }

    #frame() {
        const bytes = this.#received;
        if (bytes.length < 2) {
            return false;
        }
        let length = bytes[1] & 0x7f;
        let at = 2;
        if (length >= 126) {
            at = length === 126 ? 4 : 10;
            if (bytes.length < at) {
                return false;
            }
            length = at === 4 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
        }
        if (bytes.length < at + length) {
            return false;
        }
        const payload = bytes.subarray(at, at + length);
        this.#received = bytes.subarray(at + length);
        const opcode = bytes[0] & 0x0f;
        if (opcode === TEXT) {
            this.messages.push(JSON.parse(payload.toString()));
        } else if (opcode === PONG) {
            this.pongs += 1;
        } else if (opcode === CLOSE) {
            this.code = payload.length < 2 ? 1005 : payload.readUInt16BE(0);
        }
        return true;
    }
}
