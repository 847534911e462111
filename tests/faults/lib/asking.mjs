// Asks, and says what came of it: an answer, something worth another try, or something that must not happen.

import http from 'node:http';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a client may simply try again. */
const RETRYABLE = new Set(['UNAVAILABLE', 'TIMEOUT']);
const PATIENCE = 90_000;

export const PROGRAM = 'id title version note';
export const CREATE = `mutation ($input: ProgramCreateInput!) {
    done: programCreate(input: $input) { program { ${PROGRAM} } errors { code path message(locale: EN) } }
}`;
export const UPDATE = CREATE.replace('ProgramCreateInput', 'ProgramUpdateInput').replace('programCreate', 'programUpdate');

/** A request's headers and body. */
export function written(member, query, variables) {
    const body = JSON.stringify({ query, variables });
    const headers = {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${member.token}`,
        'content-length': Buffer.byteLength(body),
    };
    return { headers, body };
}

/** Asks once: `{ data }`, `{ again }` with why, or `{ wrong }`. */
export function ask(service, member, query, variables) {
    const { headers, body } = written(member, query, variables);
    return new Promise((resolve) => {
        const { host, port, agent } = service;
        const request = http.request({ host, port, agent, method: 'POST', path: '/graphql', headers }, (response) => {
            let text = '';
            response.setEncoding('utf8').on('data', (more) => (text += more));
            response.on('end', () => resolve(judged(response.statusCode, text)));
            response.on('error', (error) => resolve({ again: error.code ?? error.message }));
            response.on('aborted', () => resolve({ again: 'cut' }));
        });
        request.on('error', (error) => resolve({ again: error.code ?? error.message }));
        request.setTimeout(PATIENCE, () => {
            resolve({ wrong: `no answer in ${PATIENCE / 1000} s` });
            request.destroy();
        });
        request.end(body);
    });
}

/** What a response means. */
export function judged(status, text) {
    let answer;
    try {
        answer = JSON.parse(text);
    } catch {
        return { wrong: `${status} ${text.slice(0, 300)}` };
    }
    const codes = (answer.errors ?? []).map((error) => error.extensions?.code);
    if (codes.length === 0) {
        return { data: answer.data };
    }
    return codes.every((code) => RETRYABLE.has(code))
        ? { again: codes[0] }
        : { wrong: `${status} ${JSON.stringify(answer.errors).slice(0, 600)}` };
}

/** Asks until it is answered. `noted` hears of every reason to try again; `patience` and `pause` are milliseconds. */
export async function answered(service, member, query, variables, { noted = () => {}, patience = PATIENCE, pause = shortly } = {}) {
    const begun = performance.now();
    for (let attempt = 0; ; attempt += 1) {
        const said = await ask(service, member, query, variables);
        if (said.again === undefined) {
            return said;
        }
        noted(said.again);
        if (performance.now() - begun > patience) {
            return { wrong: `tried for ${patience / 1000} s, in the end: ${said.again}` };
        }
        await sleep(pause(attempt));
    }
}

/** For whoever wants to know when the service is back. */
const shortly = () => 20 + Math.random() * 80;

/** For whoever is one of many: twice as long each time, up to 4 s. */
export const politely = (attempt) => Math.min(4_000, 100 * 2 ** attempt) * (0.5 + Math.random() / 2);

/** Data, or an error. */
export async function data(service, member, query, variables) {
    const said = await answered(service, member, query, variables);
    if (said.wrong) {
        throw new Error(`${said.wrong}\n${query}\n${JSON.stringify(variables)}`);
    }
    return said.data;
}

/** Tells each member of the staff the id of their tenant. */
export async function introduce(service, staff) {
    for (const member of staff) {
        const found = await data(service, member, 'query ($key: String!) { province(by: {key: $key}) { id } }', {
            key: member.tenant,
        });
        member.tenantId = found.province.id;
    }
}

/** The input of a new program. */
export function draft(member, title, more = {}) {
    return {
        tenant: member.tenantId,
        kind: 'ACTION_PROGRAM',
        level: 'PROVINCE',
        title,
        idempotencyKey: randomUUID(),
        ...more,
    };
}

/** Every program whose title begins so, with what became of it. */
export async function programs(service, member, prefix) {
    const query = `query ($prefix: String!, $after: String) {
        programs(where: {title: {startsWith: $prefix}}, first: 100, after: $after) {
            nodes { ${PROGRAM} history(first: 100) { nodes { number operation changes { field after } } pageInfo { hasNextPage } } }
            pageInfo { hasNextPage endCursor }
        }
    }`;
    return pages((after) => data(service, member, query, { prefix, after }).then(({ programs: page }) => page));
}

/** Every change that one may see after a cursor. */
export async function changes(service, member, start) {
    const query = `query ($after: String) {
        changes(after: $after, first: 100) { nodes { cursor operation type id } pageInfo { hasNextPage endCursor } }
    }`;
    return pages((after) => data(service, member, query, { after }).then(({ changes: page }) => page), start);
}

async function pages(read, start = null) {
    const nodes = [];
    for (let after = start; ; ) {
        const page = await read(after);
        nodes.push(...page.nodes);
        if (!page.pageInfo.hasNextPage) {
            return nodes;
        }
        after = page.pageInfo.endCursor;
    }
}

/** Does something so many times, a few at a time. */
export async function beside(parallel, times, work) {
    let next = 0;
    const worker = async () => {
        while (next < times) {
            next += 1;
            await work(next - 1);
        }
    };
    await Promise.all(Array.from({ length: parallel }, worker));
}
