// Documents that are short to send and dear to answer, or that a guard may misread.
//
// `code` lists the codes that are right; where two are, either of two limits may be met first. An entry without `code`
// is harmless, and must be answered. Documents of at most 16 KiB are seeds of the fuzzer as well: seeds.mjs.

const DEEP = 'QUERY_TOO_DEEP';
const COMPLEX = 'QUERY_TOO_COMPLEX';
const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const BROKEN = 'GRAPHQL_PARSE_FAILED';
const PAGE = 'PAGE_TOO_LARGE';
const INPUT = 'BAD_USER_INPUT';

/** `count` brackets of all three kinds, one in the other, none of them closed. */
const mixed = (count) => '{[('.repeat(Math.ceil(count / 3)).slice(0, count);
const nested = (depth, open, inner, close) => open.repeat(depth) + inner + close.repeat(depth);
const times = (count, text) => Array.from({ length: count }, (_, index) => text(index)).join(' ');
const OPEN = '['.repeat(40);

const brackets = [
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
    { name: 'depth-15', document: `{programs{nodes${nested(7, '{tenant{...on Province{programs{nodes', '{id}', '}}}}')}}}`, code: [DEEP, COMPLEX] },
    { name: 'brackets-closed-only', document: '}'.repeat(2000), code: [BROKEN, COMPLEX] },
    { name: 'brackets-crossed', document: '{(}['.repeat(400), code: [BROKEN, DEEP, COMPLEX] },
];

const hidden = [
    { name: 'string-open', document: `{node(id:"open\n${OPEN}`, code: [DEEP, BROKEN] },
    { name: 'string-open-cr', document: `{node(id:"open\r${OPEN}`, code: [DEEP, BROKEN] },
    { name: 'string-escaped-end', document: `{node(id:"\\\\" ${OPEN}`, code: [DEEP] },
    { name: 'string-escaped-line', document: `{node(id:"open\\\n${OPEN}`, code: [DEEP, BROKEN] },
    { name: 'string-bad-escape', document: `{node(id:"\\u{}\\x" ${OPEN}`, code: [DEEP, BROKEN] },
    { name: 'string-empty', document: `{node(id:"" ${OPEN}`, code: [DEEP] },
    { name: 'block-string-open', document: `{node(id:"""${OPEN}`, code: [DEEP, BROKEN] },
    { name: 'block-string-odd-quotes', document: `{node(id:"""""${OPEN}`, code: [DEEP, BROKEN] },
    { name: 'block-string-escaped-end', document: `{node(id:"""\\""" ${OPEN}`, code: [DEEP, BROKEN] },
    { name: 'block-string-backslash-end', document: `{node(id:"""\\\\""" ${OPEN}`, code: [DEEP, BROKEN] },
    { name: 'block-string-many', document: '"""'.repeat(5001), code: [BROKEN, COMPLEX] },
    { name: 'quotes-many', document: '"'.repeat(16_001), code: [BROKEN, COMPLEX] },
    { name: 'comment-cr', document: `# comment\r${OPEN}`, code: [DEEP] },
    { name: 'comment-crlf', document: `# comment\r\n${OPEN}`, code: [DEEP] },
    { name: 'comment-quote', document: `# "\n${OPEN}`, code: [DEEP] },
    { name: 'comment-only', document: '# nothing', code: [BROKEN] },
    { name: 'comments-many', document: '#\n'.repeat(8000), code: [BROKEN, COMPLEX] },
    { name: 'commas-many', document: ','.repeat(16_000), code: [BROKEN, COMPLEX] },
    { name: 'bom-before-brackets', document: `\ufeff${OPEN}`, code: [DEEP] },
    { name: 'bom-many', document: '\ufeff'.repeat(5000), code: [BROKEN, COMPLEX] },
    { name: 'null-character', document: '{__typename\u0000}', code: [BROKEN] },
    { name: 'no-break-space', document: '{\u00a0__typename}', code: [BROKEN] },
    { name: 'empty', document: '', code: [BROKEN, INPUT] },
    // U+2028 and U+0085 end no line in GraphQL: what follows is still the comment.
    { name: 'comment-other-lines', document: `#\u2028${OPEN}\u0085${OPEN}\n{__typename}` },
    { name: 'bom-harmless', document: '\ufeff{__typename}' },
    { name: 'string-of-brackets', document: `{node(id:"${OPEN}"){id}}`, code: [INPUT, undefined], status: [200, 400] },
    { name: 'block-string-of-brackets', document: `{search(text:"""${OPEN}\n\\"""${OPEN}"""){nodes{__typename}}}` },
];

const fragments = [
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
    { name: 'fragments-51', document: `{${times(51, (n) => `...f${n}`)}} ${times(51, (n) => `fragment f${n} on Query{__typename}`)}`, code: [COMPLEX] },
    { name: 'fragments-unused-300', document: `{__typename} ${times(300, (n) => `fragment f${n} on Query{__typename}`)}`, code: [COMPLEX] },
    { name: 'fragment-cycle-1', document: '{...a} fragment a on Query{...a}', code: [INVALID, COMPLEX, DEEP] },
    { name: 'fragment-cycle-2', document: '{...a} fragment a on Query{...b} fragment b on Query{...a}', code: [INVALID, COMPLEX, DEEP] },
    {
        name: 'fragment-cycle-40',
        document: `{...f0} ${times(40, (n) => `fragment f${n} on Query{...f${(n + 1) % 40} ...f${(n + 7) % 40}}`)}`,
        code: [INVALID, COMPLEX, DEEP],
    },
    { name: 'fragment-cycle-unused', document: '{__typename} fragment a on Query{...a}', code: [INVALID, COMPLEX, DEEP] },
    { name: 'fragment-cycle-nested', document: '{programs{nodes{...a}}} fragment a on Program{tenant{...on Province{programs{nodes{...a}}}}}', code: [INVALID, COMPLEX, DEEP] },
    { name: 'fragment-unknown', document: '{...nowhere}', code: [INVALID] },
    { name: 'fragment-twice', document: '{...a} fragment a on Query{__typename} fragment a on Query{__typename}', code: [INVALID, BROKEN] },
    { name: 'fragment-chain-49', document: `{...f0} ${times(49, (n) => `fragment f${n} on Query{...f${n + 1}}`)} fragment f49 on Query{__typename}`, code: [COMPLEX, DEEP, undefined], status: [200, 400] },
];

const floods = [
    { name: 'aliases-20000', document: `{${times(20_000, (n) => `a${n}:__typename`)}}`, code: [COMPLEX], as: 'user' },
    { name: 'aliases-31', document: `{viewer{${times(31, (n) => `a${n}:__typename`)}}}`, code: [COMPLEX] },
    { name: 'aliases-600', document: `{${times(600, (n) => `a${n}:__typename`)}}`, code: [COMPLEX] },
    { name: 'aliases-in-fragments', document: `{viewer{...a ...b ...c ...d}} ${times(4, (n) => `fragment ${'abcd'[n]} on Viewer{${times(10, (m) => `a${n}${m}:__typename`)}}`)}`, code: [COMPLEX] },
    { name: 'typenames-1400', document: `{${times(1400, () => '__typename')}}`, code: [COMPLEX] },
    { name: 'fields-same-10000', document: `{viewer{${times(10_000, () => 'principal')}}}`, code: [COMPLEX], as: 'user' },
    { name: 'fields-same-1900', document: `{viewer{${times(1900, () => 'roles')}}}`, code: [COMPLEX, undefined], status: [200, 400] },
    { name: 'fields-different-10000', document: `{central{${times(10_000, (n) => `name(locale:${n % 2 ? 'VI' : 'EN'})`)}}}`, code: [COMPLEX], as: 'user' },
    { name: 'fields-different-300', document: `{central{${times(300, (n) => `name(locale:${n % 2 ? 'VI' : 'EN'})`)}}}`, code: [INVALID, COMPLEX] },
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
    { name: 'fields-unknown-deep', document: `{programs{nodes{${times(900, (n) => `signatoriez${n}`)}}}}`, code: [INVALID, COMPLEX] },
    // A suggestion is looked for by comparing letter by letter.
    { name: 'name-of-16000-letters', document: `{${'p'.repeat(16_000)}}`, code: [INVALID, COMPLEX] },
    { name: 'arguments-900', document: `{programs(${times(900, (n) => `a${n}:1`)}){nodes{id}}}`, code: [INVALID, COMPLEX] },
    { name: 'arguments-same-900', document: `{programs(${times(900, () => 'first:1')}){nodes{id}}}`, code: [INVALID, COMPLEX, BROKEN] },
    { name: 'object-fields-same-600', document: `{programs(where:{${times(600, () => 'not:{}')}}){nodes{id}}}`, code: [INVALID, COMPLEX, BROKEN, INPUT] },
    { name: 'variables-600', document: `query(${times(600, (n) => `$a${n}:Int`)}){__typename}`, code: [INVALID, COMPLEX] },
    { name: 'variables-same-600', document: `query(${times(600, () => '$a:Int')}){provinces(first:$a){nodes{id}}}`, code: [INVALID, COMPLEX] },
    { name: 'root-fields-21', document: `{${times(21, (n) => `a${n}:viewer{__typename}`)}}`, code: [COMPLEX] },
    { name: 'search-20', document: `{${times(20, (n) => `a${n}:search(text:"tỉnh ${n}",first:100){nodes{__typename}}`)}}`, code: [COMPLEX] },
    { name: 'ids-1800', document: `{nodes(ids:[${times(1800, (n) => `"${n}"`)}]){id}}`, code: [PAGE, INPUT, COMPLEX, INVALID], status: [200, 400] },
    { name: 'directives-10000', document: `{__typename ${times(10_000, () => '@skip(if:false)')}}`, code: [COMPLEX], as: 'user' },
    { name: 'directives-21', document: `{viewer{${times(21, () => '__typename @skip(if:false)')}}}`, code: [COMPLEX] },
    { name: 'directives-on-one-300', document: `{__typename ${times(300, () => '@skip(if:false)')}}`, code: [COMPLEX] },
    { name: 'directives-unknown-900', document: `{__typename ${times(900, (n) => `@a${n}`)}}`, code: [COMPLEX] },
    { name: 'directive-unknown', document: '{__typename @nowhere}', code: [INVALID] },
    { name: 'directives-on-operation-300', document: `query ${times(300, () => '@a')} {__typename}`, code: [COMPLEX] },
    { name: 'directives-on-variables', document: `query(${times(200, (n) => `$a${n}:Int @a`)}){__typename}`, code: [COMPLEX, INVALID] },
    { name: 'operations-6', document: times(6, (n) => `query q${n}{__typename}`), code: [COMPLEX], operationName: 'q0' },
    { name: 'operations-300', document: times(300, (n) => `query q${n}{__typename}`), code: [COMPLEX], operationName: 'q0' },
    { name: 'operations-unnamed-2', document: '{__typename} {__typename}', code: [INVALID, BROKEN, COMPLEX, 'OPERATION_RESOLUTION_FAILURE'] },
    { name: 'definitions-of-types', document: times(200, (n) => `type T${n}{a:Int}`), code: [BROKEN, INVALID, COMPLEX] },
];

const pages = [
    { name: 'first-overflow', document: '{provinces(first:99999999999){nodes{id}}}', code: [PAGE, INPUT, INVALID], status: [200, 400] },
    { name: 'first-16000-digits', document: `{provinces(first:${'9'.repeat(16_000)}){nodes{id}}}`, code: [PAGE, INPUT, INVALID, BROKEN, COMPLEX], status: [200, 400] },
    { name: 'first-exponent', document: '{provinces(first:1e400){nodes{id}}}', code: [PAGE, INPUT, INVALID, BROKEN], status: [200, 400] },
    { name: 'first-101', document: '{provinces(first:101){nodes{id}}}', code: [PAGE], status: [200, 400] },
    { name: 'first-largest-nested', document: '{provinces(first:2147483647){nodes{programs(first:2147483647){nodes{signatories(first:2147483647){nodes{id}}}}}}}', code: [PAGE, COMPLEX], status: [200, 400] },
    { name: 'last-largest-nested', document: '{provinces(last:2147483647){nodes{programs(last:2147483647){nodes{id}}}}}', code: [PAGE, COMPLEX], status: [200, 400] },
    { name: 'first-negative', document: '{provinces(first:-1){nodes{id}}}', code: [INPUT], status: [200, 400] },
    { name: 'first-most-negative', document: '{provinces(first:-2147483648){nodes{programs(first:100){nodes{id}}}}}', code: [INPUT, COMPLEX], status: [200, 400] },
    { name: 'first-zero', document: '{provinces(first:0){nodes{id}}}', code: [INPUT], status: [200, 400] },
    { name: 'first-and-last', document: '{provinces(first:1,last:1){nodes{id}}}', code: [INPUT], status: [200, 400] },
    { name: 'first-null', document: '{provinces(first:null){nodes{programs(first:null){nodes{signatories(first:null){nodes{id agency{involvements(first:null){nodes{id}}}}}}}}}}', code: [COMPLEX, INPUT, DEEP], status: [200, 400] },
    { name: 'offset-largest', document: '{provinces(first:1,offset:2147483647){nodes{id}}}', code: [INPUT, undefined], status: [200, 400] },
    { name: 'offset-negative', document: '{provinces(first:1,offset:-1){nodes{id}}}', code: [INPUT], status: [200, 400] },
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
        document: '{provinces(first:100){edges{node{programs(first:100){edges{node{signatories(first:100){edges{node{id}}}}}}}}}}',
        code: [COMPLEX],
    },
    {
        name: 'interface-node-5',
        document: '{node(id:"x"){...on Province{programs(first:100){nodes{...on Node{...on Program{signatories(first:100){nodes{...on Node{...on Signatory{agency{involvements(first:100){nodes{__typename}}}}}}}}}}}}}}',
        code: [COMPLEX, DEEP],
    },
    {
        name: 'interface-tenant-5',
        document: '{programs(first:100){nodes{tenant{...on Tenant{...on Province{programs(first:100){nodes{tenant{...on Tenant{...on Province{programs(first:100){nodes{id}}}}}}}}}}}}}',
        code: [COMPLEX, DEEP],
    },
    {
        name: 'interface-nodes-of-100',
        document: `{nodes(ids:[${times(100, () => '"x"')}]){...on Tenant{...on Province{programs(first:100){nodes{events(first:100){nodes{id}}}}}}}}`,
        code: [COMPLEX],
    },
    {
        name: 'interface-in-fragments-5',
        document: '{programs(first:100){nodes{...f0}}} fragment f0 on Node{...f1} fragment f1 on Program{tenant{...f2}} fragment f2 on Tenant{...f3} fragment f3 on Province{programs(first:100){nodes{...f4}}} fragment f4 on Node{...on Program{events(first:100){nodes{id}}}}',
        code: [COMPLEX, DEEP],
    },
    {
        name: 'variable-100',
        document: 'query($n:Int!){provinces(first:$n){nodes{programs(first:$n){nodes{signatories(first:$n){nodes{id}}}}}}}',
        variables: { n: 100 },
        code: [COMPLEX],
    },
    {
        name: 'variable-default-100',
        document: 'query($n:Int=100){provinces(first:$n){nodes{programs(first:$n){nodes{signatories(first:$n){nodes{id}}}}}}}',
        code: [COMPLEX],
    },
    {
        name: 'variable-of-other-operation',
        document: 'query A($n:Int=1){provinces(first:$n){nodes{...f}}} query B($n:Int=100){provinces(first:$n){nodes{...f}}} fragment f on Province{programs(first:$n){nodes{signatories(first:$n){nodes{id}}}}}',
        operationName: 'B',
        code: [COMPLEX],
    },
    {
        name: 'variable-skips-nothing',
        document: 'query($no:Boolean=false){provinces(first:100){nodes{programs(first:100)@skip(if:$no){nodes{signatories(first:100)@include(if:true){nodes{id}}}}}}}',
        code: [COMPLEX],
    },
    { name: 'variable-overflow', document: 'query($n:Int!){provinces(first:$n){nodes{id}}}', variables: { n: 99999999999 }, code: [PAGE, INPUT, INVALID], status: [200, 400] },
    { name: 'variable-fraction', document: 'query($n:Int!){provinces(first:$n){nodes{id}}}', variables: { n: 1.5 }, code: [INPUT, INVALID], status: [200, 400] },
    { name: 'variable-missing', document: 'query($n:Int!){provinces(first:$n){nodes{id}}}', code: [INPUT, INVALID], status: [200, 400] },
    { name: 'total-counts-30', document: `{${times(20, (n) => `a${n}:provinces(first:100){nodes{programs(first:1){totalCount(max:2147483647){value}}}}`)}}`, code: [COMPLEX, PAGE, INPUT], status: [200, 400] },
    { name: 'total-count-negative', document: '{provinces(first:1){totalCount(max:-1){value}}}', code: [INPUT], status: [200, 400] },
];

const introspection = [
    { name: 'introspection-12', document: `{__schema{types${nested(6, '{fields{type', '{name}', '}}')}}}`, code: [COMPLEX, DEEP] },
    { name: 'introspection-30', document: `{__schema{types${nested(14, '{fields{type', '{name}', '}}')}}}`, code: [COMPLEX, DEEP] },
    { name: 'introspection-of-type-30', document: `{__schema{types{fields{type${nested(26, '{ofType', '{name}', '}')}}}}}`, code: [COMPLEX, DEEP] },
    { name: 'introspection-inputs-12', document: `{__type(name:"ProgramWhere")${nested(5, '{inputFields{type{ofType', '{name}', '}}}')}}`, code: [COMPLEX, DEEP] },
    { name: 'introspection-possible-types', document: '{__type(name:"Node"){possibleTypes{interfaces{possibleTypes{interfaces{possibleTypes{fields{name}}}}}}}}', code: [COMPLEX, DEEP] },
    { name: 'introspection-aliased-20', document: `{${times(20, (n) => `a${n}:__schema{types{fields{name description args{name description type{name}}}}}`)}}`, code: [COMPLEX] },
    { name: 'introspection-types-20', document: `{${times(20, (n) => `a${n}:__type(name:"Program"){fields{type{fields{type{fields{name}}}}}}`)}}`, code: [COMPLEX] },
];

export const documents = [...brackets, ...hidden, ...fragments, ...floods, ...pages, ...introspection];
