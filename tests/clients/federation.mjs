// A federated graph: our part composes with one of somebody else that adds to our entities, and we find what it names.

import assert from 'node:assert/strict';
import { assertCompositionSuccess, composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { parse } from 'graphql';

const OTHER = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
    type Query { mostRead: [Program!]! }
    type Program @key(fields: "id") { id: ID! readers: Int! }
    type Province @key(fields: "id") { id: ID! climate: String }
    type Agency @key(fields: "id") { id: ID! rating: Float }
`;

const ENTITIES = `query Entities($representations: [_Any!]!) {
    _entities(representations: $representations) {
        __typename
        ... on Program { id title }
        ... on Province { id name }
        ... on Agency { id name }
    }
}`;

export default async function ({ check, service }) {
    const ask = async (query, variables, more) => {
        const { data, errors } = await service.ask(query, variables, more);
        assert.equal(errors, undefined, JSON.stringify(errors));
        return data;
    };

    await check('our part composes with another', async () => {
        const { _service } = await ask('{ _service { sdl } }');
        const parts = [
            ['phoihop', _service.sdl],
            ['other', OTHER],
        ];
        const result = composeServices(parts.map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: `http://${name}` })));
        if (compositionHasErrors(result)) {
            throw result.errors.map(({ message }) => message).join('\n');
        }
        assertCompositionSuccess(result);
        for (const field of ['readers: Int!', 'climate: String', 'rating: Float', 'title: String!', 'gsoCode: String']) {
            assert.ok(result.publicSdl.includes(field), `${field} is missing`);
        }
    });

    const one = '(first: 1) { nodes { __typename id } }';
    const lists = await service.ask(`{ programs${one} provinces${one} agencies${one} }`);
    const known = Object.values(lists.data).map(({ nodes }) => nodes[0]);
    const entities = async (representations, more) => (await ask(ENTITIES, { representations }, more))._entities;

    await check('each entity is found by its id', async () => {
        const found = await entities(known);
        assert.deepEqual(
            found.map(({ __typename, id }) => ({ __typename, id })),
            known,
        );
        assert.ok(found.every(({ title, name }) => title || name));
    });

    await check('every one is found in its place', async () => {
        const [program, province, agency] = known;
        const asked = [agency, program, agency, province, program];
        const found = await entities(asked);
        assert.deepEqual(
            found.map(({ __typename, id }) => ({ __typename, id })),
            asked,
        );
    });

    // An id of the right form that nothing has: its last bytes are others.
    const unknown = ({ id }) => {
        const bytes = Buffer.from(id, 'base64url');
        return bytes.fill(0xee, bytes.length - 1).toString('base64url');
    };

    await check('what is not there is null, and harms nobody else', async () => {
        const [program, province, agency] = known;
        const asked = [
            { __typename: 'Program', id: unknown(program) },
            { __typename: 'Province', id: unknown(province) },
            program,
            // The id of something else.
            { __typename: 'Program', id: agency.id },
        ];
        assert.deepEqual(
            (await entities(asked)).map((found) => found?.id ?? null),
            [null, null, program.id, null],
        );
    });

    await check('what is no id at all is said so in its place, and harms nobody else', async () => {
        const [program] = known;
        const asked = [program, { __typename: 'Program', id: 'nothing at all' }, { __typename: 'Agency', id: '' }];
        const { data, errors } = await service.ask(ENTITIES, { representations: asked });
        assert.deepEqual(
            data._entities.map((found) => found?.id ?? null),
            [program.id, null, null],
        );
        assert.deepEqual(
            errors.map(({ path, extensions }) => [...path, extensions.code]),
            [
                ['_entities', 1, 'BAD_USER_INPUT'],
                ['_entities', 2, 'BAD_USER_INPUT'],
            ],
        );
    });

    await check('what somebody may not see is null', async () => {
        const token = service.tokens['vinh-phuc-editor'];
        const where = '(first: 1, where: {visibility: {eq: INTERNAL}})';
        const { programs } = await ask(`{ programs${where} { nodes { __typename id } } }`, {}, { token });
        assert.equal(programs.nodes.length, 1);
        assert.deepEqual(await entities(programs.nodes), [null]);
        assert.equal((await entities(programs.nodes, { token }))[0].id, programs.nodes[0].id);
    });

    await check('what is no entity is refused', async () => {
        for (const wrong of [
            { __typename: 'Nope', id: 'x' },
            { __typename: 'Document', id: 'x' },
            { id: known[0].id },
            { __typename: 'Program' },
            'x',
        ]) {
            const { data, errors } = await service.ask(ENTITIES, { representations: [wrong] });
            assert.equal(data?._entities?.[0] ?? null, null);
            assert.equal(
                errors?.[0].extensions.code,
                'BAD_USER_INPUT',
                `${JSON.stringify(wrong)}: ${JSON.stringify({ data, errors })}`,
            );
        }
    });
}
