// Brackets in brackets, which a parser follows by calling itself: without a bound, they end the process.

import { DEEP, COMPLEX, BROKEN, mixed, nested } from './words.mjs';

export const brackets = [
    { name: 'brackets-33', document: mixed(33), code: [DEEP] },
    { name: 'brackets-1000', document: mixed(1000), code: [DEEP] },
    { name: 'brackets-16000', document: mixed(16_000), code: [DEEP, COMPLEX] },
    { name: 'brackets-100000', document: mixed(100_000), code: [DEEP, COMPLEX], as: 'user' },
    { name: 'selections-33', document: nested(33, '{a', '', '}'), code: [DEEP] },
    { name: 'selections-1000', document: nested(1000, '{a', '', '}'), code: [DEEP] },
    { name: 'lists-33', document: `{nodes(ids:${nested(33, '[', '"x"', ']')}){id}}`, code: [DEEP] },
    { name: 'objects-33', document: `{programs(where:${nested(33, '{not:', '{}', '}')}){nodes{id}}}`, code: [DEEP] },
    { name: 'list-types-33', document: `query($a:${nested(33, '[', 'ID!', ']')}){nodes(ids:$a){id}}`, code: [DEEP] },
    { name: 'inline-fragments-32', document: nested(32, '{...', '{__typename}', '}'), code: [DEEP] },
    {
        name: 'depth-15',
        document: `{programs{nodes${nested(7, '{tenant{...on Province{programs{nodes', '{id}', '}}}}')}}}`,
        code: [DEEP, COMPLEX],
    },
    { name: 'brackets-closed-only', document: '}'.repeat(2000), code: [BROKEN, COMPLEX] },
    { name: 'brackets-crossed', document: '{(}['.repeat(400), code: [BROKEN, DEEP, COMPLEX] },
];
