// Values that are dear to read, to compare or to look up: variables, filters, cursors, ids, ids of documents.

import { get, post, request } from '../lib/http.mjs';

const INPUT = 'BAD_USER_INPUT';
const COMPLEX = 'QUERY_TOO_COMPLEX';
const DEEP = 'QUERY_TOO_DEEP';
const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const CURSOR = 'CURSOR_INVALID';
const LARGE = 'TOO_LARGE';
const DOCUMENT = 'DOCUMENT_NOT_TRUSTED';

const PAGES = '{provinces(first:100){nodes{programs(first:100){nodes{signatories(first:100){nodes{id}}}}}}}';

const nested = (depth, open, inner, close) => open.repeat(depth) + inner + close.repeat(depth);
const list = (count, value) => `[${Array.from({ length: count }, (_, index) => value(index)).join(',')}]`;
/** A body with variables that no JSON library would write. */
const body = (query, variables) => `{"query":${JSON.stringify(query)},"variables":${variables}}`;
const where = (variables) =>
    body('query($w:ProgramWhere!){programs(first:1,where:$w){nodes{id}}}', `{"w":${variables}}`);
const keys = (bytes) =>
    `{${Array.from({ length: Math.floor(bytes / 12) }, (_, index) => `"k${String(index).padStart(6, '0')}":0`).join(',')}}`;
const ids = (count) => body('query($ids:[ID!]!){nodes(ids:$ids){id}}', `{"ids":${list(count, (n) => `"${n}"`)}}`);

/** What is answered is right as well: such a value is no fault, as long as it costs little. */
const ANSWERED = {
    status: [200, 400],
    code: [INPUT, COMPLEX, DEEP, INVALID, LARGE, CURSOR, 'PAGE_TOO_LARGE', undefined],
};
const REFUSED = { status: [200, 400, 413], code: [INPUT, COMPLEX, DEEP, INVALID, LARGE, CURSOR, 'PAGE_TOO_LARGE'] };

const entry = (name, send, expected, as) => ({ name, send, as, ...expected });

export const values = [
    entry('variables-arrays-10000', () => post(body('{__typename}', `{"a":${nested(10_000, '[', '', ']')}}`)), {
        status: [400],
        code: [INPUT, COMPLEX],
    }),
    entry('variables-objects-10000', () => post(body('{__typename}', nested(10_000, '{"a":', '0', '}'))), {
        status: [400, 413],
        code: [INPUT, LARGE, COMPLEX],
    }),
    entry('variables-arrays-open', () => post(`{"variables":${'['.repeat(60_000)}`), { status: [400], code: [INPUT, COMPLEX] }),
    entry(
        'extensions-arrays-10000',
        () => post(`{"query":"{__typename}","extensions":{"a":${nested(10_000, '[', '', ']')}}}`),
        { status: [400], code: [INPUT, COMPLEX] },
    ),
    entry('body-arrays-30000', () => post(nested(30_000, '[', '', ']')), { status: [400], code: [INPUT, COMPLEX] }),
    entry('variables-keys-60-kb', () => post(body('{__typename}', keys(60_000))), ANSWERED),
    entry('variables-keys-1-mb', () => post(body('{__typename}', keys(1_000_000))), { status: [413], code: [LARGE] }),
    entry('variables-keys-1-mb-user', () => post(body('{__typename}', keys(1_000_000))), ANSWERED, 'user'),
    entry('body-keys-60-kb', () => post(`{"query":"{__typename}",${keys(60_000).slice(1)}`), ANSWERED),
    entry('body-keys-same', () => post(`{${Array.from({ length: 2000 }, () => '"query":"{__typename}"').join(',')}}`), {
        status: [400],
        code: [INPUT, COMPLEX],
    }),
    entry('number-1e400', () => post(body('query($n:Int){provinces(first:$n){nodes{id}}}', '{"n":1e400}')), REFUSED),
    entry(
        'number-60000-digits',
        () => post(body('query($n:Int){provinces(first:$n){nodes{id}}}', `{"n":${'9'.repeat(60_000)}}`)),
        REFUSED,
    ),
    entry(
        'number-60000-decimals',
        () => post(body('query($n:Int){provinces(first:$n){nodes{id}}}', `{"n":0.${'0'.repeat(60_000)}1}`)),
        REFUSED,
    ),
    entry(
        'number-exponent-60000-digits',
        () => post(body('query($n:Int){provinces(first:$n){nodes{id}}}', `{"n":1e${'9'.repeat(60_000)}}`)),
        REFUSED,
    ),
    entry('where-not-100', () => post(where(nested(100, '{"not":', '{"openEnded":true}', '}'))), REFUSED),
    entry('where-and-50', () => post(where(nested(50, '{"and":[', '{"openEnded":true}', ']}'))), REFUSED),
    entry('where-or-2000', () => post(where(`{"or":${list(2000, (n) => `{"title":{"eq":"${n}"}}`)}}`)), REFUSED),
    entry(
        'where-or-30000',
        () => post(where(`{"or":${list(30_000, (n) => `{"title":{"eq":"${n}"}}`)}}`)),
        REFUSED,
        'user',
    ),
    entry('where-in-5000', () => post(where(`{"title":{"in":${list(5000, (n) => `"${n}"`)}}}`)), REFUSED),
    entry('where-in-100000', () => post(where(`{"title":{"in":${list(100_000, (n) => `"${n}"`)}}}`)), REFUSED, 'user'),
    entry('where-id-in-100000', () => post(where(`{"id":{"in":${list(100_000, (n) => `"${n}"`)}}}`)), REFUSED, 'user'),
    entry('where-doubling-10', () => post(where(doubling(10))), REFUSED),
    entry('where-relations-nested', () => post(where(relations(8))), ANSWERED),
    entry('text-contains-60-kb', () => post(where(`{"title":{"contains":"${'a'.repeat(60_000)}"}}`)), ANSWERED),
    entry('text-contains-1-mb', () => post(where(`{"title":{"contains":"${'ế'.repeat(300_000)}"}}`)), ANSWERED, 'user'),
    entry('text-contains-wildcards', () => post(where(`{"title":{"contains":"${'%_'.repeat(20_000)}x"}}`)), ANSWERED),
    entry('text-null-character', () => post(where('{"title":{"contains":"a\\u0000b"}}')), ANSWERED),
    entry('text-lone-surrogate', () => post(where('{"title":{"contains":"\\ud800"}}')), {
        status: [400],
        code: [INPUT],
    }),
    entry('text-combining-marks', () => post(where(`{"title":{"contains":"a${'\u0301'.repeat(25_000)}"}}`)), ANSWERED),
    entry('search-60-kb', () => post(search('a '.repeat(30_000))), ANSWERED),
    entry(
        'search-distinct-words',
        () => post(search(Array.from({ length: 8000 }, (_, n) => `t${n}`).join(' '))),
        ANSWERED,
    ),
    entry('search-operators', () => post(search('" ) OR NEAR(a b, 99999999) NOT ^ * : - {a b} : "')), ANSWERED),
    entry('search-brackets', () => post(search('('.repeat(50_000))), ANSWERED),
    entry('search-stars', () => post(search('a* '.repeat(15_000))), ANSWERED),
    entry('ids-10000', () => post(ids(5000)), REFUSED),
    entry('ids-100000', () => post(ids(100_000)), REFUSED, 'user'),
    entry('id-60-kb', () => post(body('query($id:ID!){node(id:$id){id}}', `{"id":"${'A'.repeat(60_000)}"}`)), ANSWERED),
    entry(
        'id-random',
        () => post(body('query($id:ID!){node(id:$id){id}}', '{"id":"_____________________w=="}')),
        ANSWERED,
    ),
    entry(
        'cursor-60-kb',
        () => post(body('query($c:String){programs(after:$c){nodes{id}}}', `{"c":"${'A'.repeat(60_000)}"}`)),
        REFUSED,
    ),
    entry(
        'cursor-of-zeros',
        () =>
            post(
                body(
                    'query($c:String){programs(after:$c){nodes{id}}}',
                    '{"c":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}',
                ),
            ),
        REFUSED,
    ),
    entry(
        'date-of-the-far-past',
        () => post(body('query($d:Date){provinces(asOf:$d){nodes{id}}}', '{"d":"-999999999-01-01"}')),
        REFUSED,
    ),
    entry(
        'date-of-the-far-future',
        () => post(body('query($d:Date){provinces(asOf:$d){nodes{id}}}', '{"d":"9999-12-31"}')),
        ANSWERED,
    ),
    entry(
        'date-60-kb',
        () => post(body('query($d:Date){provinces(asOf:$d){nodes{id}}}', `{"d":"${'9'.repeat(60_000)}"}`)),
        REFUSED,
    ),
    entry(
        'order-by-3000',
        () =>
            post(
                body(
                    'query($o:[ProgramOrder!]){programs(orderBy:$o){nodes{id}}}',
                    `{"o":${list(1500, () => '{"field":"TITLE","direction":"ASC"}')}}`,
                ),
            ),
        REFUSED,
    ),
    entry('entities-1000', () => post(entities(list(1000, () => '{"__typename":"Program","id":"x"}'))), {
        status: [200, 400],
        code: [INPUT, COMPLEX, 'PAGE_TOO_LARGE'],
    }),
    entry('entities-nested', () => post(entities(`[${nested(100, '{"__typename":', '1', '}')}]`)), {
        status: [200, 400],
        code: [INPUT, COMPLEX, 'PAGE_TOO_LARGE'],
    }),
    entry('entities-of-no-type', () => post(entities('[{"__typename":"Query"},{"id":"x"},1,null]')), {
        status: [200, 400],
        code: [INPUT, COMPLEX, 'PAGE_TOO_LARGE'],
    }),
    entry('entities-id-60-kb', () => post(entities(`[{"__typename":"Program","id":"${'A'.repeat(60_000)}"}]`)), {
        status: [200, 400],
        code: [INPUT, undefined],
    }),
    entry('changes-after-60-kb', () => post(changes('A'.repeat(60_000))), { status: [200, 400], code: [CURSOR] }),
    entry('changes-after-zeros', () => post(changes('00000000')), { status: [200, 400], code: [CURSOR] }),
    entry('stream-brackets-1000', () => stream('{[('.repeat(333)), { status: [200, 400], code: [DEEP] }),
    entry('stream-pages-nested', () => stream(PAGES), { status: [200, 400], code: [COMPLEX] }),
    entry('stream-of-two-roots', () => stream('subscription{changes{cursor} b:changes{cursor}}'), {
        status: [200, 400],
        code: [INVALID, COMPLEX],
    }),
    entry('stream-after-60-kb', () => stream('subscription{changes{cursor}}', ['last-event-id', 'A'.repeat(60_000)]), {
        status: [200, 400],
        code: [CURSOR, INPUT],
    }),
    entry('stream-after-zeros', () => stream('subscription{changes{cursor}}', ['last-event-id', '00000000']), {
        status: [200, 400],
        code: [CURSOR, INPUT],
    }),
    entry('operation-name-60-kb', () => post({ query: 'query a{__typename}', operationName: 'b'.repeat(60_000) }), {
        status: [400],
        code: ['OPERATION_RESOLUTION_FAILURE', INPUT],
    }),
    entry('document-id-60-kb', () => post({ documentId: 'a'.repeat(60_000) }), {
        status: [400],
        code: [DOCUMENT, INPUT],
    }),
    entry('document-id-100-kb', () => post({ documentId: 'a'.repeat(100_000) }), { status: [413], code: [LARGE] }),
    entry(
        'document-id-100-kb-user',
        () => post({ documentId: 'a'.repeat(100_000) }),
        { status: [400], code: [DOCUMENT, INPUT] },
        'user',
    ),
    entry('document-id-by-get-60-kb', () => get({ documentId: 'a'.repeat(60_000) }), {
        status: [400, 414, 431],
        code: [DOCUMENT, INPUT, LARGE, undefined],
    }),
    entry('document-id-path', () => post({ documentId: '../../../../etc/passwd' }), {
        status: [400],
        code: [DOCUMENT, INPUT],
    }),
    entry('hash-60-kb', () => post(persisted('a'.repeat(60_000))), {
        status: [200, 400],
        code: ['PERSISTED_QUERY_NOT_FOUND', INPUT],
    }),
    entry('hash-wrong', () => post({ ...persisted('0'.repeat(64)), query: '{__typename}' }), {
        status: [400],
        code: [INPUT],
    }),
    entry(
        'hash-of-version-2',
        () =>
            post({ query: '{__typename}', extensions: { persistedQuery: { version: 2, sha256Hash: '0'.repeat(64) } } }),
        { status: [400], code: [INPUT] },
    ),
    entry('hash-no-text', () => post({ extensions: { persistedQuery: { version: 1, sha256Hash: [[[]]] } } }), {
        status: [400],
        code: [INPUT],
    }),
];

function search(text) {
    return { query: 'query($t:String!){search(text:$t){nodes{__typename}}}', variables: { t: text } };
}

function entities(representations) {
    const query = 'query($r:[_Any!]!){_entities(representations:$r){__typename}}';
    return body(query, `{"r":${representations}}`);
}

function changes(after) {
    return { query: 'query($a:String){changes(after:$a,first:1){edges{cursor}}}', variables: { a: after } };
}

function stream(query, ...headers) {
    const all = [
        ['content-type', 'application/json'],
        ['accept', 'text/event-stream'],
        ['connection', 'close'],
        ...headers,
    ];
    return request({ headers: all, body: JSON.stringify({ query }) });
}

function persisted(hash) {
    return { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } };
}

/** Each level asks for the one below twice. */
function doubling(depth) {
    const below = depth === 0 ? '{"openEnded":true}' : doubling(depth - 1);
    return depth === 0 ? below : `{"and":[${below},${below}]}`;
}

/** Relations within relations: each one is a subquery. */
function relations(depth) {
    const parts = Array.from(
        { length: depth },
        (_, n) => `{"signatories":{"some":{"agency":{"name":{"contains":"a${n}"}}}}}`,
    );
    return `{"and":[${parts.join(',')}]}`;
}
