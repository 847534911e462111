// Puts one fault into an operation that was right: as people, generators and attackers do.
//
// Each fault gets the operation and where things stand in it, and says whether it found a place for itself.

import {
    doTypesOverlap,
    getNamedType,
    getNullableType,
    isCompositeType,
    isInputObjectType,
    isLeafType,
    isListType,
    isNonNullType,
    isRequiredArgument,
    isUnionType,
    parse,
    print,
    typeFromAST,
} from 'graphql';
import { literal, variableType } from './operations.mjs';
import {
    named,
    value,
    argument,
    field,
    directive,
    set,
    spread,
    inline,
    definition,
    isLiteral,
    judged,
    wrong,
    wrongJson,
    query,
} from './places.mjs';
import { WHERE, BY, BY_KEY, ORDER, ID, IDS, SKIP, USES, FITS, VALUES } from './variables.mjs';

function pickSite(random, list, fits, change) {
    const fitting = list.filter(fits);
    if (!fitting.length) {
        return false;
    }
    change(random.pick(fitting));
    return true;
}

// Gives the operation one variable more, used by one more field of the root.
function withVariable({ operation, sites }, type, use, given) {
    sites.operation.variableDefinitions.push({
        kind: 'VariableDefinition',
        variable: { kind: 'Variable', name: named('w') },
        type: variableType(type),
        directives: [],
    });
    if (sites.operation.name === undefined && sites.operation.variableDefinitions.length) {
        sites.operation.name = named('W');
    }
    sites.operation.selectionSet.selections.push(...use);
    if (given !== undefined) {
        operation.variables.w = given;
    }
    return true;
}

export const FAULTS = {
    'unknown field': ({ random, sites }) =>
        pickSite(
            random,
            sites.fields,
            () => true,
            ({ node }) => {
                node.name = named(random.pick([`${node.name.value}x`, 'nope', '__nope', node.name.value.toUpperCase()]));
            },
        ),
    'unknown argument': ({ random, sites }) =>
        pickSite(
            random,
            sites.fields,
            () => true,
            ({ node }) => node.arguments.push(argument('nope', '1')),
        ),
    'unknown type': ({ random, sites }) =>
        pickSite(
            random,
            sites.selections,
            () => true,
            ({ node }) => node.selections.push(inline('Nope', field('__typename'))),
        ),
    'unknown type of a variable': ({ random, ...all }) => withVariable(all, random.pick(['Nope', '[Nope!]!']), WHERE),
    'unknown fragment': ({ random, sites }) =>
        pickSite(
            random,
            sites.selections,
            () => true,
            ({ node }) => node.selections.push(spread('Nope')),
        ),
    'unknown directive': ({ random, sites }) =>
        pickSite(
            random,
            sites.directed,
            () => true,
            (node) => node.directives.push(directive('nope')),
        ),
    'misplaced directive': ({ random, sites }) =>
        random.chance(0.5)
            ? sites.operation.directives.push(directive('include', argument('if', 'true'))) > 0
            : pickSite(
                  random,
                  sites.directed,
                  () => true,
                  (node) =>
                      node.directives.push(
                          random.pick([
                              directive('deprecated'),
                              directive('specifiedBy', argument('url', '"x"')),
                              directive('oneOf'),
                          ]),
                      ),
              ),
    'repeated directive': ({ random, sites }) =>
        pickSite(
            random,
            sites.directed,
            () => true,
            (node) => {
                const twice = () => directive('skip', argument('if', 'false'));
                node.directives.push(twice(), twice());
            },
        ),
    'directive without its argument': ({ random, sites }) =>
        pickSite(
            random,
            sites.directed,
            (node) => !node.directives.length,
            (node) =>
                node.directives.push(
                    random.pick([
                        directive('include'),
                        directive('skip', argument('if', 'null')),
                        directive('skip', argument('unless', 'true')),
                        directive('include', argument('if', '"yes"')),
                        directive('include', argument('if', '1')),
                    ]),
                ),
        ),
    'wrong literal': ({ random, sites }) =>
        pickSite(
            random,
            sites.values,
            (site) => isLiteral(site) && judged(site.type),
            (site) => {
                site.holder.value = value(wrong(random, site.type));
            },
        ),
    'wrong literal in a list': ({ random, sites }) =>
        pickSite(
            random,
            sites.values,
            (site) => isLiteral(site) && judged(site.type) && isListType(getNullableType(site.type)),
            (site) => {
                site.holder.value = value(`[${literal(random, site.type.ofType ?? site.type)}, ${wrong(random, site.type)}]`);
            },
        ),
    'list for one value': ({ random, sites }) =>
        pickSite(
            random,
            sites.values,
            (site) => isLiteral(site) && judged(site.type) && !isListType(getNullableType(site.type)),
            (site) => {
                site.holder.value = value(random.pick(['[]', `[${literal(random, site.type)}]`]));
            },
        ),
    'null for what takes none': ({ random, sites }) =>
        pickSite(
            random,
            sites.values,
            (site) => isNonNullType(site.type),
            ({ holder }) => {
                holder.value = value('null');
            },
        ),
    'null in a list that takes none': ({ random, sites }) =>
        pickSite(
            random,
            sites.values,
            (site) =>
                isLiteral(site) && isListType(getNullableType(site.type)) && isNonNullType(getNullableType(site.type).ofType),
            ({ holder }) => {
                holder.value = value('[null]');
            },
        ),
    'required argument missing': ({ random, sites }) =>
        pickSite(
            random,
            sites.fields,
            ({ definition }) => definition?.args.some(isRequiredArgument),
            ({ node }) => {
                node.arguments = [];
            },
        ),
    'required input field missing': ({ sites, random }) =>
        pickSite(
            random,
            sites.objects,
            ({ type }) => isInputObjectType(type),
            ({ node, type }) => {
                node.fields = node.fields.filter(({ name }) => !isNonNullType(type.getFields()[name.value]?.type));
            },
        ),
    'unknown input field': ({ random, sites }) =>
        pickSite(
            random,
            sites.objects,
            () => true,
            ({ node }) => node.fields.push({ kind: 'ObjectField', name: named('nope'), value: value('1') }),
        ),
    'input field twice': ({ random, sites }) =>
        pickSite(
            random,
            sites.objects,
            ({ node }) => node.fields.length > 0,
            ({ node }) => {
                node.fields.push(random.pick(node.fields));
            },
        ),
    'argument twice': ({ random, sites }) =>
        pickSite(
            random,
            sites.fields,
            ({ node }) => node.arguments.length > 0,
            ({ node }) => node.arguments.push(random.pick(node.arguments)),
        ),
    'variable twice': ({ random, sites }) =>
        sites.operation.variableDefinitions.length > 0 &&
        sites.operation.variableDefinitions.push(random.pick(sites.operation.variableDefinitions)) > 0,
    'fragment twice': ({ random, sites, operation }) =>
        sites.fragments.length > 0 && operation.document.definitions.push(random.pick(sites.fragments)) > 0,
    'operation twice': ({ sites, operation }) => {
        operation.operationName = 'Q';
        sites.operation.name = named('Q');
        return operation.document.definitions.push(definition('query Q { __typename }')) > 0;
    },
    'unused variable': ({ sites }) => {
        sites.operation.name ??= named('W');
        return sites.operation.variableDefinitions.push(definition('query ($w: Int) { x }').variableDefinitions[0]) > 0;
    },
    'undefined variable': ({ random, sites }) =>
        pickSite(
            random,
            sites.values,
            () => true,
            ({ holder }) => {
                holder.value = { kind: 'Variable', name: named('nope') };
            },
        ),
    'undefined variable in a fragment': ({ sites, operation }) => {
        sites.operation.selectionSet.selections.push(spread('W'));
        return operation.document.definitions.push(definition('fragment W on Query { w: node(id: $nope) { id } }')) > 0;
    },
    'unused fragment': ({ operation }) =>
        operation.document.definitions.push(definition('fragment W on Query { __typename }')) > 0,
    'wrong type of a variable': ({ random, ...all }) => {
        const use = random.pick(Object.keys(USES));
        const type = random.pick([
            'String',
            'Int!',
            'Boolean',
            'ID',
            'Float',
            '[Int]',
            '[[ID!]]',
            'Date',
            'SectorWhere',
            'OrderDirection',
            `${FITS[use].replace('!', '')}!`,
            FITS[use].replaceAll('!', ''),
        ]);
        return withVariable(all, type, USES[use]);
    },
    'variable of a type that is none for input': ({ random, ...all }) =>
        withVariable(all, random.pick(['Program', 'SearchResult', '[Node!]', 'Query']), WHERE),
    'wrong default of a variable': ({ random, sites }) =>
        pickSite(
            random,
            sites.operation.variableDefinitions,
            () => true,
            (node) => {
                node.defaultValue = value(random.pick(['{nope: 1}', '[[[[1]]]]', 'NOPE', 'null', 'true', '1.5']));
            },
        ),
    'wrong value of a variable': ({ random, sites, schema, operation }) =>
        pickSite(
            random,
            sites.operation.variableDefinitions,
            ({ type }) => judged(typeFromAST(schema, type)),
            (node) => {
                operation.variables[node.variable.name.value] = wrongJson(random, typeFromAST(schema, node.type));
            },
        ),
    'wrong value of a variable, made for it': ({ random, ...all }) => withVariable(all, ...random.pick(VALUES)),
    'required variable missing': ({ random, sites, operation }) =>
        pickSite(
            random,
            sites.operation.variableDefinitions,
            ({ type }) => type.kind === 'NonNullType',
            (node) => {
                delete operation.variables[node.variable.name.value];
            },
        ),
    'null for a variable that takes none': ({ random, sites, operation }) =>
        pickSite(
            random,
            sites.operation.variableDefinitions,
            ({ type }) => type.kind === 'NonNullType',
            (node) => {
                operation.variables[node.variable.name.value] = null;
            },
        ),
    'variables that nobody asked for': ({ operation }) => {
        operation.variables.nope = { any: ['thing'] };
        return true;
    },
    'nullable variable where null is none': ({ random, ...all }) =>
        withVariable(
            all,
            ...random.pick([
                ['ProvinceBy', BY, { key: 'son-la' }],
                ['String', BY_KEY, 'son-la'],
                ['ID', ID, 'abc'],
                ['[ID!]', IDS, []],
                ['[ID]!', IDS, []],
                ['ProgramOrder', ORDER, { field: 'SIGNED_ON' }],
                ['Boolean', SKIP, true],
            ]),
        ),
    'conflicting arguments': ({ random, sites }) =>
        pickSite(
            random,
            sites.selections,
            ({ type }) => type?.name === 'Query',
            ({ node }) =>
                node.selections.push(
                    ...query('{ c: programs(first: 1) { nodes { id } } c: programs(first: 2) { nodes { id } } }'),
                ),
        ),
    'conflicting fields': ({ random, sites }) =>
        pickSite(
            random,
            sites.selections,
            ({ type }) => isCompositeType(type) && !isUnionType(type),
            ({ node, type }) => {
                const flat = Object.values(type.getFields()).filter(
                    (one) => isLeafType(getNamedType(one.type)) && !one.args.length,
                );
                const [one, other] = [random.pick(flat)?.name ?? '__typename', random.pick(flat)?.name ?? '__typename'];
                node.selections.push(field(one, { alias: named('c') }), field(other, { alias: named('c') }));
            },
        ),
    'conflict in a fragment': ({ sites, operation }) => {
        sites.operation.selectionSet.selections.push(...query('{ c: central { slug } ...W }'));
        return operation.document.definitions.push(definition('fragment W on Query { c: central { slug: key } }')) > 0;
    },
    'conflict of types that never meet': ({ sites, random }) => {
        const other = random.pick(['key: validFrom', 'key: shortName', 'key: gsoCode', 'key: slug', 'key: region { name }']);
        sites.operation.selectionSet.selections.push(
            ...query(`{ c: nodes(ids: []) { ... on Central { key } ... on Province { ${other} } } }`),
        );
        return true;
    },
    'leaf with fields of its own': ({ random, sites }) =>
        pickSite(
            random,
            sites.fields,
            ({ definition }) => definition && isLeafType(getNamedType(definition.type)),
            ({ node }) => {
                node.selectionSet = set(field(random.pick(['__typename', 'x'])));
            },
        ),
    'nothing chosen of an object': ({ random, sites }) =>
        pickSite(
            random,
            sites.fields,
            ({ node }) => node.selectionSet,
            ({ node }) => {
                node.selectionSet = undefined;
            },
        ),
    'fragment in itself': ({ random, sites, operation }) => {
        const start = random.pick([
            ['fragment W on Query { ...W }'],
            ['fragment W on Query { central { id } ...X }', 'fragment X on Query { ...W }'],
            [
                'fragment W on Query { programs { nodes { ...X } } }',
                'fragment X on Program { signatories { nodes { program { ...X } } } }',
            ],
            ['fragment W on Query { __typename ... on Query { ... { ...W } } }'],
        ]);
        sites.operation.selectionSet.selections.push(spread('W'));
        return operation.document.definitions.push(...start.map(definition)) > 0;
    },
    'type that cannot be there': ({ random, sites, schema }) =>
        pickSite(
            random,
            sites.selections,
            ({ type }) => type,
            ({ node, type }) => {
                const others = Object.values(schema.getTypeMap()).filter(
                    (other) => isCompositeType(other) && !other.name.startsWith('__') && !doTypesOverlap(schema, type, other),
                );
                node.selections.push(inline(random.pick(others).name, field('__typename')));
            },
        ),
    'fragment of a type that cannot be there': ({ sites, operation }) => {
        sites.operation.selectionSet.selections.push(spread('W'));
        return operation.document.definitions.push(definition('fragment W on Program { id }')) > 0;
    },
    'fragment on a type without fields': ({ random, sites }) =>
        pickSite(
            random,
            sites.selections,
            () => true,
            ({ node }) => node.selections.push(inline(random.pick(['Int', 'Date', 'Role', 'ProvinceBy']), field('__typename'))),
        ),
    'field of a member of a union': ({ sites }) =>
        sites.operation.selectionSet.selections.push(...query('{ c: search(text: "x", first: 1) { nodes { id } } }')) > 0,
    'field of an implementer of an interface': ({ sites }) =>
        sites.operation.selectionSet.selections.push(...query('{ c: node(id: "x") { title } }')) > 0,
    'one of several, literally': ({ random, sites }) =>
        sites.operation.selectionSet.selections.push(
            ...query(
                `{ c: province(by: ${random.pick([
                    '{}',
                    '{key: null}',
                    '{key: "son-la", slug: "son-la"}',
                    '{key: "son-la", slug: null}',
                    '{key: "son-la"}',
                    'null',
                    '[]',
                    '{nope: 1}',
                    '[{key: "son-la"}]',
                ])}) { id } }`,
            ),
        ) > 0,
    'one of several, by a variable': ({ random, ...all }) =>
        withVariable(
            all,
            ...random.pick([
                ['String', BY_KEY, 'son-la'],
                ['String!', BY_KEY, null],
                ['String!', BY_KEY, 'son-la'],
                ['Int!', BY_KEY, 1],
                ['String', query('query ($w: String) { w: province(by: {key: "x", slug: $w}) { id } }'), undefined],
            ]),
        ),
    'no name, several operations': ({ sites, operation }) => {
        sites.operation.name = named('Q');
        operation.operationName = undefined;
        return operation.document.definitions.push(definition('query W { __typename }')) > 0;
    },
    'a name that no operation has': ({ random, operation }) => {
        operation.operationName = random.pick(['Nope', 'q', 'F0', ' ']);
        return true;
    },
    'an empty name': ({ operation }) => {
        operation.operationName = '';
        return true;
    },
    'one without a name among several': ({ sites, operation, random }) => {
        sites.operation.name = undefined;
        operation.operationName = random.pick([undefined, 'W']);
        return operation.document.definitions.push(definition('query W { __typename }')) > 0;
    },
    'nothing to execute': ({ operation, random }) => {
        operation.document.definitions = [
            definition(random.pick(['fragment W on Query { __typename }', 'type W { id: ID }', 'extend schema @nope'])),
        ];
        return true;
    },
    'a definition of a schema': ({ operation, random }) =>
        operation.document.definitions.push(
            definition(
                random.pick([
                    'type W { id: ID }',
                    'scalar W',
                    'directive @nope on FIELD',
                    'extend type Query { w: Int }',
                    'schema { query: Query }',
                ]),
            ),
        ) > 0,
    'another kind of operation': ({ operation, random }) => {
        operation.operationName = undefined;
        operation.variables = {};
        operation.document = parse(random.pick(['mutation M { nope }', 'mutation { nope { id } }']));
        return true;
    },
    'several fields of a subscription': ({ operation, random, schema }) => {
        if (!schema.getSubscriptionType()) {
            return false;
        }
        operation.operationName = undefined;
        operation.variables = {};
        operation.document = parse(
            random.pick([
                'subscription { changes { cursor } other: changes { cursor } }',
                'subscription { changes { cursor } __typename }',
                'subscription { __typename }',
                'subscription { ...W } fragment W on Subscription { a: changes { cursor } b: changes { cursor } }',
                'subscription { ...W } fragment W on Subscription { changes { cursor } ... { changes { id } } }',
                'subscription { changes(after: 1) { cursor } }',
                'subscription { changes { nope } }',
                'subscription A { changes { cursor } } subscription B { changes { cursor } }',
                'subscription { changes { cursor } }',
            ]),
        );
        return true;
    },
};

const PUNCTUATION = /[{}()[\]:$!@=]|\.\.\./g;

// A fault of the text: no document at all.
function misspell(random, text) {
    const places = [...text.matchAll(PUNCTUATION)];
    const place = random.pick(places);
    const [before, after] = [text.slice(0, place.index), text.slice(place.index + place[0].length)];
    return before + random.pick(['', place[0] + place[0], ';', '"', '&', '\u0000', '%']) + after;
}

export function misspelled(random, operation) {
    return { ...operation, query: misspell(random, print(operation.document)) };
}
