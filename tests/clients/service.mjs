// The service as the suites use it: started on a port of the kernel's choice over a folder of its own, stopped, killed,
// and started again where it was.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PATIENCE = 60_000;

// Nobody is to be told to come back later: the suites ask faster than people do.
const UNHURRIED = ['anonymous', 'user', 'key'].map((who) => `[limits.${who}]\ncost_per_minute = 1000000000\n`).join('');

const left = new Set();
process.on('exit', () => {
    for (const service of left) {
        service.discard();
    }
});

export class Service {
    #binary;
    #child;
    #log = '';

    constructor(binary, { command = 'demo', config = UNHURRIED } = {}) {
        this.#binary = binary;
        this.command = command;
        this.dir = mkdtempSync(join(tmpdir(), 'phoihop-clients-'));
        this.data = join(this.dir, 'data');
        writeFileSync(this.#file('config.toml'), config);
        left.add(this);
    }

    #file(name) {
        return join(this.dir, name);
    }

    // On the port it had before, if it had one.
    async start() {
        const args = [this.command, '--listen', `127.0.0.1:${this.port ?? 0}`, '--data-dir', this.data];
        args.push('--config', this.#file('config.toml'));
        if (this.command === 'demo') {
            args.push('--personas', this.#file('personas.json'));
        }
        this.#log = '';
        this.#child = spawn(this.#binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
        this.url = await this.#listening();
        this.port = new URL(this.url).port;
        this.graphql = `${this.url}/graphql`;
        this.tokens = this.command === 'demo' ? JSON.parse(readFileSync(this.#file('personas.json'), 'utf8')) : {};
        return this;
    }

    #listening() {
        const child = this.#child;
        return new Promise((resolve, reject) => {
            const fail = (why) => reject(new Error(`the service ${why}\n${this.#log.replace(/^/gm, '  | ')}`));
            const timer = setTimeout(() => fail(`does not listen after ${PATIENCE / 1000} s`), PATIENCE);
            const read = (text) => {
                this.#log += text;
                const url = /listening on (http:\/\/[^\s/]+)\s/.exec(this.#log)?.[1];
                if (url) {
                    clearTimeout(timer);
                    resolve(url);
                }
            };
            child.stdout.setEncoding('utf8').on('data', read);
            child.stderr.setEncoding('utf8').on('data', read);
            child.on('error', (error) => fail(error.message));
            child.on('exit', (code) => {
                clearTimeout(timer);
                fail(`ended with ${code} before it listened`);
            });
        });
    }

    // As a service manager does it. Gives the exit code.
    stop() {
        return this.#end('SIGTERM');
    }

    // As a power cut does it.
    kill() {
        return this.#end('SIGKILL');
    }

    async #end(signal) {
        if (this.#child.exitCode === null && this.#child.signalCode === null) {
            const ended = once(this.#child, 'exit');
            this.#child.kill(signal);
            await ended;
        }
        return this.#child.exitCode;
    }

    // The command line beside the running service: `phoihop import FILE`.
    async run(command, ...args) {
        return promisify(execFile)(this.#binary, [command, '--data-dir', this.data, ...args]);
    }

    async ask(query, variables, { token, ...more } = {}) {
        const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
        const body = JSON.stringify({ query, variables, ...more });
        const response = await fetch(this.graphql, { method: 'POST', headers, body });
        return response.json();
    }

    // What the service said on its outputs.
    get log() {
        return this.#log;
    }

    discard() {
        this.#child?.kill('SIGKILL');
        rmSync(this.dir, { recursive: true, force: true });
        left.delete(this);
    }
}
