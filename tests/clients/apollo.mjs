// Apollo Client without React: pages joined in the cache, partial errors, persisted queries.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { everyProvince, NAMED, PAGE, PARTLY, recorder } from './asking.mjs';

export default async function ({ check, service }) {
    const { data } = await service.ask('{ __schema { types { kind name possibleTypes { name } } } }');
    const abstract = data.__schema.types.filter(({ possibleTypes }) => possibleTypes);
    const possibleTypes = Object.fromEntries(
        abstract.map(({ name, possibleTypes }) => [name, possibleTypes.map((type) => type.name)]),
    );

    function client(...links) {
        const { sent, fetch } = recorder();
        const http = new HttpLink({ uri: service.graphql, fetch, headers: { 'apollo-require-preflight': 'true' } });
        const cache = new InMemoryCache({
            possibleTypes,
            typePolicies: { Query: { fields: { provinces: relayStylePagination(['orderBy', 'where', 'asOf']) } } },
        });
        return { apollo: new ApolloClient({ cache, link: ApolloLink.from([...links, http]) }), sent };
    }

    await check('Apollo Client pages through a connection', async () => {
        const { apollo, sent } = client();
        const query = gql(PAGE.replace('nodes { id }', ''));
        let list;
        for (let page = 0; page < 10 && list?.pageInfo.hasNextPage !== false; page += 1) {
            const variables = { after: list?.pageInfo.endCursor };
            await apollo.query({ query, variables, fetchPolicy: 'network-only' });
            // The cache has joined what came so far.
            list = apollo.readQuery({ query }).provinces;
        }
        assert.deepEqual(
            list.edges.map(({ node }) => node.id),
            await everyProvince(service),
        );
        assert.equal(list.pageInfo.hasPreviousPage, false);
        assert.equal(sent.length, Math.ceil(list.edges.length / 10));
    });

    await check('Apollo Client keeps what was answered beside an error', async () => {
        const { apollo } = client();
        const { data, error } = await apollo.query({ query: gql(PARTLY), errorPolicy: 'all' });
        assert.equal(data.central.name, 'Trung ương');
        assert.equal(data.programs, null);
        assert.ok(CombinedGraphQLErrors.is(error));
        assert.deepEqual(
            error.errors.map(({ path, extensions }) => [path, extensions.code]),
            [[['programs'], 'PAGE_TOO_LARGE']],
        );
    });

    await check('Apollo Client persists a query and asks by its hash', async () => {
        const sha256 = (text) => createHash('sha256').update(text).digest('hex');
        const { apollo, sent } = client(new PersistedQueryLink({ sha256, useGETForHashedQueries: true }));
        // Another name than another client's: its text and its hash are its own.
        const query = gql(NAMED.replace('Named', 'NamedForApollo'));
        for (const id of (await everyProvince(service)).slice(0, 2)) {
            const { data } = await apollo.query({ query, variables: { id } });
            assert.equal(data.node.id, id);
        }
        const steps = sent.map(({ method, body }) => `${method} ${body.query ? 'query' : 'hash'}`);
        assert.deepEqual(steps, ['GET hash', 'POST query', 'GET hash']);
        assert.deepEqual(
            sent.map(({ status }) => status),
            [200, 200, 200],
        );
    });

    await check('Apollo Client is told what a document that is wrong lacks', async () => {
        const { apollo } = client();
        const { error } = await apollo.query({
            query: gql`
                query {
                    nope
                }
            `,
            errorPolicy: 'all',
        });
        assert.ok(CombinedGraphQLErrors.is(error), `${error}`);
        assert.equal(error.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
    });
}
