// Much of everything: aliases, fields, arguments, directives, operations, each of them cheap.

import { COMPLEX, INVALID, BROKEN, PAGE, INPUT, nested, times } from './words.mjs';

export const floods = [
    { name: 'aliases-20000', document: `{${times(20_000, (n) => `a${n}:__typename`)}}`, code: [COMPLEX], as: 'user' },
    { name: 'aliases-31', document: `{viewer{${times(31, (n) => `a${n}:__typename`)}}}`, code: [COMPLEX] },
    { name: 'aliases-600', document: `{${times(600, (n) => `a${n}:__typename`)}}`, code: [COMPLEX] },
    {
        name: 'aliases-in-fragments',
        document: `{viewer{...a ...b ...c ...d}} ${times(4, (n) => `fragment ${'abcd'[n]} on Viewer{${times(10, (m) => `a${n}${m}:__typename`)}}`)}`,
        code: [COMPLEX],
    },
    { name: 'typenames-1400', document: `{${times(1400, () => '__typename')}}`, code: [COMPLEX] },
    {
        name: 'fields-same-10000',
        document: `{viewer{${times(10_000, () => 'principal')}}}`,
        code: [COMPLEX],
        as: 'user',
    },
    {
        name: 'fields-same-1900',
        document: `{viewer{${times(1900, () => 'roles')}}}`,
        code: [COMPLEX, undefined],
        status: [200, 400],
    },
    {
        name: 'fields-different-10000',
        document: `{central{${times(10_000, (n) => `name(locale:${n % 2 ? 'VI' : 'EN'})`)}}}`,
        code: [COMPLEX],
        as: 'user',
    },
    {
        name: 'fields-different-300',
        document: `{central{${times(300, (n) => `name(locale:${n % 2 ? 'VI' : 'EN'})`)}}}`,
        code: [INVALID, COMPLEX],
    },
    {
        name: 'fields-overlapping-nested',
        document: `{${times(60, (n) => `programs(first:1){nodes{tenant{id name(locale:${n % 2 ? 'VI' : 'EN'})}}}`)}}`,
        code: [INVALID, COMPLEX],
    },
    {
        name: 'fields-overlapping-fragments',
        document: `{central{${times(45, (n) => `...f${n}`)}}} ${times(45, (n) => `fragment f${n} on Central{${times(8, (m) => `name(locale:${(n + m) % 2 ? 'VI' : 'EN'})`)}}`)}`,
        code: [INVALID, COMPLEX],
    },
    { name: 'fields-unknown-900', document: `{${times(900, (n) => `programz${n}`)}}`, code: [INVALID, COMPLEX] },
    {
        name: 'fields-unknown-deep',
        document: `{programs{nodes{${times(900, (n) => `signatoriez${n}`)}}}}`,
        code: [INVALID, COMPLEX],
    },
    // A suggestion is looked for by comparing letter by letter.
    { name: 'name-of-16000-letters', document: `{${'p'.repeat(16_000)}}`, code: [INVALID, COMPLEX] },
    {
        name: 'arguments-900',
        document: `{programs(${times(900, (n) => `a${n}:1`)}){nodes{id}}}`,
        code: [INVALID, COMPLEX],
    },
    {
        name: 'arguments-same-900',
        document: `{programs(${times(900, () => 'first:1')}){nodes{id}}}`,
        code: [INVALID, COMPLEX, BROKEN],
    },
    {
        name: 'object-fields-same-600',
        document: `{programs(where:{${times(600, () => 'not:{}')}}){nodes{id}}}`,
        code: [INVALID, COMPLEX, BROKEN, INPUT],
    },
    {
        name: 'variables-600',
        document: `query(${times(600, (n) => `$a${n}:Int`)}){__typename}`,
        code: [INVALID, COMPLEX],
    },
    {
        name: 'variables-same-600',
        document: `query(${times(600, () => '$a:Int')}){provinces(first:$a){nodes{id}}}`,
        code: [INVALID, COMPLEX],
    },
    { name: 'root-fields-21', document: `{${times(21, (n) => `a${n}:viewer{__typename}`)}}`, code: [COMPLEX] },
    {
        name: 'search-20',
        document: `{${times(20, (n) => `a${n}:search(text:"tỉnh ${n}",first:100){nodes{__typename}}`)}}`,
        // Dear, within the limits, and paid for.
        status: [200],
        code: [undefined],
    },
    {
        name: 'ids-1800',
        document: `{nodes(ids:[${times(1800, (n) => `"${n}"`)}]){id}}`,
        code: [PAGE, INPUT, COMPLEX, INVALID],
        status: [200, 400],
    },
    {
        name: 'directives-10000',
        document: `{__typename ${times(10_000, () => '@skip(if:false)')}}`,
        code: [COMPLEX],
        as: 'user',
    },
    { name: 'directives-21', document: `{viewer{${times(21, () => '__typename @skip(if:false)')}}}`, code: [COMPLEX] },
    { name: 'directives-on-one-300', document: `{__typename ${times(300, () => '@skip(if:false)')}}`, code: [COMPLEX] },
    { name: 'directives-unknown-900', document: `{__typename ${times(900, (n) => `@a${n}`)}}`, code: [COMPLEX] },
    { name: 'directive-unknown', document: '{__typename @nowhere}', code: [INVALID] },
    { name: 'directives-on-operation-300', document: `query ${times(300, () => '@a')} {__typename}`, code: [COMPLEX] },
    {
        name: 'directives-on-variables',
        document: `query(${times(200, (n) => `$a${n}:Int @a`)}){__typename}`,
        code: [COMPLEX, INVALID],
    },
    {
        name: 'operations-6',
        document: times(6, (n) => `query q${n}{__typename}`),
        code: [COMPLEX],
        operationName: 'q0',
    },
    {
        name: 'operations-300',
        document: times(300, (n) => `query q${n}{__typename}`),
        code: [COMPLEX],
        operationName: 'q0',
    },
    {
        name: 'operations-unnamed-2',
        document: '{__typename} {__typename}',
        code: [INVALID, BROKEN, COMPLEX, 'OPERATION_RESOLUTION_FAILURE'],
    },
    {
        name: 'definitions-of-types',
        document: times(200, (n) => `type T${n}{a:Int}`),
        code: [BROKEN, INVALID, COMPLEX],
    },
];
