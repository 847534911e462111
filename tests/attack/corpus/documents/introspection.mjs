// Questions about the schema, which is a graph with circles itself.

import { DEEP, COMPLEX, nested, times } from './words.mjs';

export const introspection = [
    {
        name: 'introspection-12',
        document: `{__schema{types${nested(6, '{fields{type', '{name}', '}}')}}}`,
        code: [COMPLEX, DEEP],
    },
    {
        name: 'introspection-30',
        document: `{__schema{types${nested(14, '{fields{type', '{name}', '}}')}}}`,
        code: [COMPLEX, DEEP],
    },
    {
        name: 'introspection-of-type-30',
        document: `{__schema{types{fields{type${nested(26, '{ofType', '{name}', '}')}}}}}`,
        // Wrappers end after a few, however deep one asks: no harm in it.
        code: [COMPLEX, DEEP, undefined],
        status: [200, 400],
    },
    {
        name: 'introspection-inputs-12',
        document: `{__type(name:"ProgramWhere")${nested(5, '{inputFields{type{ofType', '{name}', '}}}')}}`,
        code: [COMPLEX, DEEP],
    },
    {
        name: 'introspection-possible-types',
        document:
            '{__type(name:"Node"){possibleTypes{interfaces{possibleTypes{interfaces{possibleTypes{fields{name}}}}}}}}',
        code: [COMPLEX, DEEP],
    },
    {
        name: 'introspection-aliased-20',
        document: `{${times(20, (n) => `a${n}:__schema{types{fields{name description args{name description type{name}}}}}`)}}`,
        code: [COMPLEX],
    },
    {
        name: 'introspection-types-20',
        document: `{${times(20, (n) => `a${n}:__type(name:"Program"){fields{type{fields{type{fields{name}}}}}}`)}}`,
        code: [COMPLEX, DEEP],
    },
    // The whole schema as text each time: 300 bytes that ask for more than two million.
    {
        name: 'service-sdl-20',
        document: `{${times(20, (n) => `a${n}:_service{sdl}`)}}`,
        code: [COMPLEX],
    },
];
