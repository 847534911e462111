// Fragments that spread each other: few bytes that stand for many fields, or for ever more of them.

import { DEEP, COMPLEX, INVALID, BROKEN, nested, times } from './words.mjs';

export const fragments = [
    {
        name: 'fragments-doubling-40',
        document: `{...f0} ${times(40, (n) => `fragment f${n} on Query{...f${n + 1} ...f${n + 1}}`)} fragment f40 on Query{__typename}`,
        code: [COMPLEX],
    },
    {
        name: 'fragments-doubling-nested-20',
        document: `{programs{nodes{...f0}}} ${times(20, (n) => `fragment f${n} on Program{...{...f${n + 1}} ...{...f${n + 1}}}`)} fragment f20 on Program{id}`,
        code: [COMPLEX],
    },
    {
        name: 'fragments-doubling-1000',
        document: `{...f0} ${times(1000, (n) => `fragment f${n} on Query{...f${n + 1} ...f${n + 1}}`)} fragment f1000 on Query{__typename}`,
        code: [COMPLEX],
        as: 'user',
    },
    {
        name: 'fragments-4-by-100',
        document: `{...f0} ${times(4, (n) => `fragment f${n} on Query{${times(100, () => `...f${n + 1}`)}}`)} fragment f4 on Query{__typename}`,
        code: [COMPLEX],
    },
    {
        name: 'fragments-51',
        document: `{${times(51, (n) => `...f${n}`)}} ${times(51, (n) => `fragment f${n} on Query{__typename}`)}`,
        code: [COMPLEX],
    },
    {
        name: 'fragments-unused-300',
        document: `{__typename} ${times(300, (n) => `fragment f${n} on Query{__typename}`)}`,
        code: [COMPLEX],
    },
    { name: 'fragment-cycle-1', document: '{...a} fragment a on Query{...a}', code: [INVALID, COMPLEX, DEEP] },
    {
        name: 'fragment-cycle-2',
        document: '{...a} fragment a on Query{...b} fragment b on Query{...a}',
        code: [INVALID, COMPLEX, DEEP],
    },
    {
        name: 'fragment-cycle-40',
        document: `{...f0} ${times(40, (n) => `fragment f${n} on Query{...f${(n + 1) % 40} ...f${(n + 7) % 40}}`)}`,
        code: [INVALID, COMPLEX, DEEP],
    },
    {
        name: 'fragment-cycle-unused',
        document: '{__typename} fragment a on Query{...a}',
        code: [INVALID, COMPLEX, DEEP],
    },
    {
        name: 'fragment-cycle-nested',
        document: '{programs{nodes{...a}}} fragment a on Program{tenant{...on Province{programs{nodes{...a}}}}}',
        code: [INVALID, COMPLEX, DEEP],
    },
    { name: 'fragment-unknown', document: '{...nowhere}', code: [INVALID] },
    {
        name: 'fragment-twice',
        document: '{...a} fragment a on Query{__typename} fragment a on Query{__typename}',
        code: [INVALID, BROKEN],
    },
    {
        name: 'fragment-chain-49',
        document: `{...f0} ${times(49, (n) => `fragment f${n} on Query{...f${n + 1}}`)} fragment f49 on Query{__typename}`,
        code: [COMPLEX, DEEP, undefined],
        status: [200, 400],
    },
];
