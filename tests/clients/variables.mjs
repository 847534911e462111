// Uses of a variable `$w`, the type that fits each, and values to give it: right ones and wrong ones.

import { query } from './places.mjs';

export const WHERE = query('query ($w: String) { w: programs(first: 1, where: $w) { nodes { id } } }');
export const FIRST = query('query ($w: String) { w: programs(first: $w) { nodes { id } } }');
export const BY = query('query ($w: String) { w: province(by: $w) { id } }');
export const BY_KEY = query('query ($w: String) { w: province(by: {key: $w}) { id } }');
export const ORDER = query('query ($w: String) { w: programs(first: 1, orderBy: $w) { nodes { id } } }');
export const DIRECTION = query(
    'query ($w: String) { w: programs(first: 1, orderBy: {field: SIGNED_ON, direction: $w}) { nodes { id } } }',
);
export const ID = query('query ($w: String) { w: node(id: $w) { id } }');
export const IDS = query('query ($w: String) { w: nodes(ids: $w) { id } }');
export const TYPES = query('query ($w: String) { w: search(text: "x", first: 1, types: $w) { nodes { __typename } } }');
export const DAY = query('query ($w: String) { w: provinces(first: 1, asOf: $w) { nodes { id } } }');
export const SKIP = query('query ($w: String) { w: __typename @skip(if: $w) }');
export const ITEM = query('query ($w: String) { w: nodes(ids: ["x", $w]) { id } }');
export const FIELD = query('query ($w: String) { w: programs(first: 1, orderBy: [{field: $w}]) { nodes { id } } }');
export const DEEP = query('query ($w: String) { w: programs(first: 1, where: {and: [{number: {eq: $w}}]}) { nodes { id } } }');
export const USES = { ITEM, FIELD, DEEP, WHERE, FIRST, BY, BY_KEY, ORDER, DIRECTION, ID, IDS, TYPES, DAY, SKIP };
export const FITS = {
    ITEM: 'ID!',
    FIELD: 'ProgramOrderField!',
    DEEP: 'String',
    WHERE: 'ProgramWhere',
    FIRST: 'Int',
    BY: 'ProvinceBy!',
    BY_KEY: 'String!',
    ORDER: '[ProgramOrder!]',
    DIRECTION: 'OrderDirection!',
    ID: 'ID!',
    IDS: '[ID!]!',
    TYPES: '[SearchType!]',
    DAY: 'Date',
    SKIP: 'Boolean!',
};

// Type, use and value.
export const VALUES = [
    ['ProgramWhere', WHERE, { nope: 1 }],
    ['ProgramWhere', WHERE, { number: { eq: 1 } }],
    ['ProgramWhere', WHERE, { and: [{ number: { eq: 'x' } }, null] }],
    ['ProgramWhere', WHERE, { and: { number: { eq: 'x' } } }],
    ['ProgramWhere', WHERE, { kind: { eq: 'NOPE' } }],
    ['ProgramWhere', WHERE, { kind: { in: ['PLEDGE', 1] } }],
    ['ProgramWhere!', WHERE, null],
    ['ProvinceBy!', BY, {}],
    ['ProvinceBy!', BY, { key: 'son-la', slug: 'son-la' }],
    ['ProvinceBy!', BY, { key: null }],
    ['ProvinceBy!', BY, { key: 'son-la', slug: null }],
    ['ProvinceBy!', BY, { key: 'son-la' }],
    ['ProvinceBy!', BY, 'son-la'],
    ['[ProgramOrder!]', ORDER, { field: 'SIGNED_ON' }],
    ['[ProgramOrder!]', ORDER, [{ direction: 'ASC' }]],
    ['[ProgramOrder!]', ORDER, [{ field: 'SIGNED_ON', direction: null }]],
    ['[ProgramOrder!]', ORDER, [null]],
    ['[ProgramOrder!]', ORDER, []],
    ['[ID!]!', IDS, 'abc'],
    ['[ID!]!', IDS, ['abc', 12]],
    ['[ID!]!', IDS, ['abc', null]],
    ['[ID!]!', IDS, [['abc']]],
    ['[ID!]!', IDS, { 0: 'abc' }],
    ['ID!', ID, 12],
    ['ID!', ID, 12.5],
    ['ID!', ID, 1e15],
    ['ID!', ID, ''],
    ['ID!', ID, null],
    ['ID!', ID, undefined],
    ['Int', FIRST, 1.0],
    ['Int', FIRST, 1.5],
    ['Int', FIRST, '1'],
    ['Int', FIRST, 4294967296],
    ['Int', FIRST, null],
    ['Boolean!', SKIP, 'true'],
    ['Boolean!', SKIP, 0],
    ['Boolean!', SKIP, undefined],
    ['OrderDirection', DIRECTION, 'asc'],
    ['OrderDirection', DIRECTION, null],
    ['OrderDirection', DIRECTION, undefined],
    ['[SearchType!]', TYPES, 'PROGRAM'],
    ['[SearchType!]', TYPES, ['PROGRAM', 'NOPE']],
];
