// The head of a request: methods, paths, headers, and shapes by which two servers in a row disagree where it ends.

import { get, post, request } from '../lib/http.mjs';

const QUERY = '{"query":"{__typename}"}';
const JSON_TYPE = ['content-type', 'application/json'];
const CLOSE = ['connection', 'close'];
const ACCEPT = ['accept', 'application/json'];
const FORBIDDEN = { status: [403], code: ['FORBIDDEN'] };
const METHOD = { status: [405], header: 'allow' };
/** The HTTP library answers these by itself, without a word, or closes the connection at once or when it waited enough. */
const MALFORMED = { status: [0, 400, 408, 413, 414, 431, 501, 505], patience: 1000 };

const method = (name, body = '') => request({ method: name, headers: [JSON_TYPE, CLOSE], body });
const raw = (lines, body = '') => Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
const posted = (...headers) => [
    'POST /graphql HTTP/1.1',
    'host: phoihop.test',
    'content-type: application/json',
    ...headers,
];
const many = (count, header) => Array.from({ length: count }, (_, index) => header(index));

const methods = [
    ...['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'post', 'X'.repeat(1000)].map((name) => ({
        name: `method-${name.slice(0, 12)}`,
        send: () => method(name, QUERY),
        status: [400, 405],
    })),
    {
        name: 'method-options',
        send: () => method('OPTIONS'),
        status: [200, 204, 405],
        without: 'access-control-allow-origin',
    },
    {
        name: 'preflight-of-evil-site',
        send: () =>
            request({
                method: 'OPTIONS',
                headers: [
                    ['origin', 'https://evil.example'],
                    ['access-control-request-method', 'POST'],
                    ['access-control-request-headers', 'content-type'],
                    CLOSE,
                ],
            }),
        status: [200, 204, 403, 405],
        without: 'access-control-allow-origin',
    },
    {
        name: 'method-override',
        send: () =>
            get({ query: 'mutation{__typename}' }, [
                ['x-requested-with', 'x'],
                ['x-http-method-override', 'POST'],
            ]),
        ...METHOD,
    },
    { name: 'get-mutation', send: () => get({ query: 'mutation{__typename}' }), ...METHOD },
    {
        name: 'get-mutation-chosen-by-name',
        send: () => get({ query: 'query a{__typename} mutation b{__typename}', operationName: 'b' }),
        ...METHOD,
    },
    { name: 'get-plain', send: () => get({ query: '{__typename}' }, []), ...FORBIDDEN },
    {
        name: 'get-preflight-header-empty',
        send: () => get({ query: '{__typename}' }, [['x-requested-with', '']]),
        ...FORBIDDEN,
    },
    {
        name: 'get-as-an-image',
        send: () =>
            get({ query: '{__typename}' }, [
                ['sec-fetch-dest', 'image'],
                ['cookie', 'a=b'],
            ]),
        ...FORBIDDEN,
    },
    {
        name: 'get-query-twice',
        send: () =>
            request({
                method: 'GET',
                path: '/graphql?query=%7B__typename%7D&query=%7Bviewer%7Bprincipal%7D%7D',
                headers: [['x-requested-with', 'x'], ACCEPT, CLOSE],
            }),
        status: [200, 400],
        code: ['BAD_USER_INPUT', undefined],
    },
    {
        name: 'get-variables-nested',
        send: () => get({ query: '{__typename}', variables: '['.repeat(10_000) }),
        status: [400],
        code: ['BAD_USER_INPUT', 'QUERY_TOO_COMPLEX'],
    },
    {
        name: 'get-percent-broken',
        send: () =>
            request({
                method: 'GET',
                path: '/graphql?query=%7B__typename%ff%',
                headers: [['x-requested-with', 'x'], CLOSE],
            }),
        status: [200, 400],
        code: ['GRAPHQL_PARSE_FAILED', 'BAD_USER_INPUT'],
    },
    {
        name: 'get-parameters-9000',
        send: () =>
            request({
                method: 'GET',
                path: `/graphql?query=%7B__typename%7D&${'a=&'.repeat(9000)}`,
                headers: [['x-requested-with', 'x'], ACCEPT, CLOSE],
            }),
        status: [200, 400, 414],
        code: ['BAD_USER_INPUT', undefined],
    },
    {
        name: 'get-query-17-kb',
        send: () => get({ query: `{__typename ${' '.repeat(17_000)}}` }),
        status: [400],
        code: ['QUERY_TOO_COMPLEX'],
    },
    {
        name: 'get-query-100-kb',
        send: () => get({ query: `{__typename ${' '.repeat(100_000)}}` }),
        status: [400, 413, 414, 431],
    },
    {
        name: 'get-brackets-1000',
        send: () => get({ query: '{[('.repeat(333) }),
        status: [400],
        code: ['QUERY_TOO_DEEP'],
    },
    {
        name: 'path-unknown',
        send: () => request({ path: '/graphql/../../etc/passwd', headers: [JSON_TYPE, CLOSE], body: QUERY }),
        status: [404],
    },
];

const headers = [
    { name: 'header-1-mb', send: () => post(QUERY, [['x-a', 'a'.repeat(1_000_000)]]), ...MALFORMED },
    {
        name: 'header-100-kb',
        send: () => post(QUERY, [['x-a', 'a'.repeat(100_000)]]),
        status: [0, 200, 400, 431],
        code: [undefined],
    },
    {
        name: 'headers-200',
        send: () =>
            post(
                QUERY,
                many(200, (n) => [`x-${n}`, 'a']),
            ),
        ...MALFORMED,
    },
    {
        name: 'headers-20000',
        send: () =>
            post(
                QUERY,
                many(20_000, (n) => [`x-${n}`, 'a']),
            ),
        ...MALFORMED,
    },
    {
        name: 'accept-10-kb',
        send: () => request({ headers: [JSON_TYPE, CLOSE, ['accept', 'a/b;q=0.1,'.repeat(1000)]], body: QUERY }),
        status: [200, 400, 406],
        code: [undefined, 'BAD_USER_INPUT', 'FORBIDDEN', 'NOT_ACCEPTABLE'],
    },
    {
        name: 'accept-parameters',
        send: () =>
            request({
                headers: [JSON_TYPE, CLOSE, ['accept', `application/json${';a="\\"'.repeat(2000)}`]],
                body: QUERY,
            }),
        status: [200, 400, 406],
        code: [undefined, 'BAD_USER_INPUT', 'NOT_ACCEPTABLE'],
    },
    {
        name: 'accept-no-text',
        send: () => request({ headers: [JSON_TYPE, CLOSE, ['accept', '\xff\xfe']], body: QUERY }),
        status: [200, 400, 406],
    },
    {
        name: 'accept-nothing-served',
        send: () => request({ headers: [JSON_TYPE, CLOSE, ['accept', 'image/png']], body: QUERY }),
        status: [406],
    },
    {
        name: 'token-50-kb',
        send: () => post(QUERY, [['authorization', `Bearer ${'a'.repeat(50_000)}`]]),
        status: [401],
        code: ['UNAUTHENTICATED'],
        header: 'www-authenticate',
    },
    {
        name: 'token-without-signature',
        send: () => post(QUERY, [['authorization', 'Bearer eyJhbGciOiJub25lIn0.e30.']]),
        status: [401],
        code: ['UNAUTHENTICATED'],
    },
    {
        name: 'token-of-dots',
        send: () => post(QUERY, [['authorization', `Bearer ${'.'.repeat(10_000)}`]]),
        status: [401],
        code: ['UNAUTHENTICATED'],
    },
    {
        name: 'token-key-guessed',
        send: () => post(QUERY, [['authorization', `Bearer phk_${'a'.repeat(22)}_${'b'.repeat(43)}`]]),
        status: [401],
        code: ['UNAUTHENTICATED'],
    },
    {
        name: 'token-twice',
        send: () =>
            post(QUERY, [
                ['authorization', 'Bearer a'],
                ['authorization', 'Bearer b'],
            ]),
        status: [400, 401],
        code: ['UNAUTHENTICATED', 'BAD_USER_INPUT'],
    },
    {
        name: 'request-id-50-kb',
        send: () => post(QUERY, [['x-request-id', 'a'.repeat(50_000)]]),
        status: [200, 400, 431],
        shorter: 1000,
    },
    {
        name: 'header-folded',
        send: () => raw([...posted(`content-length: ${QUERY.length}`), 'x-a: b', ' c: d'], QUERY),
        ...MALFORMED,
    },
    {
        name: 'header-name-with-blank',
        send: () => raw(posted(`content-length : ${QUERY.length}`), QUERY),
        ...MALFORMED,
    },
    {
        name: 'header-name-empty',
        send: () => raw(posted(': x', `content-length: ${QUERY.length}`), QUERY),
        ...MALFORMED,
    },
    {
        name: 'header-with-null',
        send: () => raw(posted('x-a: a\0b', `content-length: ${QUERY.length}`), QUERY),
        ...MALFORMED,
    },
    { name: 'version-2.7', send: () => raw(['POST /graphql HTTP/2.7', 'host: phoihop.test']), ...MALFORMED },
    { name: 'version-0.9', send: () => Buffer.from('GET /graphql\r\n'), ...MALFORMED },
    { name: 'tls-hello', send: () => Buffer.from('160301010001000001fc0303', 'hex'), ...MALFORMED },
    {
        name: 'http2-preface',
        send: () => Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1'),
        ...MALFORMED,
    },
    { name: 'newlines-60-kb', send: () => Buffer.from('\r\n'.repeat(30_000)), ...MALFORMED },
];

// `smuggled`: what follows must not be taken for a request of its own. When both lengths are given, the chunks count and
// the connection is closed after the answer (RFC 9112, 6.3).
const HIDDEN = 'GET /healthz HTTP/1.1\r\nhost: phoihop.test\r\n\r\n';
const chunk = (text) => `${text.length.toString(16)}\r\n${text}\r\n`;
const smuggling = [
    {
        name: 'smuggling-chunked-and-length',
        send: () =>
            raw(
                posted(`content-length: ${chunk(QUERY).length + 5}`, 'transfer-encoding: chunked'),
                `${chunk(QUERY)}0\r\n\r\n${HIDDEN}`,
            ),
        status: [200, 400],
        code: [undefined],
        smuggled: true,
    },
    {
        name: 'smuggling-length-and-chunked-end',
        send: () =>
            raw(posted('transfer-encoding: chunked', `content-length: ${5 + HIDDEN.length}`), `0\r\n\r\n${HIDDEN}`),
        status: [400],
        smuggled: true,
    },
    {
        name: 'smuggling-two-lengths',
        send: () => raw(posted(`content-length: ${QUERY.length}`, 'content-length: 0'), `${QUERY}${HIDDEN}`),
        status: [0, 400],
        smuggled: true,
    },
    {
        name: 'smuggling-length-list',
        send: () => raw(posted(`content-length: ${QUERY.length}, 0`), `${QUERY}${HIDDEN}`),
        status: [0, 400],
        smuggled: true,
    },
    {
        name: 'smuggling-length-signed',
        send: () => raw(posted(`content-length: +${QUERY.length}`), `${QUERY}${HIDDEN}`),
        status: [0, 400],
        smuggled: true,
    },
    {
        name: 'smuggling-length-negative',
        send: () => raw(posted('content-length: -1'), `${QUERY}${HIDDEN}`),
        status: [0, 400],
        smuggled: true,
    },
    {
        name: 'smuggling-length-overflow',
        send: () => raw(posted('content-length: 18446744073709551616'), QUERY),
        status: [0, 400, 413],
    },
    {
        name: 'smuggling-encoding-unknown',
        send: () => raw(posted('transfer-encoding: xchunked', `content-length: ${QUERY.length}`), `${QUERY}${HIDDEN}`),
        status: [0, 400, 501],
        smuggled: true,
    },
    {
        name: 'smuggling-encoding-not-last',
        send: () => raw(posted('transfer-encoding: chunked, identity'), `${chunk(QUERY)}0\r\n\r\n${HIDDEN}`),
        status: [0, 400, 501],
        smuggled: true,
    },
    {
        name: 'smuggling-encoding-http-1.0',
        send: () =>
            raw(
                [
                    'POST /graphql HTTP/1.0',
                    'host: phoihop.test',
                    'content-type: application/json',
                    'connection: keep-alive',
                    'transfer-encoding: chunked',
                ],
                `${chunk(QUERY)}0\r\n\r\n${HIDDEN}`,
            ),
        status: [0, 400],
        smuggled: true,
    },
    {
        name: 'chunk-size-overflow',
        send: () => raw(posted('transfer-encoding: chunked'), `fffffffffffffffff\r\n${QUERY}`),
        status: [0, 400, 413],
    },
    {
        name: 'chunk-size-negative',
        send: () => raw(posted('transfer-encoding: chunked'), `-1\r\n${QUERY}`),
        status: [0, 400],
    },
    {
        name: 'chunk-size-largest',
        send: () => raw(posted('transfer-encoding: chunked'), `7fffffffffffffff\r\n${'a'.repeat(100_000)}`),
        status: [0, 400, 413],
    },
    {
        name: 'chunk-extension-50-kb',
        send: () => raw(posted('transfer-encoding: chunked'), `1;${'a'.repeat(50_000)}\r\n{\r\n0\r\n\r\n`),
        status: [0, 400, 413],
    },
    {
        name: 'chunks-of-one-byte',
        send: () =>
            raw(posted('transfer-encoding: chunked', 'connection: close'), `${'1\r\n \r\n'.repeat(20_000)}0\r\n\r\n`),
        status: [400],
    },
    {
        name: 'chunk-trailers-60-kb',
        send: () =>
            raw(
                posted('transfer-encoding: chunked', 'connection: close'),
                `${chunk(QUERY)}0\r\n${'x-a: b\r\n'.repeat(7000)}\r\n`,
            ),
        status: [0, 200, 400, 431],
        code: [undefined, 'BAD_USER_INPUT'],
    },
];

export const heads = [...methods, ...headers, ...smuggling];
