// Writers, each of which notes what the service has acknowledged: whatever stands in these notes must be there in the end,
// and nothing else. A request that was not answered is repeated under its key until it is.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CREATE, UPDATE, answered, changes, draft, programs } from './asking.mjs';

/** A record's history is read in one page. */
const MOST = 80;

/** After so many faults nothing more is to be learned. */
export const MOST_WRONG = 200;

export class Writers {
    /** What was acknowledged, by id: `{ member, title, version, notes }`. */
    records = new Map();
    acknowledged = 0;
    /** Why requests were repeated, and how often. */
    again = {};
    wrong = [];
    /** Acknowledged, and not there when it was to be changed. */
    lost = new Set();
    #stopping = false;
    #heard = () => {};

    constructor(services, staff, { parallel = 8, prefix = `Chương trình ${randomUUID()}`, most = Infinity, create } = {}) {
        Object.assign(this, { services, staff, parallel, prefix, most, create });
    }

    begin() {
        this.#stopping = false;
        this.running = Promise.all(Array.from({ length: this.parallel }, (_, place) => this.#write(place)));
        return this;
    }

    /** Lets each finish what it is at. */
    async stop() {
        this.#stopping = true;
        await this.running;
    }

    /** Milliseconds until something is acknowledged. */
    async next(patience = 60_000) {
        const begun = performance.now();
        let timer;
        const heard = new Promise((resolve, reject) => {
            const late = () => reject(new Error(`nothing acknowledged in ${patience / 1000} s: ${this.why()}, ${this.wrong.at(-1)}`));
            timer = setTimeout(late, patience);
            this.#heard = resolve;
        });
        await heard.finally(() => clearTimeout(timer));
        return performance.now() - begun;
    }

    /** Lets them work: until so much more is acknowledged, and a moment longer. */
    async work(least = 5, most = 45) {
        const enough = this.acknowledged + least + Math.random() * (most - least);
        while (this.acknowledged < enough) {
            await this.next();
        }
        await sleep(Math.random() * 100);
    }

    /** Why requests were repeated. */
    why() {
        return Object.entries(this.again).map(([why, times]) => `${why} ×${times}`).join(', ');
    }

    async #write(place) {
        const member = this.staff[place % this.staff.length];
        const own = [];
        for (let turn = 0; !this.#stopping && this.acknowledged < this.most && this.wrong.length < MOST_WRONG; turn += 1) {
            const service = this.services[(place + turn) % this.services.length];
            const record = Math.random() < 0.5 ? own[Math.floor(Math.random() * own.length)] : undefined;
            if (record === undefined || record.version >= MOST) {
                const made = await this.#create(service, member, `${this.prefix} ${place}.${turn}`);
                made && own.push(made);
            } else if (!(await this.#update(service, member, record, `${place}.${turn}`))) {
                own.splice(own.indexOf(record), 1);
            }
        }
    }

    async #said(service, member, mutation, input) {
        const noted = (why) => (this.again[why] = (this.again[why] ?? 0) + 1);
        const { data, wrong } = await answered(service, member, mutation, { input }, { noted });
        if (wrong) {
            this.wrong.push(wrong);
            return {};
        }
        return data.done;
    }

    #count() {
        this.acknowledged += 1;
        this.#heard();
    }

    async #create(service, member, title) {
        const { program, errors } = await this.#said(service, member, CREATE, draft(member, title, this.create?.()));
        if (!program || program.title !== title || program.version !== 1) {
            errors && this.wrong.push(`programCreate ${title}: ${JSON.stringify({ program, errors })}`);
            return undefined;
        }
        const record = { id: program.id, member, title, version: 1, notes: [] };
        if (this.records.has(program.id)) {
            this.wrong.push(`two requests were answered with ${program.id}`);
        }
        this.records.set(program.id, record);
        this.#count();
        return record;
    }

    async #update(service, member, record, note) {
        const { id, version } = record;
        const input = { id, version, note, idempotencyKey: randomUUID() };
        const { program, errors } = await this.#said(service, member, UPDATE, input);
        if (program?.version === version + 1) {
            record.version += 1;
            record.notes.push(note);
            this.#count();
            return true;
        }
        if (errors?.some(({ code }) => code === 'NOT_FOUND' || code === 'CONFLICT')) {
            // Nobody else writes it: what this writer was told is not so any more.
            this.lost.add(id);
        } else if (errors) {
            this.wrong.push(`programUpdate ${id} of version ${version}: ${JSON.stringify({ program, errors })}`);
        }
        return false;
    }

    /** Compares what was acknowledged with what is there: what is lost, and what else is not as it should be. */
    async verify(service = this.services[0]) {
        const [lost, problems] = [new Set(this.lost), []];
        for (const member of this.staff) {
            const own = [...this.records.values()].filter((record) => record.member === member);
            const found = new Map((await programs(service, member, this.prefix)).map((program) => [program.id, program]));
            const by = grouped(await changes(service, member));
            for (const { id, title, version, notes } of own) {
                const program = found.get(id);
                found.delete(id);
                if (!program || program.title !== title || program.version < version) {
                    lost.add(id);
                    continue;
                }
                if (program.version > version || program.note !== (notes.at(-1) ?? null)) {
                    problems.push(`${id}: version ${program.version}, note ${program.note}; told was ${version}, ${notes.at(-1)}`);
                }
                const told = program.history.nodes.flatMap((entry) => entry.changes).filter(({ field }) => field === 'note');
                const kept = told.map(({ after }) => JSON.parse(after)).reverse();
                if (program.history.nodes.length !== version || kept.join() !== notes.join()) {
                    problems.push(`${id}: history ${kept.join()} of ${program.history.nodes.length}; told was ${notes.join()}`);
                }
                const operations = (by.get(id) ?? []).map(({ operation }) => operation).join();
                if (operations !== ['CREATED', ...notes.map(() => 'UPDATED')].join()) {
                    problems.push(`${id}: changes ${operations} for version ${version}`);
                }
            }
            [...found.values()].forEach(({ id, title }) => problems.push(`${id} is there and was never told of: ${title}`));
        }
        return { lost: lost.size, problems };
    }
}

function grouped(all) {
    const groups = new Map();
    for (const change of all) {
        groups.set(change.id, groups.get(change.id) ?? []);
        groups.get(change.id).push(change);
    }
    return groups;
}

/** What is wrong after everything was stopped and started again: with the notes, the audit, the service's own log. */
export async function reckon(place, writers) {
    const stuck = await place.renew();
    const { lost, problems } = await writers.verify();
    const failures = [...writers.wrong, ...problems];
    if (lost) {
        failures.push(`${lost} of ${writers.records.size} acknowledged records are not as they were told to be`);
    }
    failures.push(...stuck, ...(await audited(place)));
    return { lost, failures };
}

/** What `phoihop audit verify` says against the audit. */
export async function audited(place) {
    try {
        await place.command('audit', 'verify');
        return [];
    } catch (error) {
        return [`phoihop audit verify: ${error.stderr || error.message}`];
    }
}
