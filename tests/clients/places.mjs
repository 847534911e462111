// Where things stand in an operation, the pieces to change it with, and values that fit no place.

import {
    getNamedType,
    getNullableType,
    isEnumType,
    isInputObjectType,
    isLeafType,
    isListType,
    parse,
    parseValue,
    TypeInfo,
    visit,
    visitWithTypeInfo,
} from 'graphql';

export const named = (value) => ({ kind: 'Name', value });
export const value = (text) => parseValue(text, { noLocation: true });
export const argument = (name, text) => ({ kind: 'Argument', name: named(name), value: value(text) });
export const field = (name, more = {}) => ({ kind: 'Field', name: named(name), arguments: [], directives: [], ...more });
export const directive = (name, ...args) => ({ kind: 'Directive', name: named(name), arguments: args });
export const set = (...selections) => ({ kind: 'SelectionSet', selections });
export const spread = (name) => ({ kind: 'FragmentSpread', name: named(name), directives: [] });
export const inline = (type, ...selections) => ({
    kind: 'InlineFragment',
    typeCondition: { kind: 'NamedType', name: named(type) },
    directives: [],
    selectionSet: set(...selections),
});
export const definition = (text) => parse(text, { noLocation: true }).definitions[0];

// Where things stand: each with the type that is expected there.
export function survey(schema, document) {
    const info = new TypeInfo(schema);
    const sites = { fields: [], selections: [], values: [], objects: [], directed: [] };
    visit(
        document,
        visitWithTypeInfo(info, {
            Field(node) {
                sites.fields.push({ node, parent: info.getParentType(), definition: info.getFieldDef() });
                sites.directed.push(node);
            },
            InlineFragment: (node) => void sites.directed.push(node),
            FragmentSpread: (node) => void sites.directed.push(node),
            SelectionSet: (node) => void sites.selections.push({ node, type: info.getParentType() }),
            Argument(node) {
                sites.values.push({ holder: node, type: info.getInputType() });
            },
            ObjectField(node) {
                sites.values.push({ holder: node, type: info.getInputType() });
            },
            ObjectValue(node) {
                const type = getNullableType(info.getInputType());
                sites.objects.push({ node, type: isListType(type) ? getNullableType(type.ofType) : type });
            },
        }),
    );
    sites.operation = document.definitions[0];
    sites.fragments = document.definitions.filter(({ kind }) => kind === 'FragmentDefinition');
    return sites;
}

export const isLiteral = ({ holder }) => holder.value.kind !== 'Variable';
export const isBuiltIn = (type) => ['Int', 'Float', 'String', 'Boolean', 'ID'].includes(getNamedType(type)?.name);
// What the type says no to, whatever the meaning of its scalars.
export const judged = (type) => type && (isBuiltIn(type) || !isLeafType(getNamedType(type)) || isEnumType(getNamedType(type)));

export const WRONG = {
    Int: ['"1"', '1.5', '1.0', 'true', 'ONE', '2147483648', '-2147483649', '99999999999999999999', '{a: 1}', '1e2'],
    Float: ['"1"', 'true', 'ONE', '{}', '1e400'],
    String: ['1', '1.5', 'true', 'WORD', '{a: "x"}'],
    Boolean: ['"true"', '1', '0', 'yes', 'True'],
    ID: ['1.5', 'true', 'WORD', '{}', '1.0'],
};

export function wrong(random, type) {
    const inner = getNamedType(type);
    if (isEnumType(inner)) {
        const real = inner.getValues()[0].name;
        return random.pick(['NOPE', `"${real}"`, real.toLowerCase(), '0', 'true', '{}']);
    }
    if (isInputObjectType(inner)) {
        return random.pick(['1', '"x"', 'WORD', 'true', '[1]']);
    }
    return random.pick(WRONG[inner.name]);
}

// The same as values of variables, which are JSON.
export const WRONG_JSON = {
    Int: ['1', 1.5, true, 2147483648, -2147483649, 1e20, {}, 1e400, '', [[]]],
    Float: ['1', true, {}, [], ''],
    String: [1, 1.5, true, {}, [1]],
    Boolean: ['true', 1, 0, {}, ''],
    ID: [1.5, true, {}, [true]],
};

export function wrongJson(random, type) {
    const inner = getNamedType(type);
    if (isEnumType(inner)) {
        const real = inner.getValues()[0].name;
        return random.pick(['NOPE', real.toLowerCase(), 0, true, {}, `${real} `]);
    }
    if (isInputObjectType(inner)) {
        return random.pick([1, 'x', true, { nope: 1 }, [1]]);
    }
    return random.pick(WRONG_JSON[inner.name]);
}

export const query = (text) => definition(text).selectionSet.selections;
