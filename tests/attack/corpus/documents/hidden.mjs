// Brackets behind strings, comments and odd characters, where a guard may see other tokens than the parser does.

import { DEEP, COMPLEX, BROKEN, INPUT, OPEN } from './words.mjs';

export const hidden = [
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
