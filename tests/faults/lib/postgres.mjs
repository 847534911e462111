// A PostgreSQL server of the tests' own, as durable as one in earnest, that can be killed like one that loses its power.

import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, chownSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';

/** The folder of initdb and its companions: from PATH, else the newest of Debian's. */
function programs() {
    const path = (process.env.PATH ?? '').split(':').filter(Boolean);
    const versions = entries(DEBIAN).sort((a, b) => Number(b) - Number(a));
    for (const dir of [...path, ...versions.map((version) => join(DEBIAN, version, 'bin'))]) {
        // What stands on PATH may lead to where the others are.
        const real = entries(dir).includes('initdb') ? dirname(realpathSync(join(dir, 'initdb'))) : dir;
        if (['initdb', 'pg_ctl', 'psql'].every((name) => entries(real).includes(name))) {
            return real;
        }
    }
    throw new Error('no PostgreSQL found; Debian, Ubuntu: sudo apt-get install postgresql');
}

function entries(dir) {
    try {
        return readdirSync(dir);
    } catch {
        return [];
    }
}

/** The processes whose parent is `pid`. */
function children(pid) {
    return entries('/proc').filter((name) => {
        try {
            // The name of a program, in brackets, may have anything in it.
            const text = readFileSync(`/proc/${name}/stat`, 'latin1');
            return /^\d+$/.test(name) && text.slice(text.lastIndexOf(')') + 2).split(' ')[1] === `${pid}`;
        } catch {
            return false;
        }
    });
}

function signal(pid, name) {
    try {
        process.kill(Number(pid), name);
    } catch {
        // It is gone.
    }
}

export class Postgres {
    #bin = programs();
    #password = randomBytes(16).toString('hex');

    /** `settings` are lines for postgresql.conf. */
    static async create(settings = []) {
        const server = new Postgres();
        await server.#make(settings);
        await server.start();
        return server;
    }

    async #make(settings) {
        // Not TMPDIR: the other user must be able to enter it, and a socket's path must stay short.
        this.dir = mkdtempSync('/tmp/phoihop-faults-pg.');
        this.data = join(this.dir, 'data');
        // PostgreSQL refuses to run as root.
        if (process.getuid() === 0) {
            const id = (what) => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
            this.owner = { uid: id('-u'), gid: id('-g') };
            chownSync(this.dir, this.owner.uid, this.owner.gid);
        }
        const file = join(this.dir, 'password');
        writeFileSync(file, this.#password);
        chmodSync(file, 0o600);
        if (this.owner) {
            chownSync(file, this.owner.uid, this.owner.gid);
        }
        const who = ['--username=postgres', `--pwfile=${file}`, '--auth=password'];
        await this.#do('initdb', [`--pgdata=${this.data}`, ...who, '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']);
        this.port = 10_240 + Math.floor(Math.random() * 20_000);
        appendFileSync(
            join(this.data, 'postgresql.conf'),
            [
                `listen_addresses = '127.0.0.1'`,
                `port = ${this.port}`,
                `unix_socket_directories = '${this.dir}'`,
                'max_connections = 100',
                'fsync = on',
                'synchronous_commit = on',
                'full_page_writes = on',
                // Everybody is asked for a password in the clear, over loopback: hashing costs a debug build much.
                ...settings,
                '',
            ].join('\n'),
        );
    }

    /** Runs one of PostgreSQL's programs as the server's owner. */
    async #do(program, args) {
        const options = { ...this.owner, cwd: this.dir, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
        return run(join(this.#bin, program), args, options);
    }

    /** Starts it, and waits until it answers: after a crash, until it has recovered. */
    async start() {
        const log = join(this.dir, 'log');
        for (let attempt = 1; ; attempt += 1) {
            try {
                await this.#do('pg_ctl', ['start', '--silent', '--wait', '--timeout=60', `--pgdata=${this.data}`, `--log=${log}`]);
                return;
            } catch (error) {
                if (attempt === 5) {
                    throw new Error(`PostgreSQL does not start: ${error.stderr}\n${readFileSync(log, 'utf8').slice(-2000)}`);
                }
                await sleep(500);
            }
        }
    }

    /** Kills the server and everything that it started, in the middle of whatever they do. */
    kill() {
        let pid;
        try {
            [pid] = readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n');
        } catch {
            return;
        }
        // It must not start others, nor look after them, while they are counted.
        signal(pid, 'SIGSTOP');
        const all = [pid, ...children(pid)];
        all.forEach((one) => signal(one, 'SIGKILL'));
    }

    url(user, password, database) {
        return `postgres://${user}:${password}@127.0.0.1:${this.port}/${database}`;
    }

    owning(database) {
        return this.url('postgres', this.#password, database);
    }

    /** What a statement says, as a superuser. */
    async ask(sql, database = 'postgres') {
        const { stdout } = await run(join(this.#bin, 'psql'), [this.owning(database), '-XqAtc', sql]);
        return stdout.trim();
    }

    /** A session that stays open, as a superuser. */
    session(database) {
        const child = spawn(join(this.#bin, 'psql'), [this.owning(database), '-XqAt', '-v', 'ON_ERROR_STOP=1'], {
            stdio: ['pipe', 'pipe', 'inherit'],
        });
        let said = '';
        child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
        child.stdin.on('error', () => {});
        return {
            /** Carries out statements and waits until they are done. */
            async say(sql) {
                const mark = randomBytes(8).toString('hex');
                child.stdin.write(`${sql};\n\\echo ${mark}\n`);
                while (!said.includes(mark)) {
                    if (child.exitCode !== null) {
                        throw new Error(`psql ended at: ${sql}`);
                    }
                    await sleep(5);
                }
            },
            end: () => child.stdin.end(),
        };
    }

    discard() {
        this.kill();
        rmSync(this.dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
}
