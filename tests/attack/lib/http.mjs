// HTTP spoken by hand: an attacker sends what no HTTP library would, and wants to know what became of the connection.

import net from 'node:net';

/** Where the attacks come from: another address than the well-behaved client's, so that a limit by address shows. */
export const ATTACKER = '127.0.0.2';

/** The bytes of a request. `headers` is a list of [name, value], taken as they are; `body` a string or a Buffer. */
export function request({ method = 'POST', path = '/graphql', headers = [], body = '', length = true }) {
    const bytes = Buffer.from(body);
    const lines = [
        `${method} ${path} HTTP/1.1`,
        'host: phoihop.test',
        ...headers.map(([name, value]) => `${name}: ${value}`),
    ];
    if (length && (bytes.length > 0 || method === 'POST')) {
        lines.push(`content-length: ${bytes.length}`);
    }
    return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

/** A GraphQL request as a well-behaved client would send it, whatever the document says. */
export function post(payload, headers = []) {
    return request({
        headers: [
            ['content-type', 'application/json'],
            ['accept', 'application/graphql-response+json'],
            ['connection', 'close'],
            ...headers,
        ],
        body: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
    });
}

/** The same by GET, with a header that a browser would not send to another site unasked. */
export function get(parameters, headers = [['graphql-require-preflight', '1']]) {
    const path = `/graphql?${new URLSearchParams(parameters)}`;
    return request({
        method: 'GET',
        path,
        headers: [['accept', 'application/graphql-response+json'], ['connection', 'close'], ...headers],
    });
}

/** Opens a connection. Errors of it are no events of the program: what was received says enough. */
export function open(target, from = ATTACKER) {
    const socket = net.connect({ host: target.host, port: target.port, localAddress: from });
    socket.setNoDelay(true);
    socket.on('error', () => {});
    return socket;
}

/** Takes the first response off the received bytes; undefined when it is not whole yet. */
export function parse(bytes, ended) {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) {
        return undefined;
    }
    const [first, ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
    const headers = {};
    for (const line of lines) {
        const colon = line.indexOf(':');
        headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    const status = Number(first.split(' ')[1]);
    const body = contents(bytes.subarray(end + 4), headers, status, ended);
    return body && { status, headers, ...body };
}

function contents(bytes, headers, status, ended) {
    if (status === 101 || status === 204 || status === 304) {
        return { text: '', rest: bytes };
    }
    if (headers['transfer-encoding'] === 'chunked') {
        return chunks(bytes);
    }
    if (headers['content-length'] === undefined) {
        return ended ? { text: bytes.toString(), rest: Buffer.alloc(0) } : undefined;
    }
    const length = Number(headers['content-length']);
    return bytes.length < length
        ? undefined
        : { text: bytes.subarray(0, length).toString(), rest: bytes.subarray(length) };
}

function chunks(bytes) {
    const parts = [];
    let at = 0;
    for (;;) {
        const line = bytes.indexOf('\r\n', at);
        if (line < 0) {
            return undefined;
        }
        const length = parseInt(bytes.subarray(at, line).toString('latin1'), 16);
        const next = line + 2 + length + 2;
        if (bytes.length < next) {
            return undefined;
        }
        if (length === 0) {
            return { text: Buffer.concat(parts).toString(), rest: bytes.subarray(next) };
        }
        parts.push(bytes.subarray(line + 2, next - 2));
        at = next;
    }
}

/** Reads the responses that come over `socket` until it closes, `enough` of them are there, or `patience` ends. */
export function responses(socket, { enough = 1, patience = 15_000 } = {}) {
    return new Promise((resolve) => {
        const found = [];
        let received = Buffer.alloc(0);
        const done = (closed) => {
            clearTimeout(timer);
            socket.off('data', read).off('close', ended);
            resolve({ found, closed });
        };
        const take = (isEnd) => {
            for (let response; (response = parse(received, isEnd)); received = response.rest) {
                found.push(response);
            }
        };
        const read = (data) => {
            received = Buffer.concat([received, data]);
            take(false);
            if (found.length >= enough) {
                done(false);
            }
        };
        const ended = () => {
            take(true);
            done(true);
        };
        const timer = setTimeout(() => done(false), patience);
        socket.on('data', read).on('close', ended);
    });
}

/** Sends bytes over a connection of their own. `status` is 0 when the connection was closed without an answer. */
export async function exchange(target, bytes, { from, patience } = {}) {
    const socket = open(target, from);
    const answered = responses(socket, { patience });
    socket.write(bytes);
    const { found, closed } = await answered;
    socket.destroy();
    return found[0] ?? { status: 0, headers: {}, text: closed ? 'closed' : 'neither answered nor closed' };
}

/** The codes of the errors in an answer, or in all the events of one. */
export function codes(answer) {
    const isStream = answer.headers['content-type']?.startsWith('text/event-stream');
    const texts = isStream ? [...answer.text.matchAll(/^data: ?(.+)$/gm)].map(([, text]) => text) : [answer.text];
    return texts.flatMap((text) => {
        try {
            return (JSON.parse(text).errors ?? []).map((error) => error.extensions?.code);
        } catch {
            return [];
        }
    });
}
