// Shows the running service tokens of a real provider, and takes the provider through a rotation and an outage.
//
//   node tests/oidc/run.mjs [--port PORT] --graphql http://127.0.0.1:8080/graphql
//   node tests/oidc/run.mjs [--port PORT]                                           prints tokens as JSON
//
// The service must trust the issuer http://127.0.0.1:PORT, with the organization "so-noi-vu". Prints `ok N …` a line;
// ends with 1 when something is not as it should be.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tokens } from './client.mjs';
import { PROGRAM, STAFF } from './names.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8091' }, graphql: { type: 'string' } } });
const issuer = `http://127.0.0.1:${values.port}`;
let running;
let count = 0;
let failed = 0;

async function start(alg) {
    const script = fileURLToPath(new URL('provider.mjs', import.meta.url));
    // Its warnings, that it is not set up for production, are right and beside the point.
    running = spawn(process.execPath, [script, '--port', values.port, '--alg', alg], { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = once(running, 'exit').then(() => Promise.reject(new Error('the provider does not start')));
    await Promise.race([once(createInterface({ input: running.stdout }), 'line'), ended]);
    ended.catch(() => {});
}

async function stop() {
    if (running?.exitCode === null) {
        const ended = once(running, 'exit');
        running.kill();
        await ended;
    }
}

async function ask(token) {
    const response = await fetch(values.graphql, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query: '{ viewer { principal roles } }' }),
    });
    // Every answer has its own request's id; all else must be alike.
    const text = (await response.text()).replace(/"requestId":"[^"]*"/, '"requestId":""');
    return { status: response.status, text };
}

function check(what, found, good) {
    count += 1;
    failed += good ? 0 : 1;
    console.log(`${good ? 'ok' : 'not ok'} ${count} - ${what}`);
    if (!good) {
        console.log(`  ${found.status} ${found.text}`);
    }
}

async function accepted(what, token, subject, roles) {
    const found = await ask(token);
    const viewer = found.status === 200 ? JSON.parse(found.text).data?.viewer : undefined;
    check(what, found, viewer?.principal === `user:${issuer}#${subject}` && `${viewer.roles}` === `${roles}`);
}

let refusal;

async function refused(what, token) {
    const found = await ask(token);
    refusal ??= found.text;
    check(what, found, found.status === 401 && found.text === refusal);
}

// Another letter in the middle of the signature: the last one may hold bits that count for nothing.
function tampered(token) {
    const at = token.length - 10;
    return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}

async function scenario() {
    await start('ES256');
    const first = await tokens(issuer);
    await accepted('a program that acts for itself', first.program, PROGRAM.client, PROGRAM.roles);
    await accepted('somebody who signed in', first.staff, STAFF.login, STAFF.roles);
    await refused('a tampered token of the program', tampered(first.program));
    await refused('a tampered token of somebody', tampered(first.staff));
    await refused('an id token', first.id);
    await refused('a token that is not for the service', first.opaque);

    await stop();
    await start('RS256');
    const second = await tokens(issuer);
    await accepted('a program, after the rotation', second.program, PROGRAM.client, PROGRAM.roles);
    await accepted('somebody, after the rotation', second.staff, STAFF.login, STAFF.roles);
    await refused('a token of the key that is gone', first.staff);

    await stop();
    await accepted('a program, while the provider is down', second.program, PROGRAM.client, PROGRAM.roles);
    await accepted('somebody, while the provider is down', second.staff, STAFF.login, STAFF.roles);
    await refused('a tampered token, while the provider is down', tampered(second.staff));
}

try {
    if (values.graphql) {
        await scenario();
        console.log(`${count - failed} passed, ${failed} failed`);
        process.exitCode = failed ? 1 : 0;
    } else {
        await start('ES256');
        console.log(JSON.stringify(await tokens(issuer), null, 2));
    }
} finally {
    await stop();
}
