// The service on a database of its own, on either engine: started, stopped, killed, and started again where it was.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Postgres } from './postgres.mjs';
import { hire } from './staff.mjs';

const PATIENCE = 60_000;
const ROLE = 'phoihop_app';
const PASSWORD = 'faults';

// What is tried is not how much one may ask.
const SETTINGS = `
[http]
connections = 4096
connections_per_address = 4096
[limits]
in_flight_per_tenant = 4096
[limits.user]
cost_per_minute = 1000000000
cost = 1000000000
nodes = 1000000000
in_flight = 4096
request_seconds = 60
`;

const left = new Set();
process.on('exit', () => [...left].forEach((one) => one.discard()));

/** A database, with whoever may write in it. */
export class Place {
    services = [];
    /** So many lines of the log were looked at. */
    #asked = 0;

    static async create(binary, engine, postgresSettings) {
        const place = new Place();
        left.add(place);
        place.binary = binary;
        place.engine = engine;
        place.dir = mkdtempSync(join(tmpdir(), 'phoihop-faults-'));
        place.log = join(place.dir, 'log');
        Object.assign(place, hire(place.dir));
        writeFileSync(join(place.dir, 'settings.toml'), SETTINGS);
        if (engine === 'postgres') {
            place.postgres = await Postgres.create(postgresSettings);
            await place.postgres.ask('CREATE DATABASE phoihop');
            place.url = place.postgres.owning('phoihop');
            await place.command('migrate');
            await place.postgres.ask(`ALTER ROLE ${ROLE} PASSWORD '${PASSWORD}'`);
            place.url = place.postgres.url(ROLE, PASSWORD, 'phoihop');
        } else {
            place.url = `sqlite:${join(place.dir, 'phoihop.db')}`;
            await place.command('migrate');
        }
        return place;
    }

    get #env() {
        return { PATH: process.env.PATH, PHOIHOP_DATABASE_URL: this.url, PHOIHOP_LOG: 'warn', RUST_BACKTRACE: '1' };
    }

    /** A command beside the service. */
    async command(...args) {
        return promisify(execFile)(this.binary, args, { env: this.#env, maxBuffer: 1 << 26 });
    }

    /** Starts a service; the first time on a free port, afterwards on the same. */
    async serve() {
        const service = new Service(this);
        this.services.push(service);
        await service.start();
        return service;
    }

    spawn(port) {
        const log = openSync(this.log, 'a');
        const config = ['--auth', this.auth, '--config', join(this.dir, 'settings.toml')];
        const child = spawn(this.binary, ['serve', '--listen', `127.0.0.1:${port}`, ...config], {
            env: this.#env,
            stdio: ['ignore', 'pipe', log],
        });
        closeSync(log);
        return child;
    }

    /** What the services said, since one last asked, that is worse than a warning. */
    complaints() {
        const lines = readFileSync(this.log, 'utf8').split('\n').slice(this.#asked);
        this.#asked += lines.length - 1;
        return lines.filter((line) => /"level":"ERROR"|panicked/.test(line));
    }

    /** Transactions that nobody works in and that did not end: whoever gets their connection next works in them. */
    async stuck() {
        if (!this.postgres) {
            return [];
        }
        const idle = `SELECT count(*) FROM pg_stat_activity WHERE usename = '${ROLE}' AND state LIKE 'idle in transaction%'`;
        for (let attempt = 0; attempt < 10; attempt += 1) {
            await sleep(200);
            if ((await this.postgres.ask(idle)) === '0') {
                return [];
            }
        }
        const which = `SELECT string_agg(left(query, 80), ' | ') FROM (${idle.replace('count(*)', 'query')}) q`;
        return [`transactions are open that no request works in: ${await this.postgres.ask(which)}`];
    }

    /** Starts the services anew, so that what is looked at in the end is read over connections with no past. */
    async renew() {
        const stuck = await this.stuck();
        for (const service of this.services) {
            await service.end('SIGTERM');
            await service.start();
        }
        return stuck;
    }

    discard() {
        left.delete(this);
        this.services.forEach((service) => service.discard());
        this.postgres?.discard();
        if (!process.env.FAULTS_KEEP) {
            rmSync(this.dir, { recursive: true, force: true });
        }
    }
}

export class Service {
    #place;
    #child;
    host = '127.0.0.1';

    constructor(place) {
        this.#place = place;
        this.agent = new http.Agent({ keepAlive: true });
    }

    async start() {
        // A port from which the kernel does not lend, so that it is free again after a crash.
        for (let attempt = 1; ; attempt += 1) {
            const port = this.port ?? 10_240 + Math.floor(Math.random() * 20_000);
            const said = await this.#listening(this.#place.spawn(port));
            if (said === undefined) {
                this.port = port;
                return this;
            }
            if (this.port !== undefined || attempt === 10) {
                throw new Error(`the service does not listen (${said}):\n${readFileSync(this.#place.log, 'utf8').slice(-2000)}`);
            }
        }
    }

    /** Why it does not listen, once that is known. */
    #listening(child) {
        this.#child = child;
        return new Promise((resolve) => {
            const timer = setTimeout(() => resolve(`after ${PATIENCE / 1000} s`), PATIENCE);
            let text = '';
            child.stdout.setEncoding('utf8').on('data', (more) => {
                text += more;
                if (text.includes('listening on http')) {
                    clearTimeout(timer);
                    resolve(undefined);
                }
            });
            child.on('error', (error) => resolve(error.message));
            child.on('exit', (code, signal) => {
                clearTimeout(timer);
                resolve(`ended: ${signal ?? code}`);
            });
        });
    }

    get ended() {
        const { exitCode, signalCode } = this.#child;
        return signalCode ?? exitCode ?? undefined;
    }

    /** Ends it by a signal; answers its exit code, or the signal's name. */
    async end(signal) {
        if (this.ended === undefined) {
            const exit = once(this.#child, 'exit');
            this.#child.kill(signal);
            await exit;
        }
        return this.ended;
    }

    discard() {
        if (this.#child && this.ended === undefined) {
            this.#child.kill('SIGKILL');
        }
        this.agent.destroy();
    }
}
