// What the documents of the corpus are put together from, and the codes they are refused with.

export const DEEP = 'QUERY_TOO_DEEP';
export const COMPLEX = 'QUERY_TOO_COMPLEX';
export const INVALID = 'GRAPHQL_VALIDATION_FAILED';
export const BROKEN = 'GRAPHQL_PARSE_FAILED';
export const PAGE = 'PAGE_TOO_LARGE';
export const INPUT = 'BAD_USER_INPUT';

/** `count` brackets of all three kinds, one in the other, none of them closed. */
export const mixed = (count) => '{[('.repeat(Math.ceil(count / 3)).slice(0, count);
export const nested = (depth, open, inner, close) => open.repeat(depth) + inner + close.repeat(depth);
export const times = (count, text) => Array.from({ length: count }, (_, index) => text(index)).join(' ');
export const OPEN = '['.repeat(40);
