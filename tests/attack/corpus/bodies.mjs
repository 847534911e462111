// Bodies and media types: what is too much, what is no JSON, what is no text.

import { gzipSync } from 'node:zlib';
import { post, request } from '../lib/http.mjs';

const QUERY = '{"query":"{__typename}"}';
const INPUT = 'BAD_USER_INPUT';
const bad = { status: [400], code: [INPUT] };
const typed = (type, body = QUERY, ...more) =>
    request({ headers: [...(type ? [['content-type', type]] : []), ['connection', 'close'], ...more], body });
const batch = (count) => `[${Array.from({ length: count }, () => QUERY).join(',')}]`;
// A code says more than a status, but which one is not promised for these.
const unsupported = { status: [415] };
// 50 MB once it is unpacked.
const bomb = typed('application/json', gzipSync(Buffer.alloc(50_000_000, ' ')), ['content-encoding', 'gzip']);

export const bodies = [
    { name: 'batch-empty', send: () => post('[]'), ...bad },
    { name: 'batch-2', send: () => post(batch(2)), ...bad },
    { name: 'batch-2000', send: () => post(batch(2000)), ...bad },
    { name: 'batch-5000', send: () => post(batch(5000)), status: [413], code: ['TOO_LARGE'] },
    { name: 'batch-5000-user', send: () => post(batch(5000)), as: 'user', ...bad },
    { name: 'batch-after-blanks', send: () => post(`${' \n'.repeat(1000)}${batch(2)}`), ...bad },
    { name: 'body-empty', send: () => post(''), ...bad },
    { name: 'body-null', send: () => post('null'), ...bad },
    { name: 'body-text', send: () => post('"{__typename}"'), ...bad },
    { name: 'body-blanks-60-kb', send: () => post(' '.repeat(60_000)), ...bad },
    { name: 'body-two-values', send: () => post(`${QUERY}${QUERY}`), ...bad },
    { name: 'query-missing', send: () => post('{}'), ...bad },
    { name: 'query-number', send: () => post('{"query":1}'), ...bad },
    { name: 'variables-array', send: () => post('{"query":"{__typename}","variables":[]}'), ...bad },
    { name: 'variables-text', send: () => post('{"query":"{__typename}","variables":"{}"}'), ...bad },
    { name: 'extensions-text', send: () => post('{"query":"{__typename}","extensions":"x"}'), ...bad },
    { name: 'utf8-broken', send: () => post(Buffer.from([0xff, 0xfe, 0x7b, 0x7d])), ...bad },
    {
        name: 'utf8-broken-in-string',
        send: () => post(Buffer.concat([Buffer.from('{"query":"{a'), Buffer.from([0xc3, 0x28]), Buffer.from('}"}')])),
        ...bad,
    },
    {
        name: 'utf8-overlong',
        send: () => post(Buffer.concat([Buffer.from('{"query":"{a'), Buffer.from([0xc0, 0xa2]), Buffer.from('}"}')])),
        ...bad,
    },
    {
        name: 'utf8-surrogate',
        send: () =>
            post(Buffer.concat([Buffer.from('{"query":"{a'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('}"}')])),
        ...bad,
    },
    { name: 'utf16', send: () => post(Buffer.from(QUERY, 'utf16le')), ...bad },
    { name: 'json-lone-surrogate', send: () => post('{"query":"{a\\ud800}"}'), ...bad },
    { name: 'json-with-bom', send: () => post(`\ufeff${QUERY}`), ...bad },
    { name: 'type-missing', send: () => typed(undefined), ...unsupported },
    { name: 'type-text', send: () => typed('text/plain'), ...unsupported },
    {
        name: 'type-form',
        send: () => typed('application/x-www-form-urlencoded', 'query=%7B__typename%7D'),
        ...unsupported,
    },
    {
        name: 'type-multipart',
        send: () =>
            typed(
                'multipart/form-data; boundary=x',
                '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--',
            ),
        ...unsupported,
    },
    { name: 'type-graphql', send: () => typed('application/graphql', '{__typename}'), ...unsupported },
    { name: 'type-of-two', send: () => typed('text/plain, application/json'), ...unsupported },
    { name: 'type-charset-utf16', send: () => typed('application/json; charset=utf-16'), ...unsupported },
    { name: 'type-like-json', send: () => typed('application/jsonx'), ...unsupported },
    {
        name: 'type-60-kb',
        send: () => typed(`application/json; ${'a'.repeat(60_000)}`),
        status: [200, 400, 415, 431],
        code: [undefined, INPUT],
    },
    {
        name: 'encoding-gzip',
        send: () => typed('application/json', gzipSync(QUERY), ['content-encoding', 'gzip']),
        ...unsupported,
    },
    { name: 'encoding-gzip-bomb', send: () => bomb, ...unsupported },
    {
        name: 'encoding-unknown',
        send: () => typed('application/json', QUERY, ['content-encoding', 'x-none']),
        ...unsupported,
    },
];
