// Makes operations that a schema accepts, with all that the language has: aliases, arguments, variables, fragments,
// directives, nested input objects. What it asks for stays small, since it is executed.

import {
    getNamedType,
    getNullableType,
    isAbstractType,
    isCompositeType,
    isEnumType,
    isInputObjectType,
    isLeafType,
    isListType,
    isNonNullType,
    isRequiredArgument,
    isRequiredInputField,
    isUnionType,
    parse,
    parseType,
    parseValue,
    valueFromASTUntyped,
} from 'graphql';

const DEEP = 4;
const WORDS = ['Thái Bình', 'dak lak', 'phu nu', 'x', '', 'a "quoted" word', 'one\nline more', '\u{1f600}'];
const SCALARS = {
    Int: (random) => String(1 + random.below(3)),
    Float: (random) => random.pick(['1', '2.5', '1e3', '-0.0']),
    Boolean: (random) => random.pick(['true', 'false']),
    String: (random) => JSON.stringify(random.pick(WORDS)),
    ID: (random) => random.pick(['"abc"', '12', '""']),
    Date: (random) => random.pick(['"2020-06-30"', '"2025-07-01"']),
    Decimal: (random) => random.pick(['"10.5"', '"0"']),
    PartialDate: (random) => random.pick(['"2020"', '"2020-06"']),
    _Any: (random) => `{__typename: "${random.pick(['Program', 'Agency'])}", id: "x"}`,
};
// They would only make every list fail.
const SELDOM = new Set(['after', 'before', 'last', 'offset']);

// The text of a literal that fits the type.
export function literal(random, type, depth = 2) {
    if (isNonNullType(type)) {
        return present(random, type.ofType, depth);
    }
    return random.chance(0.05) ? 'null' : present(random, type, depth);
}

function present(random, type, depth) {
    if (isListType(type)) {
        // One value stands for a list of one.
        if (random.chance(0.15)) {
            return present(random, getNullableType(type.ofType), depth);
        }
        return `[${Array.from({ length: random.below(3) }, () => literal(random, type.ofType, depth)).join(', ')}]`;
    }
    if (isEnumType(type)) {
        return random.pick(type.getValues()).name;
    }
    if (isInputObjectType(type)) {
        return object(random, type, depth);
    }
    return SCALARS[type.name](random);
}

function object(random, type, depth) {
    const all = Object.values(type.getFields());
    const flat = depth > 0 ? all : all.filter((field) => isLeafType(getNamedType(field.type)));
    const chosen = type.isOneOf
        ? [random.pick(flat)]
        : [...new Set([...all.filter(isRequiredInputField), ...random.some(flat, flat.length && random.below(3))])];
    const fields = chosen.map((field) => {
        const value = type.isOneOf ? present(random, field.type, depth - 1) : literal(random, field.type, depth - 1);
        return `${field.name}: ${value}`;
    });
    return `{${fields.join(', ')}}`;
}

class Maker {
    #random;
    #schema;
    #aliases = 0;
    #definitions = [];
    #fragments = new Map();
    variables = {};

    constructor(random, schema) {
        this.#random = random;
        this.#schema = schema;
    }

    // The text of a whole document.
    document(root, keyword, name) {
        const selection = this.selection(root, DEEP, false);
        const definitions = this.#definitions.length ? `(${this.#definitions.join(', ')})` : '';
        const head = name || definitions || keyword !== 'query' ? `${keyword} ${name}${definitions} ` : '';
        const fragments = [...this.#fragments].map(([id, { type, body }]) => `fragment ${id} on ${type} ${body}`);
        return [head + selection, ...fragments].join('\n');
    }

    // `shared`: what is chosen here merges with what is chosen elsewhere, so that names could clash.
    selection(type, depth, shared) {
        const random = this.#random;
        const parts = [];
        if (isUnionType(type) || random.chance(0.15)) {
            parts.push(this.#field({ name: '__typename', args: [] }, shared, ''));
        }
        if (!isUnionType(type)) {
            const all = Object.values(type.getFields());
            const flat = all.filter((field) => isLeafType(getNamedType(field.type)));
            const open = depth > 0 ? all : flat;
            for (const field of random.some(open, open.length && 1 + random.below(type.name === 'Query' ? 2 : 4))) {
                const inner = getNamedType(field.type);
                const body = isCompositeType(inner) ? ` ${this.selection(inner, depth - 1, false)}` : '';
                parts.push(this.#field(field, shared, body));
            }
        }
        if (depth > 0 && isAbstractType(type)) {
            for (const possible of random.some(this.#schema.getPossibleTypes(type), 2)) {
                parts.push(`... on ${possible.name}${this.#directives()} ${this.selection(possible, depth - 2, true)}`);
            }
        }
        if (depth > 0 && random.chance(0.12)) {
            parts.push(`...${random.chance(0.5) ? ` on ${type.name}` : ''} ${this.selection(type, depth - 2, true)}`);
        }
        if (depth > 0 && random.chance(0.15)) {
            parts.push(`...${this.#fragment(type, depth)}${this.#directives()}`);
        }
        // The same twice is the same once.
        if (parts.length && random.chance(0.08)) {
            parts.push(random.pick(parts));
        }
        return `{ ${parts.length ? parts.join(' ') : '__typename'} }`;
    }

    #field(field, shared, body) {
        const random = this.#random;
        const renamed = random.chance(0.1) || (shared && (field.args.length || body));
        const alias = renamed ? `a${(this.#aliases += 1)}: ` : '';
        const args = field.args.filter((arg) => isRequiredArgument(arg) || random.chance(this.#likely(arg)));
        const list = args.map((arg) => `${arg.name}: ${this.#value(arg)}`);
        return `${alias}${field.name}${list.length ? `(${list.join(', ')})` : ''}${this.#directives()}${body}`;
    }

    #likely(arg) {
        return arg.name === 'first' ? 0.8 : SELDOM.has(arg.name) ? 0.02 : 0.3;
    }

    #value(arg) {
        const random = this.#random;
        if (!random.chance(0.3)) {
            return literal(random, arg.type);
        }
        const name = `v${this.#definitions.length}`;
        const given = literal(random, arg.type);
        // Stricter than needed, exactly as needed, or with a default where the argument takes no null.
        const strict = isNonNullType(arg.type) || (given !== 'null' && random.chance(0.3));
        const bare = String(getNullableType(arg.type));
        const otherwise = random.chance(0.3) && !given.startsWith('null') ? given : undefined;
        this.#definitions.push(`$${name}: ${bare}${strict ? '!' : ''}${otherwise ? ` = ${otherwise}` : ''}`);
        if (!otherwise || random.chance(0.5)) {
            this.variables[name] = valueFromASTUntyped(parseValue(given));
        }
        if (!strict && random.chance(0.1)) {
            delete this.variables[name];
        }
        return `$${name}`;
    }

    #directives() {
        const random = this.#random;
        if (!random.chance(0.06)) {
            return '';
        }
        return random.pick([
            ' @include(if: true)',
            ' @skip(if: false)',
            ' @skip(if: true)',
            ' @skip(if: false) @include(if: true)',
        ]);
    }

    #fragment(type, depth) {
        const known = [...this.#fragments].filter(([, fragment]) => fragment.type === type.name && fragment.body);
        if (known.length && this.#random.chance(0.5)) {
            return this.#random.pick(known)[0];
        }
        const name = `F${this.#fragments.size}`;
        // Its place is kept, and nobody can use it before it is whole.
        this.#fragments.set(name, { type: type.name, body: '' });
        this.#fragments.set(name, { type: type.name, body: this.selection(type, depth - 2, true) });
        return name;
    }
}

// { document, variables, operationName }: the document parsed, so that faults can be put into it.
export function operation(random, schema, keyword = 'query') {
    const maker = new Maker(random, schema);
    const root = { query: schema.getQueryType(), subscription: schema.getSubscriptionType() }[keyword];
    const name = random.chance(0.7) ? 'Q' : '';
    let text = maker.document(root, keyword, name);
    const several = name && random.chance(0.1);
    if (several) {
        text += ' query Other { __typename }';
    }
    const operationName = several || (name && random.chance(0.2)) ? name : undefined;
    return { document: parse(text, { noLocation: true }), variables: maker.variables, operationName };
}

export const variableType = (text) => parseType(text, { noLocation: true });
