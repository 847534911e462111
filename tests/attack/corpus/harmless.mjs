// What well-behaved clients send, with no limit raised but the rate: limits that refuse this are too tight, however well
// they refuse the rest. It costs what it costs.

import { readFileSync, readdirSync } from 'node:fs';
import { get, post } from '../lib/http.mjs';

const COOKBOOK = new URL('../../../docs/cookbook/', import.meta.url);
const read = (name) => readFileSync(new URL(name, COOKBOOK), 'utf8');

// As graphql-js asks, with everything that can be asked for.
const INTROSPECTION = `query IntrospectionQuery {
    __schema {
        description
        queryType { name kind } mutationType { name kind } subscriptionType { name kind }
        types { ...FullType }
        directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
    }
}
fragment FullType on __Type {
    kind name description specifiedByURL isOneOf
    fields(includeDeprecated: true) {
        name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
    }
    inputFields(includeDeprecated: true) { ...InputValue }
    interfaces { ...TypeRef }
    enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
    possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue {
    name description type { ...TypeRef } defaultValue isDeprecated deprecationReason
}
fragment TypeRef on __Type {
    kind name
    ofType { kind name ofType { kind name ofType { kind name ofType { kind name
        ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
    } } } }
}`;

const answered = { status: [200], code: [undefined], harmless: true };

export const harmless = [
    ...readdirSync(COOKBOOK)
        .filter((file) => file.endsWith('.graphql'))
        .map((file) => file.slice(0, -'.graphql'.length))
        .map((name) => ({
            name: `cookbook-${name}`,
            send: () => post({ query: read(`${name}.graphql`), variables: JSON.parse(read(`${name}.json`)) }),
            ...answered,
        })),
    { name: 'introspection-standard', send: () => post({ query: INTROSPECTION }), ...answered },
    { name: 'introspection-by-get', send: () => get({ query: INTROSPECTION }), ...answered },
    { name: 'typename', send: () => post({ query: '{__typename}' }), ...answered },
];
