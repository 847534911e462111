// Relay's compiler: a fragment that pages, for every connection of every type, compiled against the schema file; and the
// documents that it persists, as the only ones that the service answers.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, getNamedType, isObjectType, isRequiredArgument } from 'graphql';

const FILE = fileURLToPath(new URL('../../schema.graphql', import.meta.url));
const COMPILER = fileURLToPath(new URL('node_modules/relay-compiler/cli.js', import.meta.url));
const GIVEN = { text: '"Thái Bình"' };

// Relay can ask for these again: what has an id, what the viewer has, what everybody has.
const refetchable = (type) => ['Query', 'Viewer'].includes(type.name) || type.getInterfaces().some(({ name }) => name === 'Node');

const isConnection = (field) => getNamedType(field.type).name.endsWith('Connection');

/** Where reports stand, which have no id. */
const WITHIN = {
    Cascade: 'report { cascade',
    ReorganizationImpact: 'report { reorganization(from: "2025-01-01")',
    Reports: 'report',
};

function fragment(module, type, field) {
    const node = getNamedType(getNamedType(field.type).getFields().edges.type).getFields().node;
    const plain = getNamedType(node.type).getFields?.().id ? '__typename id' : '__typename';
    // What cannot be asked for by itself is asked for from the top.
    const [onto, before, after] = WITHIN[type.name] ? ['Query', `${WITHIN[type.name]} { `, ' }'.repeat(WITHIN[type.name].split('{').length)] : [type.name, '', ''];
    const more = field.args
        .filter(isRequiredArgument)
        .map(({ name }) => `${name}: ${GIVEN[name]}, `)
        .join('');
    const text = (directions, page, first) => `${directions} {
        ${before}${field.name}(${more}${page}) @connection(key: "${module}_${first}_${field.name}") { edges { node { ${plain} } } }${after}
    }`;
    const forward = `fragment ${module}_forward on ${onto} @argumentDefinitions(
        count: {type: "Int", defaultValue: 10}, cursor: {type: "String"}
    ) @refetchable(queryName: "${module}Forward")`;
    const tags = [text(forward, 'first: $count, after: $cursor', 'forward')];
    if (field.args.some(({ name }) => name === 'before')) {
        const both = `fragment ${module}_both on ${onto} @argumentDefinitions(
            first: {type: "Int"}, after: {type: "String"}, last: {type: "Int"}, before: {type: "String"}
        ) @refetchable(queryName: "${module}Both")`;
        tags.push(text(both, 'first: $first, after: $after, last: $last, before: $before', 'both'));
    }
    return tags.map((tag) => `graphql\`${tag}\`;\n`).join('');
}

export default async function ({ check, service: shared, start }) {
    const schema = buildSchema(readFileSync(FILE, 'utf8'));
    const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
    const connections = types.flatMap((type) =>
        Object.values(type.getFields())
            .filter(isConnection)
            .map((field) => ({ type, field })),
    );

    await check('every connection belongs to something that Relay can ask for again', () =>
        assert.deepEqual(
            connections.filter(({ type }) => !refetchable(type) && !WITHIN[type.name]).map(({ type, field }) => `${type.name}.${field.name}`),
            [],
        ),
    );

    const dir = mkdtempSync(join(tmpdir(), 'phoihop-relay-'));
    const src = join(dir, 'src');
    const persisted = join(dir, 'persisted.json');
    mkdirSync(join(src, 'made'), { recursive: true });
    copyFileSync(FILE, join(dir, 'schema.graphql'));
    writeFileSync(
        join(dir, 'relay.config.json'),
        JSON.stringify({
            src: './src',
            schema: './schema.graphql',
            language: 'javascript',
            artifactDirectory: './src/made',
            persistConfig: { file: persisted, algorithm: 'SHA256' },
        }),
    );
    writeFileSync(persisted, '{}');

    await check(`Relay compiles a fragment that pages for each of ${connections.length} connections`, async () => {
        assert.ok(connections.length > 50);
        for (const { type, field } of connections) {
            const module = `${type.name}${field.name[0].toUpperCase()}${field.name.slice(1)}`;
            writeFileSync(join(src, `${module}.js`), fragment(module, type, field));
        }
        const output = await new Promise((resolve, reject) => {
            execFile(process.execPath, [COMPILER], { cwd: dir }, (error, stdout, stderr) =>
                error ? reject(`${stdout}${stderr}`) : resolve(stdout + stderr),
            );
        });
        assert.doesNotMatch(output, /warn|error/i, output);
        // A query, and a fragment, for each.
        assert.ok(readdirSync(join(src, 'made')).length >= 2 * connections.length);
    });

    const unhurried = '[limits.anonymous]\ncost_per_minute = 1000000000\n';
    const { data: known } = await shared.ask('{ central { id } }');
    const service = await start({
        config: `[documents]\nmode = "enforce"\nmanifest = ${JSON.stringify(persisted)}\n${unhurried}`,
    });
    const documents = JSON.parse(readFileSync(persisted, 'utf8'));

    await check('what Relay persisted is trusted, and answered by its id', async () => {
        const ids = Object.keys(documents);
        assert.ok(ids.length >= connections.length);
        for (const documentId of ids) {
            const { data, errors } = await service.ask(undefined, { id: known.central.id, count: 1, first: 1 }, { documentId });
            assert.ok(data && !errors, `${JSON.stringify(errors)}\n${documents[documentId]}`);
        }
    });

    await check('nothing else is', async () => {
        for (const request of [{ query: '{ __typename }' }, { documentId: '0'.repeat(64) }]) {
            const { errors } = await service.ask(request.query, {}, request);
            assert.equal(errors?.[0].extensions.code, 'DOCUMENT_NOT_TRUSTED');
        }
    });
    service.discard();
    rmSync(dir, { recursive: true });
}
