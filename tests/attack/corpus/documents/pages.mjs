// Pages in pages: few fields that stand for many rows, by numbers, interfaces and variables.

import { DEEP, COMPLEX, INVALID, BROKEN, PAGE, INPUT, nested, times } from './words.mjs';

export const pages = [
    {
        name: 'first-overflow',
        document: '{provinces(first:99999999999){nodes{id}}}',
        code: [PAGE, INPUT, INVALID],
        status: [200, 400],
    },
    {
        name: 'first-16000-digits',
        document: `{provinces(first:${'9'.repeat(16_000)}){nodes{id}}}`,
        code: [PAGE, INPUT, INVALID, BROKEN, COMPLEX],
        status: [200, 400],
    },
    {
        name: 'first-exponent',
        document: '{provinces(first:1e400){nodes{id}}}',
        code: [PAGE, INPUT, INVALID, BROKEN],
        status: [200, 400],
    },
    { name: 'first-101', document: '{provinces(first:101){nodes{id}}}', code: [PAGE], status: [200, 400] },
    {
        name: 'first-largest-nested',
        document:
            '{provinces(first:2147483647){nodes{programs(first:2147483647){nodes{signatories(first:2147483647){nodes{id}}}}}}}',
        code: [PAGE, COMPLEX],
        status: [200, 400],
    },
    {
        name: 'last-largest-nested',
        document: '{provinces(last:2147483647){nodes{programs(last:2147483647){nodes{id}}}}}',
        code: [PAGE, COMPLEX],
        status: [200, 400],
    },
    { name: 'first-negative', document: '{provinces(first:-1){nodes{id}}}', code: [INPUT], status: [200, 400] },
    {
        name: 'first-most-negative',
        document: '{provinces(first:-2147483648){nodes{programs(first:100){nodes{id}}}}}',
        code: [INPUT, COMPLEX],
        status: [200, 400],
    },
    { name: 'first-zero', document: '{provinces(first:0){nodes{id}}}', code: [INPUT], status: [200, 400] },
    { name: 'first-and-last', document: '{provinces(first:1,last:1){nodes{id}}}', code: [INPUT], status: [200, 400] },
    {
        name: 'first-null',
        document:
            '{provinces(first:null){nodes{programs(first:null){nodes{signatories(first:null){nodes{id agency{involvements(first:null){nodes{id}}}}}}}}}}',
        code: [COMPLEX, INPUT, DEEP],
        status: [200, 400],
    },
    {
        name: 'offset-largest',
        document: '{provinces(first:1,offset:2147483647){nodes{id}}}',
        code: [INPUT, undefined],
        status: [200, 400],
    },
    {
        name: 'offset-negative',
        document: '{provinces(first:1,offset:-1){nodes{id}}}',
        code: [INPUT],
        status: [200, 400],
    },
    {
        name: 'pages-nested-3',
        document: '{provinces(first:100){nodes{programs(first:100){nodes{signatories(first:100){nodes{id}}}}}}}',
        code: [COMPLEX],
    },
    {
        name: 'pages-by-default-5',
        document: '{provinces{nodes{programs{nodes{signatories{nodes{agency{signatures{nodes{program{id}}}}}}}}}}}',
        code: [COMPLEX, DEEP],
    },
    {
        name: 'edges-nested-3',
        document:
            '{provinces(first:100){edges{node{programs(first:100){edges{node{signatories(first:100){edges{node{id}}}}}}}}}}',
        code: [COMPLEX],
    },
    {
        name: 'interface-node-5',
        document:
            '{node(id:"x"){...on Province{programs(first:100){nodes{...on Node{...on Program{signatories(first:100){nodes{...on Node{...on Signatory{agency{involvements(first:100){nodes{__typename}}}}}}}}}}}}}}',
        code: [COMPLEX, DEEP],
    },
    {
        name: 'interface-tenant-5',
        document:
            '{programs(first:100){nodes{tenant{...on Tenant{...on Province{programs(first:100){nodes{tenant{...on Tenant{...on Province{programs(first:100){nodes{id}}}}}}}}}}}}}',
        code: [COMPLEX, DEEP],
    },
    {
        name: 'interface-nodes-of-100',
        document: `{nodes(ids:[${times(100, () => '"x"')}]){...on Tenant{...on Province{programs(first:100){nodes{events(first:100){nodes{id}}}}}}}}`,
        code: [COMPLEX],
    },
    {
        name: 'interface-in-fragments-5',
        document:
            '{programs(first:100){nodes{...f0}}} fragment f0 on Node{...f1} fragment f1 on Program{tenant{...f2}} fragment f2 on Tenant{...f3} fragment f3 on Province{programs(first:100){nodes{...f4}}} fragment f4 on Node{...on Program{events(first:100){nodes{id}}}}',
        code: [COMPLEX, DEEP],
    },
    {
        name: 'variable-100',
        document:
            'query($n:Int!){provinces(first:$n){nodes{programs(first:$n){nodes{signatories(first:$n){nodes{id}}}}}}}',
        variables: { n: 100 },
        code: [COMPLEX],
    },
    {
        name: 'variable-default-100',
        document:
            'query($n:Int=100){provinces(first:$n){nodes{programs(first:$n){nodes{signatories(first:$n){nodes{id}}}}}}}',
        code: [COMPLEX],
    },
    {
        name: 'variable-of-other-operation',
        document:
            'query A($n:Int=1){provinces(first:$n){nodes{...f}}} query B($n:Int=100){provinces(first:$n){nodes{...f}}} fragment f on Province{programs(first:$n){nodes{signatories(first:$n){nodes{id}}}}}',
        operationName: 'B',
        code: [COMPLEX],
    },
    {
        name: 'variable-skips-nothing',
        document:
            'query($no:Boolean=false){provinces(first:100){nodes{programs(first:100)@skip(if:$no){nodes{signatories(first:100)@include(if:true){nodes{id}}}}}}}',
        code: [COMPLEX],
    },
    {
        name: 'variable-overflow',
        document: 'query($n:Int!){provinces(first:$n){nodes{id}}}',
        variables: { n: 99999999999 },
        code: [PAGE, INPUT, INVALID],
        status: [200, 400],
    },
    {
        name: 'variable-fraction',
        document: 'query($n:Int!){provinces(first:$n){nodes{id}}}',
        variables: { n: 1.5 },
        code: [INPUT, INVALID],
        status: [200, 400],
    },
    {
        name: 'variable-missing',
        document: 'query($n:Int!){provinces(first:$n){nodes{id}}}',
        code: [INPUT, INVALID],
        status: [200, 400],
    },
    {
        name: 'total-counts-30',
        document: `{${times(20, (n) => `a${n}:provinces(first:100){nodes{programs(first:1){totalCount(max:2147483647){value}}}}`)}}`,
        code: [COMPLEX, PAGE, INPUT],
        status: [200, 400],
    },
    {
        name: 'total-count-negative',
        document: '{provinces(first:1){totalCount(max:-1){value}}}',
        code: [INPUT],
        status: [200, 400],
    },
];
