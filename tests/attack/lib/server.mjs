// The service under attack: its process, and what the kernel tells of it.

import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Starts the demonstration in a folder of its own, on a free port. `config` is the text of the configuration file; without
 * one every limit is what it is by default.
 */
export async function start(binary, config) {
    const dir = mkdtempSync(join(tmpdir(), 'phoihop-attack-'));
    const personas = join(dir, 'personas.json');
    const log = join(dir, 'log');
    const args = ['demo', '--listen', '127.0.0.1:0', '--data-dir', join(dir, 'data'), '--personas', personas];
    if (config) {
        writeFileSync(join(dir, 'config.toml'), config);
        args.push('--config', join(dir, 'config.toml'));
    }
    const output = openSync(log, 'a');
    const child = spawn(binary, args, { stdio: ['ignore', output, output] });
    let ended;
    child.on('exit', (code, signal) => {
        ended = signal ?? `code ${code}`;
    });
    child.on('error', (error) => {
        ended = error.message;
    });
    const server = {
        host: '127.0.0.1',
        pid: child.pid,
        log,
        ended: () => ended,
        tokens: {},
        async stop() {
            // Whatever it is doing: how it ends in order is shown elsewhere.
            child.kill('SIGKILL');
            while (ended === undefined) {
                await sleep(10);
            }
            rmSync(dir, { recursive: true, force: true });
        },
    };
    const deadline = Date.now() + 60_000;
    for (;;) {
        const found = /listening on http:\/\/[^\s/]+:(\d+)\s/.exec(readFileSync(log, 'utf8'));
        if (found) {
            server.port = Number(found[1]);
            server.tokens = JSON.parse(readFileSync(personas, 'utf8'));
            return server;
        }
        if (ended !== undefined || Date.now() > deadline) {
            const said = readFileSync(log, 'utf8');
            await server.stop();
            throw new Error(`the service does not listen (${ended ?? 'after 60 s'}):\n${said}`);
        }
        await sleep(50);
    }
}

/** Nanoseconds of processor time by thread. */
export function spent(pid) {
    const threads = new Map();
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
        try {
            const text = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8');
            threads.set(thread, Number(text.split(' ')[0]));
        } catch {
            // It ended between the two reads.
        }
    }
    return threads;
}

/** Milliseconds between two readings. A thread that ended between them takes with it what it had spent. */
export function between(before, after) {
    let total = 0;
    for (const [thread, now] of after) {
        total += now - (before.get(thread) ?? 0);
    }
    return total / 1e6;
}

/** A memory figure of the process in megabytes: `VmHWM` is the most it ever had, `RssFile` what is its own code in memory now. */
export function memory(pid, field) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)[1]) / 1024;
}
