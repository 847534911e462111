// What the reference implementation, graphql-js, says: the schema file and the introspected schema are one, and of a
// thousand operations, half of them with a fault, the service refuses those that graphql-js refuses, at the same step.

import { readFileSync } from 'node:fs';
import {
    buildClientSchema,
    buildSchema,
    getIntrospectionQuery,
    getNullableType,
    getVariableValues,
    GraphQLError,
    lexicographicSortSchema,
    parse,
    print,
    printSchema,
    recommendedRules,
    specifiedRules,
    validate,
} from 'graphql';
import { CORNERS } from './corners.mjs';
import { FAULTS, misspelled } from './faults.mjs';
import { operation } from './operations.mjs';
import { survey } from './places.mjs';
import { Random } from './random.mjs';

const COUNT = 1000;
const SEED = Number(process.env.SEED ?? 1);
const TOGETHER = 4;

const INTROSPECTION = getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
});

// Limits are not what is compared here.
const HIGH = 1_000_000_000;
const LIMITS = [
    'body_bytes',
    'document_bytes',
    'tokens',
    'nesting',
    'depth',
    'selections',
    'aliases',
    'root_fields',
    'directives',
    'operations',
    'fragments',
    'nodes',
    'cost',
    'cost_per_minute',
];
const CONFIG = `[limits.anonymous]\n${LIMITS.map((name) => `${name} = ${name === 'nesting' ? 128 : HIGH}\n`).join('')}`;

// Where graphql-js 16 is behind the specification of 2025: every operation needs a root type, chosen or not, and what
// stands for one of several input fields must be non-null, also where the object itself is (graphql-js looks past those).
function RootTypeExists(context) {
    return {
        OperationDefinition(node) {
            if (!context.getSchema().getRootType(node.operation)) {
                context.reportError(new GraphQLError(`The schema has no ${node.operation}`, { nodes: node }));
            }
        },
    };
}

function OneOfVariables(context) {
    return {
        OperationDefinition(operation) {
            const nullable = operation.variableDefinitions.filter(({ type }) => type.kind !== 'NonNullType');
            const names = new Set(nullable.map(({ variable }) => variable.name.value));
            for (const { node, parentType } of context.getRecursiveVariableUsages(operation)) {
                if (parentType && getNullableType(parentType).isOneOf && names.has(node.name.value)) {
                    context.reportError(new GraphQLError(`$${node.name.value} must be non-null`, { nodes: node }));
                }
            }
        },
    };
}

// Where the service is stricter: a subscription names its root field once, though the same field again would be merged.
function RootFieldOnce(context) {
    const count = ({ selections }) =>
        selections.reduce((sum, selection) => {
            const inner = selection.kind === 'FragmentSpread' ? context.getFragment(selection.name.value) : selection;
            return sum + (selection.kind === 'Field' ? 1 : inner ? count(inner.selectionSet) : 0);
        }, 0);
    return {
        OperationDefinition(node) {
            if (node.operation === 'subscription' && !cyclic(context, node) && count(node.selectionSet) > 1) {
                context.reportError(new GraphQLError('A subscription has one root field', { nodes: node }));
            }
        },
    };
}

// Whether fragments spread themselves, which another rule reports.
function cyclic(context, operation) {
    const visit = (set, path) =>
        context.getFragmentSpreads(set).some(({ name: { value } }) => {
            const fragment = context.getFragment(value);
            return path.includes(value) || (fragment && visit(fragment.selectionSet, [...path, value]));
        });
    return visit(operation.selectionSet, []);
}

// How deep one may ask about the schema is a limit of graphql-js, and ours is another one.
const RULES = [...specifiedRules.filter((rule) => !recommendedRules.includes(rule)), RootTypeExists, OneOfVariables, RootFieldOnce];

const STEPS = {
    GRAPHQL_PARSE_FAILED: 'parse',
    GRAPHQL_VALIDATION_FAILED: 'validate',
    OPERATION_RESOLUTION_FAILURE: 'operation',
    BAD_USER_INPUT: 'variables',
};

// At which step graphql-js refuses the request, if it does.
function expected(schema, { query, variables, operationName }) {
    const refused = (step, errors) => ({ step, why: errors.map(({ message }) => message) });
    let document;
    try {
        document = parse(query);
    } catch (error) {
        return refused('parse', [error]);
    }
    const errors = validate(schema, document, RULES);
    if (errors.length) {
        return refused('validate', errors);
    }
    const operations = document.definitions.filter(({ kind }) => kind === 'OperationDefinition');
    const chosen = operations.filter(({ name }) => operationName == null || name?.value === operationName);
    if (chosen.length !== 1) {
        return refused('operation', [{ message: `${chosen.length} operations to choose from` }]);
    }
    const { errors: wrong } = getVariableValues(schema, chosen[0].variableDefinitions ?? [], variables ?? {});
    return wrong ? refused('variables', wrong) : { step: undefined, why: [], operation: chosen[0].operation };
}

// At which step the service refuses it. What has a path was executed.
async function found(service, request, streamed) {
    const accept = streamed ? 'text/event-stream' : 'application/graphql-response+json';
    const response = await fetch(service.graphql, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify(request),
    });
    const text = streamed && response.ok ? await firstEvent(response) : await response.text();
    const answer = { status: response.status, text };
    const errors = (text ? JSON.parse(text).errors : undefined) ?? [];
    const refusals = errors.filter(({ path }) => !path);
    if (!refusals.length) {
        return { ...answer, step: undefined };
    }
    const codes = [...new Set(refusals.map(({ extensions }) => extensions?.code))];
    return { ...answer, step: codes.map((code) => STEPS[code] ?? code).join('+') };
}

// A subscription is refused in its first event, or goes on and says nothing.
async function firstEvent(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    let timer;
    const silence = new Promise((resolve) => (timer = setTimeout(resolve, 300, { done: true })));
    for (;;) {
        const { done, value } = await Promise.race([reader.read(), silence]);
        text += value ?? '';
        const data = /^event: ?next\n(?:id: ?.*\n)?data: ?(.*)\n/m.exec(text)?.[1];
        if (done || data) {
            clearTimeout(timer);
            await reader.cancel();
            return data;
        }
    }
}

// Half of them right, the rest with one fault each, the faults in turn.
function* generate(schema) {
    const faults = [...Object.entries(FAULTS), ['misspelled', undefined]].filter(
        ([name]) => schema.getSubscriptionType() || !name.includes('subscription'),
    );
    for (let n = 0; n < COUNT; n += 1) {
        const random = new Random(SEED * 1_000_003 + n);
        if (n % 2 === 0) {
            yield finished('none', operation(random, schema));
            continue;
        }
        const [name, fault] = faults[((n - 1) / 2) % faults.length];
        for (;;) {
            const made = operation(random, schema);
            if (!fault) {
                yield finished(name, misspelled(random, made));
                break;
            }
            if (fault({ random, schema, operation: made, sites: survey(schema, made.document) })) {
                yield finished(name, made);
                break;
            }
        }
    }
}

function finished(fault, { document, query, variables, operationName }) {
    return { fault, request: { query: query ?? print(document), variables, operationName } };
}

async function compare(schema, service, cases) {
    const queue = [...cases];
    const disagreements = [];
    const counts = { accepted: 0, refused: 0 };
    const worker = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
            const { fault, request } = next;
            const right = expected(schema, request);
            const streamed = /^\s*subscription\b/.test(request.query);
            const ours = await found(service, request, streamed);
            counts[right.step ? 'refused' : 'accepted'] += 1;
            const status = streamed || (ours.status === 200) === !ours.step;
            if (right.step !== ours.step || !status) {
                disagreements.push({ fault, request, right, ours });
            }
        }
    };
    await Promise.all(Array.from({ length: TOGETHER }, worker));
    return { disagreements, counts };
}

function describe({ fault, request, right, ours }) {
    return [
        `fault: ${fault}; graphql-js: ${right.step ?? 'accepted'}; service: ${ours.step ?? 'accepted'} (${ours.status})`,
        ...right.why.map((why) => `  graphql-js says: ${why}`),
        `  service says: ${ours.text?.slice(0, 600)}`,
        JSON.stringify(request.variables ?? {}) +
            (request.operationName === undefined ? '' : ` operationName: ${JSON.stringify(request.operationName)}`),
        request.query,
    ].join('\n');
}

async function agree(check, what, schema, service, cases) {
    const { disagreements, counts } = await compare(schema, service, cases);
    const both = disagreements.filter(({ right, ours, request }) => !right.step === !ours.step && !request?.lateStep);
    const verdicts = disagreements.filter(({ right, ours }) => !right.step !== !ours.step);
    const throwAll = (list) => {
        if (list.length) {
            throw `${list.length} disagreements\n\n${list.map(describe).join('\n\n')}`;
        }
    };
    await check(`${what}: ${counts.accepted} accepted, ${counts.refused} refused, as graphql-js does`, () => throwAll(verdicts));
    await check(`${what}: refused at the same step`, () => throwAll(both));
    return counts;
}

const around = (lines, at) => lines.slice(Math.max(0, at - 3), at + 4).join('\n');

export default async function ({ check, start }) {
    const service = await start({ config: CONFIG });
    const printed = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
    await check('the schema file is the introspected schema', async () => {
        const { data, errors } = await service.ask(INTROSPECTION);
        if (errors) {
            throw JSON.stringify(errors);
        }
        const lines = (schema) => printSchema(lexicographicSortSchema(schema)).split('\n');
        const [left, right] = [lines(printed), lines(buildClientSchema(data))];
        const at = left.findIndex((line, index) => line !== right[index]);
        if (at !== -1 || left.length !== right.length) {
            throw `line ${at}: ${around(left, at)}\n-- is introspected as\n${around(right, at)}`;
        }
    });
    // What is compared below is what the running service says of itself.
    const schema = buildSchema(await (await fetch(`${service.url}/schema.graphql`)).text());
    const corners = CORNERS.map((request) => ({ fault: 'corner', request }));
    await agree(check, `${corners.length} corner cases`, schema, service, corners);
    const counts = await agree(check, `${COUNT} generated operations (SEED=${SEED})`, schema, service, generate(schema));
    await check('about half of them are right', () => {
        if (Math.min(counts.accepted, counts.refused) < 0.4 * COUNT) {
            throw JSON.stringify(counts);
        }
    });
    service.discard();
}
